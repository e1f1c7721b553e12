import assert from 'node:assert/strict';
import type { VmRecord } from '../../src/domain/vm';
import { hour, loseRights } from '../support/changesLab';
import { labForSuite, labGuid, labVmId, refused } from '../support/labHost';

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
