// The end of a process, step by step. Time is the test's.
import assert from 'node:assert/strict';
import { stopShell, type EndableShell } from '../../../src/powershell/stopShell';
import { ManualClock, settled } from '../../support/manualClock';

describe('the end of a session', () => {
  let clock: ManualClock;
  let steps: string[];

  beforeEach(() => {
    clock = new ManualClock();
    steps = [];
  });

  /** @param endsAfter the step that ends the process; none does when it is left out */
  function shell(endsAfter?: string): EndableShell {
    const step = (name: string) => (): void => void steps.push(name);
    return {
      channel: {
        request: (method) => {
          steps.push(method);
          return new Promise(() => undefined);
        },
      },
      endInput: step('end of stdin'),
      kill: step('kill'),
      killTree: step('kill all'),
      exitsWithin: (ms) =>
        new Promise((resolve) => {
          if (steps.at(-1) === endsAfter) resolve(true);
          else
            clock.after(ms, () => {
              resolve(false);
            });
        }),
    };
  }

  async function run(stopping: Promise<void>): Promise<number> {
    const progress = { done: false };
    void stopping.then(() => (progress.done = true));
    await settled();
    while (!progress.done) await clock.advance(clock.pending[0] ?? assert.fail('it waits for ever'));
    return clock.now();
  }

  it('is asked for first: a process that listens needs nothing else', async () => {
    assert.equal(await run(stopShell(shell('end of stdin'))), 0);
    assert.deepEqual(steps, ['shutdown', 'end of stdin']);
  });

  it('is forced on one that does not listen, and at last on everything it started', async () => {
    await run(stopShell(shell('kill')));
    assert.deepEqual(steps, ['shutdown', 'end of stdin', 'kill']);
    steps = [];
    await run(stopShell(shell('kill all')));
    assert.deepEqual(steps, ['shutdown', 'end of stdin', 'kill', 'kill all']);
  });

  it('takes less than four of the five seconds that the editor gives, for all sessions together', async () => {
    const ms = await run(Promise.all([1, 2, 3].map(() => stopShell(shell()))).then(() => undefined));
    assert.ok(ms < 4_000, `${ms} ms`);
  });
});
