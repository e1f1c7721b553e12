import assert from 'node:assert/strict';
import { HyperVError } from '../../src/domain/errors';
import { integrationServiceKeys } from '../../src/domain/integrationServices';
import type { VmId } from '../../src/domain/vm';
import type { ChangeMethod } from '../../src/hyperv/api';
import { advanceUntil, labGuid, labVmId, openLab, refused } from '../support/labHost';
import type { LabHost } from '../support/labHost';

/** Jobs of a second or two end at once at this scale; guests take an hour, so only the tests end their waits. */
const hour = 3_600_000;
const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        { name: 'vm', id: labGuid(1), shutdownMs: hour },
        { name: 'off', id: labGuid(2), state: 'off' },
        { name: 'saved', id: labGuid(3), state: 'saved' },
        { name: 'paused', id: labGuid(4), state: 'paused' },
        { name: 'locked', id: labGuid(5), shutdown: 'locked', shutdownMs: hour },
        { name: 'ignores', id: labGuid(6), shutdown: 'ignores' },
        { name: 'no service', id: labGuid(7), guest: 'none' },
        { name: 'too big', id: labGuid(8), state: 'off', startError: 32778 },
        { name: 'other', id: labGuid(9) },
      ],
    },
  ],
  timeScale: 100,
};
const [running, off, saved, paused, locked, ignores, mute, tooBig, other] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
  labVmId,
) as [VmId, VmId, VmId, VmId, VmId, VmId, VmId, VmId, VmId];

describe('power changes', () => {
  let lab: LabHost;
  before(async () => {
    lab = await openLab(spec);
  });
  afterEach(() => lab.client.call('lab.reset', {}));
  after(() => lab.client.stop());

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
      ['vm.reset', saved],
    ] as const) {
      const error = await refused(lab.client.change(method, { id }), 'invalidState');
      assert.equal(error.detail.returnValue, 32775);
      assert.equal(error.outcome, 'none');
    }
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
});

describe('requests to the guest', () => {
  let lab: LabHost;
  before(async () => {
    lab = await openLab({ ...spec, timeScale: 1 });
  });
  afterEach(() => lab.client.call('lab.reset', {}));
  after(() => lab.client.stop());

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

describe('integration services', () => {
  let lab: LabHost;
  before(async () => {
    lab = await openLab({ ...spec, timeScale: 1 });
  });
  afterEach(() => lab.client.call('lab.reset', {}));
  after(() => lab.client.stop());

  for (const service of integrationServiceKeys) {
    it(`${service} is switched, read back, and no other with it`, async () => {
      const before = await lab.client.readVm(running);
      const enabled = before.services[service].enabled !== true;
      const after = await lab.client.change('service.set', { id: running, service, enabled });
      for (const key of integrationServiceKeys) {
        assert.equal(after.services[key].enabled, key === service ? enabled : before.services[key].enabled, key);
      }
    });
  }

  it('works on a VM that is off, whose statuses stay unknown', async () => {
    const vm = await lab.client.change('service.set', { id: off, service: 'guestServiceInterface', enabled: true });
    assert.deepEqual(vm.services.guestServiceInterface, { enabled: true, status: null, secondary: null, reason: null });
  });

  it('asking for what is so already is no error', async () => {
    const vm = await lab.client.change('service.set', { id: running, service: 'vss', enabled: true });
    assert.equal(vm.services.vss.enabled, true);
  });

  it('disabling the heartbeat is seen as such', async () => {
    const vm = await lab.client.change('service.set', { id: running, service: 'heartbeat', enabled: false });
    assert.equal(vm.heartbeat, 'disabled');
  });

  it('a service nobody knows is a bad request, not a change', async () => {
    await refused(
      lab.client.call('service.set', { id: running, service: 'Zeitsynchronisierung', enabled: true }),
      'badRequest',
    );
  });

  it('a cmdlet that fails leaves the setting as it was', async () => {
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Disable-VMIntegrationService' });
    await refused(lab.client.change('service.set', { id: running, service: 'vss', enabled: false }), 'failed');
    assert.equal((await lab.client.readVm(running)).services.vss.enabled, true);
  });
});
