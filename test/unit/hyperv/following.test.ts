import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { advance, setUp } from '../../support/fakeConnection';
import { settled } from '../../support/manualClock';
import { makeVm, vmId, withService } from '../../support/vms';

describe('following a VM', () => {
  it('a VM found in the middle of a change is read until it rests', async () => {
    const { service, host, store, clock } = setUp();
    host.vms.set(vmId(1), makeVm({ state: 'starting' }));
    await service.refresh('h1');
    await advance(clock, 2_000);
    assert.deepEqual(host.asked, ['inventory', 'read', 'read']);
    host.vms.set(vmId(1), makeVm());
    await advance(clock, 1_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'running');
    assert.equal(clock.pending.length, 0);
  });

  it('after a start the guest halves of the services are awaited', async () => {
    const { service, host, clock } = setUp();
    const booting = withService(makeVm(), 'heartbeat', { status: 'noContact' });
    host.onChange = () => Promise.resolve(booting);
    host.vms.set(vmId(1), booting);
    await service.change('h1', 'vm.start', { id: vmId(1) });
    await advance(clock, 3_000);
    assert.equal(clock.pending.length, 1);
    host.vms.set(vmId(1), makeVm());
    await advance(clock, 5_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a guest that was asked to shut down is followed until it is off, however long it takes', async () => {
    const { service, host, store, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    await advance(clock, 20 * 60_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'running');
    host.vms.set(vmId(1), makeVm({ state: 'off' }));
    await advance(clock, 15_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'off');
    assert.equal(clock.pending.length, 0);
    assert.ok(host.asked.length < 100, 'every fifteen seconds at most');
  });

  it('a guest that was asked to restart is followed until it has, and until its services answer', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm({ uptimeMs: 100_000 }));
    host.vms.set(vmId(1), makeVm({ uptimeMs: 200_000 }));
    await service.change('h1', 'vm.restartGuest', { id: vmId(1) });
    await advance(clock, 10 * 60_000);
    assert.equal(clock.pending.length, 1);
    host.vms.set(vmId(1), withService(makeVm({ uptimeMs: 1_000 }), 'heartbeat', { status: 'noContact' }));
    await advance(clock, 60_000);
    assert.equal(clock.pending.length, 1);
    host.vms.set(vmId(1), makeVm({ uptimeMs: 90_000 }));
    await advance(clock, 15_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a heartbeat that is gone for a moment is no sign that a guest has shut down', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    for (const heartbeat of ['noContact', 'healthy'] as const) {
      host.vms.set(vmId(1), makeVm({ heartbeat }));
      await advance(clock, 30_000);
    }
    assert.equal(clock.pending.length, 1);
  });

  it('a VM that went another way than its guest was asked is followed no longer', async () => {
    for (const [method, state] of [
      ['vm.shutDown', 'saved'],
      ['vm.shutDown', 'paused'],
      ['vm.restartGuest', 'off'],
    ] as const) {
      const { service, host, clock } = setUp();
      host.onChange = () => Promise.resolve(makeVm());
      await service.change('h1', method, { id: vmId(1) });
      host.vms.set(vmId(1), makeVm({ state }));
      await advance(clock, 5_000);
      assert.equal(clock.pending.length, 0, state);
    }
  });

  it('another change does not make it forget the guest, unless the VM has come to rest by it', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    await service.change('h1', 'service.set', { id: vmId(1), service: 'vss', enabled: true });
    await advance(clock, 5 * 60_000);
    assert.equal(clock.pending.length, 1);
    host.onChange = () => Promise.resolve(makeVm({ state: 'off' }));
    await service.change('h1', 'vm.turnOff', { id: vmId(1) });
    assert.equal(clock.pending.length, 0);
  });

  it('a guest that never does it is given up after half an hour', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm());
    await service.change('h1', 'vm.shutDown', { id: vmId(1) });
    await advance(clock, 29 * 60_000);
    assert.equal(clock.pending.length, 1);
    await advance(clock, 2 * 60_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a shutdown that somebody else asked for, or that may have been asked for, is followed as well', async () => {
    for (const failure of [
      new HyperVError('shutdownInProgress', 'x'),
      new HyperVError('sessionLost', 'x', 'unknown'),
    ]) {
      const { service, host, clock } = setUp();
      host.onChange = () => Promise.reject(failure);
      await assert.rejects(service.change('h1', 'vm.shutDown', { id: vmId(1) }));
      await advance(clock, 5 * 60_000);
      assert.equal(clock.pending.length, 1, failure.reason);
    }
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.reject(new HyperVError('failed', 'x'));
    await assert.rejects(service.change('h1', 'vm.shutDown', { id: vmId(1) }));
    await advance(clock, 1_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a VM that the host still works on when nobody waits any more is read until it rests', async () => {
    const { service, host, store, clock } = setUp();
    host.onChange = () => Promise.reject(new HyperVError('cancelled', 'x', 'unknown'));
    host.vms.set(vmId(1), makeVm({ state: 'saving' }));
    await assert.rejects(service.change('h1', 'vm.save', { id: vmId(1) }));
    await advance(clock, 10 * 60_000);
    host.vms.set(vmId(1), makeVm({ state: 'saved' }));
    await advance(clock, 15_000);
    assert.equal(store.vm('h1', vmId(1))?.state, 'saved');
    assert.equal(clock.pending.length, 0);
  });

  it('guest halves that do not answer after a change are given up after two minutes', async () => {
    const { service, host, clock } = setUp();
    const mute = withService(makeVm(), 'heartbeat', { status: 'noContact' });
    host.onChange = () => Promise.resolve(mute);
    host.vms.set(vmId(1), mute);
    await service.change('h1', 'vm.start', { id: vmId(1) });
    await advance(clock, 3 * 60_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a VM that never settles is given up after half an hour', async () => {
    const { service, host, clock } = setUp();
    host.vms.set(vmId(1), makeVm({ state: 'stopping' }));
    await service.refresh('h1');
    await advance(clock, 31 * 60_000);
    assert.equal(clock.pending.length, 0);
    assert.ok(host.asked.length < 150);
  });

  it('readings that fail do not end it, a VM that is gone does', async () => {
    const { service, host, clock } = setUp();
    host.vms.set(vmId(1), makeVm({ state: 'stopping' }));
    await service.refresh('h1');
    host.onRead = () => Promise.reject(new HyperVError('timeout', 'x'));
    await advance(clock, 3_000);
    assert.equal(clock.pending.length, 1);
    host.onRead = () => Promise.reject(new HyperVError('vmNotFound', 'x'));
    await advance(clock, 3_000);
    assert.equal(clock.pending.length, 0);
  });

  it('a host whose session ended by itself is read again at once while somebody looks, else when somebody does', async () => {
    const { service, host } = setUp();
    await service.refresh('h1');
    host.losses.fire(undefined);
    await settled();
    assert.deepEqual(host.asked, ['inventory']);
    service.setVisible(true);
    await settled();
    assert.deepEqual(host.asked, ['inventory', 'inventory']);
    host.losses.fire(undefined);
    await settled();
    assert.equal(host.asked.length, 3);
    assert.deepEqual([host.revived, host.retried], [0, 0]);
  });

  it('a host that cannot be reached for a while comes back by itself, without the retry of a person', async () => {
    const { service, store, host, clock } = setUp();
    service.setVisible(true);
    host.onInventory = () => Promise.reject(new HyperVError('hostUnreachable', 'x'));
    await service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'failed');
    const seen: (string | undefined)[] = [];
    store.onDidChange(() => seen.push(store.host('h1')?.status.kind));
    await advance(clock, 6_000);
    host.onInventory = undefined;
    await advance(clock, 18_000);
    // The row says no less in between.
    assert.deepEqual(seen.slice(0, 2), ['failed', 'ready']);
    await advance(clock, 60_000);
    assert.deepEqual([host.revived, host.retried], [2, 0]);
  });
});
