// A PowerShell that lives and says nothing: suspended by the system, as a debugger or an overloaded machine would.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { failure, fileExists, Harness, isAlive, until } from '../support/sessionHarness';
import { skipUnless } from '../support/skip';

describe('a mute PowerShell', function () {
  this.timeout(60_000);
  let harness: Harness;

  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  const limits = { silenceMs: 100, pingMs: 1_000 };

  it('is replaced: a change is lost with an unknown outcome, a read is answered by the next process', async function () {
    skipUnless(this, process.platform !== 'win32', 'Windows has no signal that suspends a process');
    const supervised = harness.supervised({ timeouts: limits });
    await supervised.request('echo', { Text: 'x' });
    const pid = supervised.hello?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const read = supervised.request('echo', { Text: 'asked of a mute one' });
    const change = failure(supervised.request('line.change', { Path: harness.path('never'), Text: 'x' }));
    const error = await change;
    assert.equal(error.kind, 'lost');
    assert.equal(error.outcome, 'unknown');
    assert.deepEqual((await read).value, { text: 'asked of a mute one' });
    await until(() => !isAlive(pid));
    assert.equal(harness.launcher.processes.length, 2);
  });

  it('is found out by a retry after a time-out', async function () {
    skipUnless(this, process.platform !== 'win32', 'Windows has no signal that suspends a process');
    // Silence alone would not end it within this test.
    const supervised = harness.supervised({ timeouts: { ...limits, silenceMs: 600_000, cancelGraceMs: 50 } });
    await supervised.request('echo', { Text: 'x' });
    const pid = supervised.hello?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const parameters = { Announce: harness.path('never'), Until: harness.path('never') };
    assert.equal((await failure(supervised.request('late', parameters))).kind, 'timeout');
    supervised.retry();
    assert.deepEqual((await supervised.request('echo', { Text: 'again' })).value, { text: 'again' });
    await until(() => !isAlive(pid));
  });

  it('is not one that works for long: its dispatcher answers', async () => {
    const supervised = harness.supervised({ timeouts: { ...limits, silenceMs: 20 } });
    const [announce, go] = [harness.path('runs'), harness.path('go')];
    const slow = supervised.request('step.read', { Announce: announce, Until: go });
    await fileExists(announce);
    const answers = (): number => harness.log.lines.filter((line) => /^debug <- \d+ ping result/.test(line)).length;
    await until(() => answers() >= 3);
    writeFileSync(go, '');
    await slow;
    assert.equal(harness.launcher.processes.length, 1);
  });
});
