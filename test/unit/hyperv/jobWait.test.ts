import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { HyperVErrorReason } from '../../../src/domain/errors';
import { untilJobEnded } from '../../../src/hyperv/jobWait';
import type { Answer } from '../../../src/powershell/request';
import { ManualClock } from '../../support/manualClock';

const answer = (value: unknown): Answer => ({ value, frames: 1, bytes: 1 });
const going = answer({ job: 'j' });
const done = answer({ rows: [] });

/** @param answers one for each look; the last one repeats */
function wait(...answers: readonly (Answer | HyperVError)[]) {
  const clock = new ManualClock();
  const leaving = new AbortController();
  const looks: number[] = [];
  const ended = untilJobEnded(going, {
    clock,
    deadlineMs: 60_000,
    signal: leaving.signal,
    look: () => {
      const next = answers[Math.min(looks.length, answers.length - 1)] ?? done;
      looks.push(clock.now());
      return next instanceof HyperVError ? Promise.reject(next) : Promise.resolve(next);
    },
  });
  // Whoever expects a failure looks at it later.
  ended.catch(() => undefined);
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 250) await clock.advance(250);
  };
  return { clock, leaving, looks, ended, pass };
}

async function fails(work: Promise<unknown>, reason: HyperVErrorReason, outcome: string): Promise<void> {
  await assert.rejects(work, (error) => HyperVError.is(error, reason) && error.outcome === outcome);
}

describe('waiting for a job of the host', () => {
  it('an answer without a job is the end', async () => {
    const clock = new ManualClock();
    const look = (): never => assert.fail('nothing to look at');
    assert.equal(await untilJobEnded(done, { clock, deadlineMs: 1, signal: undefined, look }), done);
  });

  it('looks after a quarter of a second, then ever less often, every two seconds at last', async () => {
    const { ended, looks, pass } = wait(going, going, going, going, going, done);
    await pass(10_000);
    assert.equal(await ended, done);
    assert.deepEqual(looks, [250, 750, 1_750, 3_750, 5_750, 7_750]);
  });

  it('says that nobody knows when the deadline is over', async () => {
    const { ended, pass, clock } = wait(going);
    await pass(60_000);
    await fails(ended, 'timeout', 'unknown');
    assert.equal(clock.pending.length, 0);
  });

  it('ends at once when it is cancelled, and says that nobody knows', async () => {
    const { ended, leaving, looks, clock } = wait(going);
    leaving.abort();
    await fails(ended, 'cancelled', 'unknown');
    assert.deepEqual([looks.length, clock.pending.length], [0, 0]);
  });

  it('a session that is stopped ends it as well', async () => {
    const { ended, looks, pass } = wait(new HyperVError('cancelled', 'closed'));
    await pass(1_000);
    await fails(ended, 'cancelled', 'unknown');
    assert.equal(looks.length, 1);
  });

  it('the failure of the job is certain', async () => {
    const { ended, looks, pass } = wait(new HyperVError('outOfMemory', 'x', 'none', { errorId: 'Hv.job' }));
    await pass(1_000);
    await fails(ended, 'outOfMemory', 'none');
    assert.equal(looks.length, 1);
  });

  it('a look that fails is repeated: the job does not end with a session', async () => {
    const lost = new HyperVError('sessionLost', 'x');
    const { ended, pass } = wait(lost, lost, going, lost, lost, done);
    await pass(20_000);
    assert.equal(await ended, done);
  });

  it('three looks that fail in a row say that nobody knows', async () => {
    const { ended, looks, pass } = wait(going, new HyperVError('serviceStopped', 'x'));
    await pass(20_000);
    await fails(ended, 'serviceStopped', 'unknown');
    assert.equal(looks.length, 4);
  });
});
