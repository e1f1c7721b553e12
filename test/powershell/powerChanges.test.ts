import assert from 'node:assert/strict';
import { HyperVError } from '../../src/domain/errors';
import type { VmId } from '../../src/domain/vm';
import type { ChangeMethod } from '../../src/hyperv/api';
import { loseRights, off, other, paused, running, saved, spec, tooBig } from '../support/changesLab';
import { labForSuite, labVmId, refused } from '../support/labHost';

describe('power changes', () => {
  const lab = labForSuite(spec);

  const ways: readonly [Exclude<ChangeMethod, 'service.set'>, VmId, string][] = [
    ['vm.start', off, 'running'],
    ['vm.start', saved, 'running'],
    ['vm.save', running, 'saved'],
    ['vm.save', paused, 'saved'],
    ['vm.pause', running, 'paused'],
    ['vm.resume', paused, 'running'],
    ['vm.turnOff', running, 'off'],
    ['vm.turnOff', paused, 'off'],
    ['vm.reset', running, 'running'],
  ];
  for (const [method, id, state] of ways) {
    it(`${method} waits for the host and answers with what it then says (VM ${id.slice(-1)}: ${state})`, async () => {
      const vm = await lab.client.change(method, { id });
      assert.equal(vm.id, id);
      assert.equal(vm.state, state);
      assert.equal((await lab.client.readVm(id)).state, state);
    });
  }

  it('only the VM that was meant changes', async () => {
    await lab.client.change('vm.turnOff', { id: running });
    assert.equal((await lab.client.readVm(other)).state, 'running');
  });

  it('a reset VM counts its uptime anew', async () => {
    const before = await lab.client.readVm(running);
    const after = await lab.client.change('vm.reset', { id: running });
    assert.ok((after.uptimeMs ?? 0) < (before.uptimeMs ?? 0));
  });

  it('a change that makes no sense in the present state is refused', async () => {
    for (const [method, id] of [
      ['vm.start', running],
      ['vm.save', off],
      ['vm.pause', off],
      ['vm.turnOff', off],
      ['vm.reset', off],
    ] as const) {
      const error = await refused(lab.client.change(method, { id }), 'invalidState');
      assert.equal(error.detail.returnValue, 32775);
      assert.equal(error.outcome, 'none');
    }
  });

  it('resume never starts a VM, and nothing throws the memory of a saved one away: the host is not even asked', async () => {
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'RequestStateChange', code: 32778 });
    for (const [method, id] of [
      ['vm.resume', off],
      ['vm.resume', saved],
      ['vm.resume', running],
      ['vm.turnOff', saved],
      ['vm.reset', saved],
    ] as const) {
      await refused(lab.client.change(method, { id }), 'invalidState');
    }
    assert.equal((await lab.client.readVm(off)).state, 'off');
    assert.equal((await lab.client.readVm(saved)).state, 'saved');
  });

  it('a paused VM that is started runs on with the memory it has', async () => {
    const before = await lab.client.readVm(paused);
    const after = await lab.client.change('vm.start', { id: paused });
    assert.equal(after.state, 'running');
    assert.ok((after.uptimeMs ?? 0) >= (before.uptimeMs ?? 0));
  });

  it('a job that fails gives its reason, and the VM is where it was', async () => {
    const error = await refused(lab.client.change('vm.start', { id: tooBig }), 'outOfMemory');
    assert.equal(error.detail.jobErrorCode, 32778);
    assert.equal((await lab.client.readVm(tooBig)).state, 'off');
  });

  it('every documented return code of the host has its reason', async () => {
    for (const [code, reason] of [
      [32768, 'failed'],
      [32769, 'accessDenied'],
      [32770, 'notSupported'],
      [32772, 'timeout'],
      [32774, 'inUse'],
      [32777, 'notAvailable'],
      [32778, 'outOfMemory'],
      [32779, 'fileNotFound'],
    ] as const) {
      await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'RequestStateChange', code });
      await refused(lab.client.change('vm.turnOff', { id: running }), reason);
    }
    assert.equal((await lab.client.readVm(running)).state, 'running');
  });

  it('a VM that does not exist is not found by any change', async () => {
    const id = labVmId(999);
    for (const [method] of ways) await refused(lab.client.change(method, { id }), 'vmNotFound');
    await refused(lab.client.change('vm.shutDown', { id }), 'vmNotFound');
    await refused(lab.client.change('vm.restartGuest', { id }), 'vmNotFound');
    await refused(lab.client.change('service.set', { id, service: 'vss', enabled: true }), 'vmNotFound');
  });

  it('without rights no change is made, and the reason is the rights', async () => {
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await refused(lab.client.change('vm.turnOff', { id: running }), 'accessDenied');
    await refused(lab.client.change('service.set', { id: running, service: 'vss', enabled: false }), 'accessDenied');
    await lab.client.call('lab.fault', { kind: 'all', clear: true });
    const vm = await lab.client.readVm(running);
    assert.equal(vm.state, 'running');
    assert.equal(vm.services.vss.enabled, true);
  });

  it('a cmdlet that alone is refused says so as well, with an id of its own', async () => {
    await lab.client.call('lab.fault', { kind: 'accessDenied', on: 'Disable-VMIntegrationService' });
    await refused(lab.client.change('service.set', { id: running, service: 'vss', enabled: false }), 'accessDenied');
    assert.equal((await lab.client.readVm(running)).services.vss.enabled, true);
  });

  it('a request that broke on its way has an unknown outcome, unless its number says that it was refused', async () => {
    const outcomes = [];
    // RPC_S_SERVER_UNAVAILABLE; WBEM_E_INVALID_PARAMETER.
    for (const code of [0x800706ba, 0x80041008]) {
      await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'RequestStateChange', code });
      outcomes.push(await lab.client.change('vm.turnOff', { id: running }).catch((error: unknown) => error));
    }
    assert.deepEqual(
      outcomes.map((error) => HyperVError.is(error) && error.outcome),
      ['unknown', 'none'],
    );
    assert.equal((await lab.client.readVm(running)).state, 'running');
  });

  it('a change that was made but cannot be read back has an unknown outcome', async () => {
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Msvm_SummaryInformation' });
    const error = await refused(lab.client.change('vm.turnOff', { id: running }), 'failed');
    assert.equal(error.outcome, 'unknown');
    assert.equal((await lab.client.readVm(running)).state, 'off');
  });

  it('a service that stops before, during or after the request is named, with what is known of the change', async () => {
    for (const [on, outcome] of [
      ['Msvm_ComputerSystem', 'none'],
      ['RequestStateChange', 'unknown'],
      ['Msvm_SummaryInformation', 'unknown'],
    ] as const) {
      for (const target of [on, 'vmms']) await lab.client.call('lab.fault', { kind: 'serviceStopped', on: target });
      const error = await refused(lab.client.change('vm.turnOff', { id: running }), 'serviceStopped');
      assert.equal(error.outcome, outcome, on);
      await lab.client.call('lab.reset', {});
    }
  });

  it('rights that are lost before the VM is read back are named', async () => {
    await loseRights(lab, 'Msvm_VirtualSystemSettingData');
    const error = await refused(lab.client.change('vm.turnOff', { id: running }), 'accessDenied');
    assert.equal(error.outcome, 'unknown');
  });
});
