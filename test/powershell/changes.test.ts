import assert from 'node:assert/strict';
import { HyperVError } from '../../src/domain/errors';
import { integrationServiceKeys } from '../../src/domain/integrationServices';
import type { VmId, VmRecord } from '../../src/domain/vm';
import type { ChangeMethod } from '../../src/hyperv/api';
import { advanceUntil, labForSuite, labGuid, labVmId, refused } from '../support/labHost';
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

describe('changes that take long', () => {
  const [slow, quick, doomed] = [labVmId(1), labVmId(2), labVmId(3)] as const;
  const lab = labForSuite({
    hosts: [
      {
        name: 'HV',
        vms: [
          { name: 'slow', id: labGuid(1), state: 'off', startMs: hour },
          { name: 'quick', id: labGuid(2) },
          { name: 'doomed', id: labGuid(3), state: 'off', startError: 32778 },
        ],
      },
    ],
  });

  /** Begins to start the slow VM; resolves when the host says that it works on it. */
  async function begin(signal?: AbortSignal): Promise<{ readonly ended: Promise<VmRecord> }> {
    let started: Promise<VmRecord> | undefined;
    const seen = await new Promise<VmRecord>((resolve) => {
      started = lab.client.change('vm.start', { id: slow }, signal, resolve);
      // Whoever begins looks at it later.
      started.catch(() => undefined);
    });
    assert.equal(seen.state, 'starting');
    assert.ok(started);
    return { ended: started };
  }

  it('hold up no other VM', async () => {
    const { ended } = await begin();
    assert.equal((await lab.client.change('vm.save', { id: quick })).state, 'saved');
    await lab.client.call('lab.advance', { ms: hour });
    assert.equal((await ended).state, 'running');
  });

  it('hold up the next change to the same VM until they have ended', async () => {
    const { ended } = await begin();
    const next = lab.client.change('vm.turnOff', { id: slow });
    await lab.client.change('vm.pause', { id: quick });
    await lab.client.call('lab.advance', { ms: hour });
    assert.equal((await ended).state, 'running');
    assert.equal((await next).state, 'off');
  });

  it('go on when nobody waits any more, so that their outcome is unknown', async () => {
    const leaving = new AbortController();
    const { ended } = await begin(leaving.signal);
    leaving.abort();
    const error = await refused(ended, 'cancelled');
    assert.equal(error.outcome, 'unknown');
    await lab.client.call('lab.advance', { ms: hour });
    assert.equal((await lab.client.readVm(slow)).state, 'running');
  });

  it('a change that waits for another one is cancelled before it is sent', async () => {
    const leaving = new AbortController();
    const { ended } = await begin();
    const next = lab.client.change('vm.turnOff', { id: slow }, leaving.signal);
    leaving.abort();
    assert.equal((await refused(next, 'cancelled')).outcome, 'none');
    await lab.client.call('lab.advance', { ms: hour });
    assert.equal((await ended).state, 'running');
  });

  it('fail with the reason of the job, however late that comes', async () => {
    const error = await refused(lab.client.change('vm.start', { id: doomed }), 'outOfMemory');
    assert.deepEqual([error.outcome, error.detail.jobErrorCode], ['none', 32778]);
    assert.equal((await lab.client.readVm(doomed)).state, 'off');
  });

  it('a job that the host has cleared away has ended', async () => {
    const vm = await lab.client.call('job.read', { id: quick, jobId: labGuid(99) });
    assert.equal((vm as { vm: VmRecord }).vm.state, 'running');
  });

  it('a job that nobody may see has not', async () => {
    await loseRights(lab, 'Msvm_ConcreteJob');
    await refused(lab.client.call('job.read', { id: quick, jobId: labGuid(99) }), 'accessDenied');
  });
});

/** From this class on the host shows nothing, as if the rights had been taken away between two queries. */
async function loseRights({ client }: LabHost, ...classes: readonly string[]): Promise<void> {
  for (const on of [...classes, 'Msvm_VirtualSystemManagementService']) {
    await client.call('lab.fault', { kind: 'accessDenied', on });
  }
}

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

describe('integration services', () => {
  const lab = labForSuite({ ...spec, timeScale: 1 });

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

  it('a Hyper-V service that stops under a cmdlet is named', async () => {
    for (const on of ['Get-VM', 'Get-VMIntegrationService', 'Disable-VMIntegrationService']) {
      for (const target of [on, 'vmms']) await lab.client.call('lab.fault', { kind: 'serviceStopped', on: target });
      await refused(
        lab.client.change('service.set', { id: running, service: 'vss', enabled: false }),
        'serviceStopped',
      );
      await lab.client.call('lab.reset', {});
    }
  });

  it('a cmdlet that fails leaves the setting as it was', async () => {
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Disable-VMIntegrationService' });
    await refused(lab.client.change('service.set', { id: running, service: 'vss', enabled: false }), 'failed');
    assert.equal((await lab.client.readVm(running)).services.vss.enabled, true);
  });
});
