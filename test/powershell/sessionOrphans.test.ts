// A PowerShell that nobody needs any more ends by itself, in each of the ways in which nobody may be left.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { localLaunchSpec } from '../../src/powershell/launchSpec';
import { enginePath, failure, Harness, isAlive, until } from '../support/sessionHarness';

describe('a PowerShell that nobody needs', function () {
  this.timeout(60_000);
  let harness: Harness;

  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  /** So long that nothing happens within a test. */
  const never = 600_000;

  it('ends when it hears nothing for a while, although its stdin is open', async () => {
    const session = await harness.started({ timeouts: { keepAliveMs: never, deadManMs: 600 } });
    await until(() => session.state === 'dead');
    assert.deepEqual(await harness.launcher.processes[0]?.exited, { code: 1, signal: null });
  });

  it('lives on while it is asked how it is, and longer than it would without', async () => {
    const session = await harness.started({ timeouts: { keepAliveMs: 100, deadManMs: 600 } });
    let reports = 0;
    session.onDidReport(() => reports++);
    await until(() => reports >= 15);
    assert.equal(session.state, 'ready');
  });

  it('lets a change come to its end first', async () => {
    const session = await harness.started({ timeouts: { keepAliveMs: never, deadManMs: 1_200 } });
    // Twice as long as the silence it would bear without work.
    assert.deepEqual((await session.request('sleep.change', { Ms: 2_400 })).value, { slept: 2_400 });
    await until(() => session.state === 'dead');
  });

  it('does not wait for a read, which would be asked again', async () => {
    const session = await harness.started({ timeouts: { keepAliveMs: never, silenceMs: never, deadManMs: 600 } });
    const announce = harness.path('runs');
    const error = await failure(session.request('step.read', { Announce: announce, Until: harness.path('never') }));
    assert.equal(error.kind, 'lost');
  });

  it('ends when the process is gone that it works for, although somebody else holds its stdin open', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const launch = {
      ...localLaunchSpec({ executable: enginePath(), cwd: harness.folder }),
      parentPid: parent.pid ?? 0,
    };
    const session = await harness.started({ launch, timeouts: { keepAliveMs: 50, deadManMs: 600 } });
    // It has looked at its parent while that lived.
    let reports = 0;
    session.onDidReport(() => reports++);
    await until(() => reports >= 10);
    assert.equal(session.state, 'ready');
    parent.kill('SIGKILL');
    await until(() => session.state === 'dead');
  });

  it('does not end because a process is out of sight', async () => {
    const launch = { ...localLaunchSpec({ executable: enginePath(), cwd: harness.folder }), parentPid: 2 ** 30 };
    const session = await harness.started({ launch, timeouts: { keepAliveMs: 50, deadManMs: 600 } });
    let reports = 0;
    session.onDidReport(() => reports++);
    await until(() => reports >= 20);
    assert.equal(session.state, 'ready');
  });

  for (const launcher of ['node-powershell', 'spawn']) {
    it(`ends with its extension host, even one that was killed in the middle of a call (${launcher})`, async () => {
      const client = spawn(process.execPath, [
        resolve('out/hv.js'),
        '-',
        '--lab',
        '{"vmsPerHost":1}',
        '--launcher',
        launcher,
        '--trace',
      ]);
      const exited = once(client, 'exit');
      client.stdout.resume();
      let pid = 0;
      createInterface({ input: client.stderr }).on('line', (line) => {
        pid = Number(/PowerShell .*, process (\d+):/.exec(line)?.[1] ?? pid);
      });
      client.stdin.write('{"method":"inventory","params":{}}\n');
      await until(() => pid !== 0);
      assert.ok(isAlive(pid));
      client.kill('SIGKILL');
      await exited;
      await until(() => !isAlive(pid));
    });
  }

  it('is ended when its answers do not arrive any more', async () => {
    const session = await harness.started({ timeouts: { silenceMs: 100, pingMs: 500 } });
    harness.launcher.processes[0]?.stdout.destroy();
    assert.equal((await failure(session.request('echo', { Text: 'x' }))).kind, 'lost');
    await until(() => session.state === 'dead');
  });
});
