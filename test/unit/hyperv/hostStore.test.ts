import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { HostStore } from '../../../src/hyperv/hostStore';
import type { StoreChange } from '../../../src/hyperv/hostStore';
import { makeVm, vmId, withService } from '../../support/vms';

function makeStore(): { store: HostStore; changes: StoreChange[] } {
  const store = new HostStore();
  store.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
  store.setInventory('h1', [makeVm(), makeVm({ id: vmId(2), name: 'vm-2' })], 1);
  const changes: StoreChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return { store, changes };
}

describe('the store', () => {
  it('a reading that says nothing new makes no event', () => {
    const { store, changes } = makeStore();
    store.setInventory('h1', [makeVm(), makeVm({ id: vmId(2), name: 'vm-2' })], 2);
    store.setVm('h1', vmId(1), makeVm());
    assert.deepEqual(changes, []);
    assert.equal(store.host('h1')?.readAtMs, 2);
  });

  it('uptime that goes on is stored without an event; uptime that falls is a restart', () => {
    const { store, changes } = makeStore();
    store.setVm('h1', vmId(1), makeVm({ uptimeMs: 90_000 }));
    assert.equal(store.vm('h1', vmId(1))?.uptimeMs, 90_000);
    assert.deepEqual(changes, []);
    store.setVm('h1', vmId(1), makeVm({ uptimeMs: 10 }));
    assert.equal(changes.length, 1);
  });

  it('a change of one VM is one event with that VM', () => {
    const { store, changes } = makeStore();
    store.setVm('h1', vmId(2), makeVm({ id: vmId(2), name: 'vm-2', state: 'off' }));
    assert.deepEqual(changes, [{ kind: 'vms', hostId: 'h1', changed: [vmId(2)], structure: false }]);
  });

  it('every shown fact counts as a change', () => {
    const base = makeVm();
    const variants = [
      makeVm({ name: 'other' }),
      makeVm({ heartbeat: 'noContact' }),
      makeVm({ memoryMB: null }),
      makeVm({ notes: 'x' }),
      makeVm({ checkpointType: 'standard' }),
      makeVm({ guest: { ...base.guest, addresses: [] } }),
      makeVm({ guest: { ...base.guest, osName: null } }),
      withService(base, 'vss', { enabled: false }),
      withService(base, 'vss', { status: 'noContact' }),
      withService(base, 'vss', { reason: 'x' }),
      withService(base, 'vss', { secondary: 32775 }),
    ];
    for (const variant of variants) {
      const { store, changes } = makeStore();
      store.setVm('h1', vmId(1), variant);
      assert.equal(changes.length, 1);
    }
  });

  it('an inventory is one event, and tells whether the list itself changed', () => {
    const { store, changes } = makeStore();
    store.setInventory('h1', [makeVm({ state: 'off' }), makeVm({ id: vmId(2), name: 'vm-2', state: 'off' })], 2);
    store.setInventory('h1', [makeVm({ state: 'off' }), makeVm({ id: vmId(3), name: 'vm-3' })], 3);
    assert.deepEqual(changes, [
      { kind: 'vms', hostId: 'h1', changed: [vmId(1), vmId(2)], structure: false },
      { kind: 'vms', hostId: 'h1', changed: [vmId(3), vmId(2)], structure: true },
    ]);
    assert.equal(store.vm('h1', vmId(2)), undefined);
  });

  it('a renamed VM changes the list', () => {
    const { store, changes } = makeStore();
    store.setVm('h1', vmId(1), makeVm({ name: 'renamed' }));
    assert.ok(changes[0]?.kind === 'vms' && changes[0].structure);
  });

  it('a failing host keeps what was known of its VMs', () => {
    const { store, changes } = makeStore();
    store.setStatus('h1', { kind: 'failed', error: new HyperVError('serviceStopped', 'x') });
    assert.equal(store.host('h1')?.vms.size, 2);
    assert.deepEqual(changes, [{ kind: 'host', hostId: 'h1' }]);
    store.setInventory('h1', [makeVm(), makeVm({ id: vmId(2), name: 'vm-2' })], 2);
    assert.deepEqual(changes.at(-1), { kind: 'host', hostId: 'h1' });
  });

  it('hosts come and go; news of a host that went are dropped', () => {
    const { store, changes } = makeStore();
    store.addHost({ kind: 'local', id: 'h1', name: 'again' });
    store.arrange([]);
    store.setInventory('h1', [makeVm()], 5);
    store.setVm('h1', vmId(1), makeVm());
    store.setStatus('h1', { kind: 'ready' });
    assert.deepEqual(changes, [{ kind: 'hosts' }]);
    assert.deepEqual(store.hosts(), []);
  });

  it('one listener that throws does not silence the others', () => {
    const errors: unknown[] = [];
    const store = new HostStore((error) => errors.push(error));
    let heard = 0;
    store.onDidChange(() => {
      throw new Error('listener');
    });
    store.onDidChange(() => heard++);
    store.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
    assert.equal(heard, 1);
    assert.equal(errors.length, 1);
  });
});
