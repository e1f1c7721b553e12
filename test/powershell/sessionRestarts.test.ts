// 200 sessions, one after the other, each ended in another way: afterwards there is nothing that was not there before.
// Counted, never timed.
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../../src/powershell/clock';
import type { Launcher } from '../../src/powershell/launcher';
import { SupervisedSession } from '../../src/powershell/supervisor';
import { failure, Harness, isAlive, launchers, methods, misbehavingShell, until } from '../support/sessionHarness';

const restarts = 200;
const scenarios = ['echo', 'exitsWithoutAnswer', 'diesInProbe', 'diesInBootstrap', 'echo'];

/** Timers, pipes, child processes and the like which Node still waits for, and listeners of the process. */
function held(): Record<string, number> {
  const counts: Record<string, number> = {
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  };
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** One after the other, again and again. */
function pick<T>(items: readonly T[], turnOf: number): T {
  const item = items[turnOf % items.length];
  assert.ok(item !== undefined);
  return item;
}

describe('restarts', function () {
  this.timeout(240_000);
  const harness = new Harness();
  after(() => harness.cleanUp());

  it('leave no process, no listener, no handle and no timer behind', async () => {
    const inner = launchers.map(({ create }) => create());
    let started = 0;
    const supervised = new SupervisedSession({
      methods,
      log: harness.log,
      // The delays between starts are tested elsewhere.
      clock: { now: () => systemClock.now(), after: (_ms, action) => systemClock.after(0, action) },
      create: () => {
        const turnOf = started++;
        const launcher: Launcher = {
          launch: (spec) => {
            const process = pick(inner, turnOf).launch(spec);
            harness.launcher.processes.push(process);
            return process;
          },
        };
        const scenario = pick(scenarios, turnOf);
        return harness.session({ launcher, launch: misbehavingShell(scenario, harness.folder) });
      },
    });
    const stateListeners = supervised.onDidChangeState(() => undefined);

    /** Starts sessions until that many were started in all; each is lost, or does not even come up. */
    const until200 = async (count: number): Promise<void> => {
      while (started < count) {
        supervised.retry();
        const answer = await supervised.request('echo', { Text: 'x' }).catch(() => undefined);
        const process = harness.launcher.processes.at(-1);
        if (answer !== undefined) {
          process?.killTree();
          await process?.exited;
        }
      }
    };

    await until200(10);
    await turn();
    const before = held();
    await until200(restarts);
    stateListeners.dispose();
    await until(() => harness.launcher.processes.every(({ pid }) => pid === undefined || !isAlive(pid)));
    assert.equal(harness.launcher.processes.length, started);
    assert.ok(started >= restarts);
    await Promise.all(harness.launcher.processes.map(({ exited }) => exited));
    // Node closes what has ended in later turns. Not until a moment when nothing is left: a timer would be over some day.
    for (let i = 0; i < 100; i++) await turn();
    const left = Object.entries(held()).filter(([name, count]) => count > (before[name] ?? 0));
    assert.deepEqual(left, []);
    await supervised.dispose();
    assert.equal((await failure(supervised.request('echo', { Text: 'x' }))).kind, 'closed');
  });
});
