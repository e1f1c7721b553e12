import assert from 'node:assert/strict';
import { hour, ignores, locked, loseRights, mute, off, running, saved, spec } from '../support/changesLab';
import { advanceUntil, labForSuite, refused } from '../support/labHost';

describe('requests to the guest', () => {
  const lab = labForSuite({ ...spec, timeScale: 1 });

  it('an accepted shutdown is not a stop; the host says later when it is', async () => {
    const vm = await lab.client.change('vm.shutDown', { id: running });
    assert.equal(vm.state, 'running');
    const states = new Set<string>();
    await advanceUntil(
      lab.client,
      running,
      ({ state }) => {
        states.add(state);
        return state === 'off';
      },
      hour / 10,
    );
    assert.ok(states.has('running'));
  });

  it('a second request joins the first', async () => {
    await lab.client.change('vm.shutDown', { id: running });
    await refused(lab.client.change('vm.shutDown', { id: running }), 'shutdownInProgress');
  });

  it('a locked guest refuses unless a person forces it', async () => {
    const error = await refused(lab.client.change('vm.shutDown', { id: locked }), 'guestLocked');
    assert.deepEqual([error.detail.method, error.detail.returnValue], ['InitiateShutdown', 32781]);
    await refused(lab.client.change('vm.shutDown', { id: locked, force: false }), 'guestLocked');
    await lab.client.change('vm.shutDown', { id: locked, force: true });
    await lab.client.call('lab.advance', { ms: hour });
    assert.equal((await lab.client.readVm(locked)).state, 'off');
  });

  it('a guest that ignores it goes on running: nobody cuts its power', async () => {
    await lab.client.change('vm.shutDown', { id: ignores });
    await lab.client.call('lab.advance', { ms: 10 * hour });
    assert.equal((await lab.client.readVm(ignores)).state, 'running');
  });

  it('a guest without the service does not answer', async () => {
    await refused(lab.client.change('vm.shutDown', { id: mute }), 'guestNotReady');
    await refused(lab.client.change('vm.restartGuest', { id: mute }), 'guestNotReady');
  });

  it('a guest that still boots is not ready', async () => {
    await lab.client.call('lab.touch', { action: 'state', id: off, state: 2 });
    await refused(lab.client.change('vm.shutDown', { id: off }), 'guestNotReady');
    await lab.client.call('lab.advance', { ms: 60_000 });
    await lab.client.change('vm.shutDown', { id: off });
  });

  it('a VM that does not run cannot be asked', async () => {
    for (const id of [off, saved]) {
      await refused(lab.client.change('vm.shutDown', { id }), 'invalidState');
      await refused(lab.client.change('vm.restartGuest', { id }), 'invalidState');
    }
  });

  it('a shutdown service that is disabled on the host is named as the cause', async () => {
    await lab.client.call('lab.touch', { action: 'service', id: running, service: 'shutdown', enabled: false });
    for (const method of ['vm.shutDown', 'vm.restartGuest'] as const) {
      const error = await refused(lab.client.change(method, { id: running }), 'serviceDisabled');
      assert.deepEqual([error.outcome, error.detail.returnValue], ['none', 32768]);
    }
    await lab.client.call('lab.fault', { kind: 'zeroRows', on: 'Msvm_ShutdownComponent' });
    await refused(lab.client.change('vm.shutDown', { id: running }), 'serviceDisabled');
  });

  it('a component that is not shown for want of rights does not mean that the VM is off', async () => {
    await loseRights(lab, 'Msvm_ShutdownComponent');
    await refused(lab.client.change('vm.shutDown', { id: running }), 'accessDenied');
  });

  it('a restarted guest is running again with a fresh uptime', async () => {
    const before = await lab.client.readVm(running);
    await lab.client.change('vm.restartGuest', { id: running });
    const after = await advanceUntil(
      lab.client,
      running,
      ({ uptimeMs }) => (uptimeMs ?? 0) < (before.uptimeMs ?? 0),
      hour / 10,
    );
    assert.equal(after.state, 'running');
  });

  it('every documented answer of the guest has its reason', async () => {
    for (const [code, reason] of [
      [32768, 'failed'],
      [32770, 'notSupported'],
      [32773, 'invalidParameter'],
      [32780, 'guestNotReady'],
      [32781, 'guestLocked'],
      [32782, 'shutdownInProgress'],
    ] as const) {
      await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'InitiateShutdown', code });
      await refused(lab.client.change('vm.shutDown', { id: running }), reason);
    }
  });
});
