// A supervised session on the real engine whose process is killed: what is repeated, what is not, and what comes after.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { failure, fileExists, Harness, until } from '../support/sessionHarness';

describe('supervised session', function () {
  this.timeout(60_000);
  let harness: Harness;

  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  it('starts nothing before the first request', async () => {
    const supervised = harness.supervised();
    assert.equal(supervised.state, 'idle');
    assert.equal(harness.launcher.processes.length, 0);
    assert.deepEqual((await supervised.request('echo', { Text: 'x' })).value, { text: 'x' });
    assert.equal(supervised.state, 'ready');
    assert.equal(harness.launcher.processes.length, 1);
  });

  it('repeats a read once after its process died, in a new one', async () => {
    const supervised = harness.supervised();
    let restarts = 0;
    const { value } = await supervised.request(
      'die.read',
      { Path: harness.path('died-once') },
      { onRestart: () => restarts++ },
    );
    assert.deepEqual(value, { repeated: true });
    assert.equal(restarts, 1);
    assert.equal(harness.launcher.processes.length, 2);
  });

  it('does not repeat a read a second time', async () => {
    const supervised = harness.supervised();
    const error = await failure(supervised.request('die.read', { Path: '' }));
    assert.equal(error.kind, 'lost');
    assert.equal(harness.launcher.processes.length, 2);
  });

  it('never repeats a change: its outcome is unknown, and the next request starts a new process', async () => {
    const supervised = harness.supervised();
    const path = harness.path('change-died');
    const error = await failure(supervised.request('die.change', { Path: path }));
    assert.equal(error.kind, 'lost');
    assert.equal(error.outcome, 'unknown');
    assert.equal(supervised.state, 'waiting');
    assert.equal(existsSync(path), true);
    supervised.retry();
    assert.deepEqual((await supervised.request('echo', { Text: 'again' })).value, { text: 'again' });
    assert.equal(harness.launcher.processes.length, 2);
  });

  it('sends a change that still waited to the next process', async () => {
    const supervised = harness.supervised();
    await supervised.request('echo', { Text: 'x' });
    const dying = failure(supervised.request('die.change', { Path: harness.path('died') }));
    const waiting = supervised.request('line.change', { Path: harness.path('line'), Text: 'kept' });
    assert.equal((await dying).outcome, 'unknown');
    supervised.retry();
    assert.deepEqual((await waiting).value, { text: 'kept' });
    assert.equal(readFileSync(harness.path('line'), 'utf8'), 'kept\n');
  });

  it('notices that its process was killed while idle', async () => {
    const supervised = harness.supervised();
    await supervised.request('echo', { Text: 'x' });
    process.kill(supervised.hello?.pid ?? 0, 'SIGKILL');
    await until(() => supervised.state === 'waiting');
    assert.equal(supervised.failure?.kind, 'lost');
  });

  it('runs changes in the order in which they were asked for', async () => {
    const supervised = harness.supervised();
    const path = harness.path('ordered');
    const texts = Array.from({ length: 12 }, (_, i) => `${i}`);
    await Promise.all(texts.map((text) => supervised.request('line.change', { Path: path, Text: text })));
    assert.deepEqual(readFileSync(path, 'utf8').trim().split('\n'), texts);
  });

  it('lets equal reads share one request', async () => {
    const supervised = harness.supervised();
    const go = harness.path('go');
    const announce = harness.path('announce');
    const read = (): Promise<unknown> => supervised.request('step.read', { Announce: announce, Until: go });
    const reads = [read(), read(), read()];
    await fileExists(announce);
    reads.push(read());
    writeFileSync(go, '');
    await Promise.all(reads);
    assert.equal(harness.log.lines.filter((line) => /^debug -> \d+ step\.read/.test(line)).length, 1);
  });

  it('settles everything when it is disposed of', async () => {
    const supervised = harness.supervised();
    const announce = harness.path('running');
    const running = failure(supervised.request('step.change', { Announce: announce, Until: harness.path('never') }));
    const waiting = failure(supervised.request('line.change', { Path: harness.path('never-run'), Text: 'x' }));
    await fileExists(announce);
    await Promise.all([supervised.dispose(), supervised.dispose()]);
    assert.equal((await running).outcome, 'unknown');
    assert.equal((await waiting).kind, 'closed');
    assert.equal((await failure(supervised.request('echo', { Text: 'x' }))).kind, 'closed');
    assert.equal(existsSync(harness.path('never-run')), false);
  });
});
