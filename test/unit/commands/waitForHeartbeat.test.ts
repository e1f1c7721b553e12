import assert from 'node:assert/strict';
import { waitForHeartbeat } from '../../../src/commands/waitForHeartbeat';
import type { HeartbeatResult } from '../../../src/commands/waitForHeartbeat';
import { untilHeartbeat } from '../../../src/commands/waitForHeartbeatRun';
import type { HeartbeatEnd } from '../../../src/commands/waitForHeartbeatRun';
import { HyperVError } from '../../../src/domain/errors';
import type { VmRecord } from '../../../src/domain/vm';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { makeVm, vmId, withService } from '../../support/vms';

const booting = makeVm({ heartbeat: 'noContact', uptimeMs: 1_000 });

/** What the host says, look after look; the last one stays. Time passes only while it is waited for. */
function run(
  looks: readonly (VmRecord | undefined | Error)[],
  { deadlineMs = 10_000, abortAt = Infinity }: { deadlineMs?: number; abortAt?: number } = {},
): Promise<HeartbeatEnd> {
  let now = 0;
  let look = -1;
  const abort = new AbortController();
  const ports = {
    now: () => now,
    wait: async (ms: number, signal: AbortSignal) => {
      // A look takes no time: what is to end it comes later than its answer.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return;
      now += ms;
      if (now >= abortAt) abort.abort();
    },
    read: () => {
      look = Math.min(look + 1, looks.length - 1);
      const answer = looks[look];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return untilHeartbeat(ports, deadlineMs, abort.signal, () => undefined);
}

describe('Waiting for a heartbeat', () => {
  it('ends when the guest answers, and says how long it took', async () => {
    const { outcome, waitedMs } = await run([booting, booting, makeVm()]);
    assert.deepEqual([outcome, waitedMs], ['answered', 4_000]);
  });

  it('takes a guest that answers about programs in trouble, or with an older protocol, for one that answers', async () => {
    assert.equal((await run([makeVm({ heartbeat: 'applicationsCritical' })])).outcome, 'answered');
    assert.equal((await run([makeVm({ heartbeat: 'degraded' })])).outcome, 'answered');
  });

  it('ends at the deadline, also when the host does not answer', async () => {
    assert.deepEqual(await run([booting], { deadlineMs: 5_000 }).then(({ outcome, waitedMs }) => [outcome, waitedMs]), [
      'deadline',
      5_000,
    ]);
    let now = 0;
    const never = {
      now: () => now,
      wait: (ms: number): Promise<void> => {
        now += ms;
        return Promise.resolve();
      },
      read: () => new Promise<never>(() => undefined),
    };
    const end = await untilHeartbeat(never, 3_000, new AbortController().signal, () => undefined);
    assert.equal(end.outcome, 'deadline');
  });

  it('ends when somebody cancels', async () => {
    assert.equal((await run([booting], { abortAt: 4_000 })).outcome, 'cancelled');
  });

  it('ends at once when no heartbeat will come', async () => {
    assert.equal((await run([withService(booting, 'heartbeat', { enabled: false })])).outcome, 'disabled');
    for (const state of ['off', 'saved', 'paused'] as const) {
      assert.equal((await run([makeVm({ state, heartbeat: null })])).outcome, 'notRunning');
    }
    assert.equal((await run([booting, undefined])).outcome, 'gone');
  });

  it('goes on when a look fails, and gives up when three in a row do', async () => {
    const failure = new HyperVError('sessionLost', 'gone');
    assert.equal((await run([failure, failure, booting, failure, makeVm()])).outcome, 'answered');
    const { outcome, error } = await run([booting, failure]);
    assert.deepEqual([outcome, error?.reason], ['failed', 'sessionLost']);
  });

  it('waits while a VM starts or changes', async () => {
    assert.equal((await run([makeVm({ state: 'starting', heartbeat: null }), makeVm()])).outcome, 'answered');
  });
});

describe('Wait for Heartbeat', () => {
  const twin = makeVm({ id: vmId(3), name: 'twin' });
  function rig(): Rig {
    return makeRig({
      HV1: [makeVm({ id: vmId(1), name: 'web' }), twin],
      HV2: [makeVm({ id: vmId(2), name: 'off', state: 'off', heartbeat: null }), { ...twin, id: vmId(4) }],
    });
  }
  const ask = async (request: unknown): Promise<HeartbeatResult['outcome'] | undefined> =>
    (await waitForHeartbeat(rig().context, request))?.outcome;

  it('gives other commands a result: found by id, by name, on a host', async () => {
    const { context, ui } = rig();
    const result = await waitForHeartbeat(context, { vm: 'web', deadlineSeconds: 5 });
    assert.deepEqual(
      [result?.outcome, result?.host, result?.id, result?.waitedSeconds, result?.message],
      ['answered', 'HV1', vmId(1), 0, 'web answers.'],
    );
    // Who asked has the result; nobody else is told.
    assert.deepEqual([ui.told, ui.mentioned, ui.errors], [[], [], []]);
    assert.equal(await ask({ id: vmId(1).toUpperCase() }), 'answered');
    assert.equal(await ask({ host: 'HV2', vm: 'twin' }), 'answered');
    assert.equal(await ask({ vm: 'off' }), 'notRunning');
  });

  it('refuses what cannot be meant', async () => {
    assert.equal(await ask({ vm: 'twin' }), 'ambiguous');
    assert.equal(await ask({ vm: 'nobody' }), 'noSuchVm');
    assert.equal(await ask({ host: 'HV9', vm: 'web' }), 'noSuchVm');
    for (const request of [
      {},
      { vm: 1 },
      { id: 'x' },
      { vm: 'web', deadlineSeconds: 0 },
      { vm: 'web', deadlineSeconds: '5' },
      { vm: 'web', deadlineSeconds: 1e9 },
      { host: {}, vm: 'web' },
    ]) {
      assert.equal(await ask(request), 'badRequest', JSON.stringify(request));
    }
  });

  it('is told to a person who called it on rows, and does not begin with what cannot answer', async () => {
    const { context, ui, nodes } = rig();
    await waitForHeartbeat(context, nodes.vm('HV1', vmId(1)));
    assert.deepEqual([ui.mentioned, ui.progressTitles], [['web answers.'], ['Waiting for the heartbeat of web']]);
    assert.equal(await waitForHeartbeat(context, nodes.vm('HV2', vmId(2))), undefined);
    assert.deepEqual(ui.told, ['off does not run, or its heartbeat is disabled.']);
  });
});
