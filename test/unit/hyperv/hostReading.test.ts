// Reading whole hosts through the service, and what becomes of reads that fail.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { ProbeFacts } from '../../../src/domain/readiness';
import type { VmRecord } from '../../../src/domain/vm';
import { deferred } from '../../../src/powershell/deferred';
import { setUp } from '../../support/fakeConnection';
import { settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

describe('a read of a whole host', () => {
  it('a refresh fills the store and says so in the status', async () => {
    const { service, store } = setUp();
    const refreshing = service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'connecting');
    await refreshing;
    assert.equal(store.host('h1')?.status.kind, 'ready');
    assert.equal(store.vm('h1', vmId(1))?.name, 'vm-1');
  });

  it('a refresh that fails is the status of the host; one that was cancelled is none', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.onInventory = () => Promise.reject(new HyperVError('cancelled', 'x'));
    await service.refresh('h1');
    assert.equal(store.host('h1')?.status.kind, 'ready');
    host.onInventory = () => Promise.reject(new HyperVError('serviceStopped', 'x'));
    await service.refresh('h1');
    const status = store.host('h1')?.status;
    assert.ok(status?.kind === 'failed' && status.error.reason === 'serviceStopped');
    assert.equal(store.host('h1')?.vms.size, 1);
  });

  it('a local host that said no is asked why, and the store keeps its answer with the failure', async () => {
    for (const reason of ['accessDenied', 'serviceStopped', 'moduleMissing', 'failed'] as const) {
      const { service, store, host } = setUp();
      host.onInventory = () => Promise.reject(new HyperVError(reason, 'x'));
      const facts = { serviceState: 'stopped' } as ProbeFacts;
      host.onProbe = () => Promise.resolve(facts);
      await service.refresh('h1');
      const record = store.host('h1');
      assert.ok(record?.status.kind === 'failed' && record.status.error.reason === reason);
      assert.equal(record.probe, facts);
    }
  });

  it('a host that did not answer at all, and one of the lab, is not asked why', async () => {
    const { service, store, host } = setUp();
    host.onInventory = () => Promise.reject(new HyperVError('sessionLost', 'x'));
    await service.refresh('h1');
    service.addHost({ kind: 'lab', id: 'h2', name: 'LAB', spec: {}, index: 0 });
    host.onInventory = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    await service.refresh('h2');
    assert.equal(host.probes, 0);
    assert.deepEqual([store.host('h1')?.status.kind, store.host('h2')?.status.kind], ['failed', 'failed']);
  });

  it('a probe that fails itself leaves the failure as it was; one of an earlier failure does not stay', async () => {
    const { service, store, host } = setUp();
    host.onInventory = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    host.onProbe = () => Promise.resolve({} as ProbeFacts);
    await service.refresh('h1');
    assert.ok(store.host('h1')?.probe);
    host.onProbe = undefined;
    await service.refresh('h1');
    const record = store.host('h1');
    assert.ok(record?.status.kind === 'failed' && record.status.error.reason === 'accessDenied');
    assert.equal(record.probe, undefined);
  });

  it('a failure that is still being explained does not hide a read that has worked meanwhile', async () => {
    const { service, store, host } = setUp();
    const probe = deferred<ProbeFacts>();
    host.onInventory = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    host.onProbe = () => probe.promise;
    const failing = service.refresh('h1');
    await settled();
    host.onInventory = undefined;
    await service.refresh('h1');
    probe.resolve({} as ProbeFacts);
    await failing;
    assert.equal(store.host('h1')?.status.kind, 'ready');
  });

  it('a cancelled refresh does not hide what another one found', async () => {
    const { service, store, host } = setUp();
    const first = deferred<readonly VmRecord[]>();
    const second = deferred<readonly VmRecord[]>();
    const answers = [first, second];
    host.onInventory = () => answers.shift()?.promise ?? Promise.resolve([]);
    const refreshes = [service.refresh('h1'), service.refresh('h1')];
    await settled();
    first.resolve([makeVm()]);
    await settled();
    second.reject(new HyperVError('cancelled', 'x'));
    await Promise.all(refreshes);
    assert.equal(store.host('h1')?.status.kind, 'ready');
  });

  it('a first refresh that was cancelled leaves the host as if nobody had asked', async () => {
    const { service, store, host } = setUp();
    host.onInventory = () => Promise.reject(new HyperVError('cancelled', 'x'));
    await Promise.all([service.refresh('h1'), service.refresh('h1')]);
    assert.equal(store.host('h1')?.status.kind, 'idle');
  });

  it('an inventory that was under way before a change does not undo what the change said', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    const slow = deferred<readonly VmRecord[]>();
    host.onInventory = () => slow.promise;
    const refreshing = service.refresh('h1');
    await service.change('h1', 'vm.turnOff', { id: vmId(1) });
    slow.resolve([makeVm({ state: 'running' }), makeVm({ id: vmId(2) })]);
    await refreshing;
    assert.equal(store.vm('h1', vmId(1))?.state, 'off');
    assert.equal(store.host('h1')?.vms.size, 2);
  });
});
