// Reading and changing single VMs through the service.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { VmRecord } from '../../../src/domain/vm';
import { deferred } from '../../../src/powershell/deferred';
import { setUp } from '../../support/fakeConnection';
import { settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

describe('a VM that is changed', () => {
  it('a change puts into the store what the host said, not what was asked for', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.onChange = () => Promise.resolve(makeVm({ state: 'paused' }));
    const vm = await service.change('h1', 'vm.turnOff', { id: vmId(1) });
    assert.equal(vm.state, 'paused');
    assert.equal(store.vm('h1', vmId(1))?.state, 'paused');
  });

  it('while the host works on a change, the store shows what it says of the VM', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    const work = deferred<VmRecord>();
    host.onChange = (_method, onSeen) => {
      onSeen?.(makeVm({ state: 'saving' }));
      return work.promise;
    };
    const saved = service.change('h1', 'vm.save', { id: vmId(1) });
    await settled();
    assert.equal(store.vm('h1', vmId(1))?.state, 'saving');
    work.resolve(makeVm({ state: 'saved' }));
    await saved;
    assert.equal(store.vm('h1', vmId(1))?.state, 'saved');
  });

  it('a change that fails leaves the store alone and keeps its reason', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    const before = store.vm('h1', vmId(1));
    host.onChange = () => Promise.reject(new HyperVError('accessDenied', 'x'));
    await assert.rejects(service.change('h1', 'vm.save', { id: vmId(1) }), (error) =>
      HyperVError.is(error, 'accessDenied'),
    );
    await settled();
    assert.equal(store.vm('h1', vmId(1)), before);
    assert.deepEqual(host.asked, ['inventory', 'vm.save']);
  });

  it('a change whose outcome nobody knows is not repeated; the VM is read', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.vms.set(vmId(1), makeVm({ state: 'off' }));
    host.onChange = () => Promise.reject(new HyperVError('sessionLost', 'x', 'unknown'));
    await assert.rejects(service.change('h1', 'vm.turnOff', { id: vmId(1) }));
    await settled();
    assert.deepEqual(host.asked, ['inventory', 'vm.turnOff', 'read']);
    assert.equal(store.vm('h1', vmId(1))?.state, 'off');
  });

  it('a VM that is gone leaves the store; a host that does not answer takes none with it', async () => {
    const { service, store, host } = setUp();
    await service.refresh('h1');
    host.onRead = () => Promise.reject(new HyperVError('sessionLost', 'x'));
    await assert.rejects(service.readVm('h1', vmId(1)));
    assert.ok(store.vm('h1', vmId(1)));
    host.onRead = () => Promise.reject(new HyperVError('vmNotFound', 'x'));
    assert.equal(await service.readVm('h1', vmId(1)), undefined);
    assert.equal(store.vm('h1', vmId(1)), undefined);
  });
});
