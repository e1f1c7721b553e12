import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { VmRecord } from '../../../src/domain/vm';
import { HostService } from '../../../src/hyperv/hostService';
import { HostStore } from '../../../src/hyperv/hostStore';
import { deferred } from '../../../src/powershell/deferred';
import { FakeConnection, remote, ids, advance, setUp } from '../../support/fakeConnection';
import { ManualClock, settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

describe('the host service', () => {
  it('nothing is connected until somebody asks, and then once', async () => {
    const { service, connects } = setUp();
    assert.equal(connects(), 0);
    await service.refresh('h1');
    await service.refresh('h1');
    assert.equal(connects(), 1);
  });

  it('a report on sessions names hosts nobody looked at, starts nothing, and survives a host without an answer', async () => {
    const { service, host, connects } = setUp();
    service.addHost({ kind: 'lab', id: 'h2', name: 'HV2', spec: {}, index: 0 });
    assert.equal(
      await service.sessionReport(),
      'Host: HV1 (local)\n  session: not started\n\nHost: HV2 (lab)\n  session: not started\n',
    );
    assert.equal(connects(), 0);
    await service.refresh('h1');
    assert.match(await service.sessionReport(['h1']), /^Host: HV1 \(local\)\n {2}session: not started\n$/);
    const none = { recycled: 0, closedIdle: 0, failure: undefined, session: undefined };
    host.onDiagnostics = () => Promise.resolve({ state: 'ready', starts: 2, ...none });
    assert.match(await service.sessionReport(), /HV1 \(local\)\n {2}session: ready; 2 started/);
    assert.equal(connects(), 1);
  });

  it('a failed connection is tried anew by the next request', async () => {
    const host = new FakeConnection();
    const store = new HostStore();
    let attempts = 0;
    const service = new HostService({
      store,
      clock: new ManualClock(),
      connect: () => (++attempts === 1 ? Promise.reject(new Error('no bundle')) : Promise.resolve(host)),
    });
    service.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
    await service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'failed');
    await service.retry('h1');
    assert.equal(store.host('h1')?.status.kind, 'ready');
  });

  it('retry clears the failures of the session before it reads', async () => {
    const { service, host } = setUp();
    await service.refresh('h1');
    await service.retry('h1');
    assert.equal(host.retried, 1);
    assert.deepEqual(host.asked, ['inventory', 'inventory']);
  });

  it('a removed host is stopped, and a new one of the same name is connected anew', async () => {
    const { service, host, store, connects } = setUp();
    await service.setRemoteHosts([remote('lab01')]);
    await service.refresh('ssh:lab01');
    await service.setRemoteHosts([]);
    assert.equal(host.stopped, 1);
    assert.deepEqual(ids(store), ['h1']);
    await service.setRemoteHosts([remote('lab01')]);
    await service.refresh('ssh:lab01');
    assert.equal(connects(), 2);
  });

  it('a host that is removed while one of its VMs is read is not asked again', async () => {
    const { service, host, clock } = setUp();
    await service.setRemoteHosts([remote('lab01')]);
    const slow = deferred<VmRecord>();
    host.onChange = () => Promise.reject(new HyperVError('sessionLost', 'x', 'unknown'));
    host.onRead = () => slow.promise;
    await assert.rejects(service.change('ssh:lab01', 'vm.start', { id: vmId(1) }));
    await settled();
    await service.setRemoteHosts([]);
    slow.resolve(makeVm({ state: 'starting' }));
    await settled();
    await advance(clock, 5_000);
    assert.deepEqual(clock.pending, []);
    assert.deepEqual(host.asked, ['vm.start', 'read']);
  });

  it('disposing cancels what is under way and stops every session', async () => {
    const { service, host, clock } = setUp();
    host.onChange = () => Promise.resolve(makeVm({ state: 'starting' }));
    await service.refresh('h1');
    await service.change('h1', 'vm.start', { id: vmId(1) });
    await service.dispose();
    assert.equal(host.lastSignal?.aborted, true);
    assert.equal(host.stopped, 1);
    assert.equal(clock.pending.length, 0);
    await service.refresh('h1');
    assert.equal(host.asked.length, 2);
  });
});
