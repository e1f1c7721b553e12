// The commands of PowerShell remoting themselves, on a real PSSession: what a fake cannot know about them.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { SessionOptions } from '../../src/powershell/session';
import { psrpOrSkip, psrpSession } from '../support/psrpRemote';
import functions from '../support/sessionFunctions.ps1';
import { failure, fileExists, Harness, isAlive, until } from '../support/sessionHarness';

describe('a real PSSession', function () {
  this.timeout(120_000);
  let harness: Harness;
  let options: Partial<SessionOptions>;

  before(function () {
    psrpOrSkip(this);
  });
  beforeEach(() => {
    harness = new Harness();
    const { transport, ...way } = psrpSession(harness);
    options = { ...way, script: { functions, transport } };
  });
  afterEach(() => harness.cleanUp());

  const serverPid = (): number => Number(readFileSync(harness.path('server'), 'utf8'));

  it('answers as a local session does: texts, lists, batches, errors', async () => {
    const local = await harness.started();
    const session = await harness.started(options);
    for (const text of [
      '',
      '2026-01-01T00:00:00Z',
      '_x000A_\n\0\u2028',
      'z\u00fcrich \u{1d11e}',
      'x'.repeat(500_000),
    ]) {
      assert.deepEqual((await session.request('echo', { Text: text })).value, { text });
    }
    const Id = 'a0000000-0000-4000-8000-000000000001';
    const Names = ['a', '', '2026-01-01'];
    const { value } = await session.request('echoTypes', { Id, Names, Count: 3, Enabled: false });
    const { bound, ...rest } = value as { bound: string[] };
    assert.deepEqual(rest, { id: Id, enabled: false, count: 3, names: Names });
    assert.equal(bound.length, 4);
    const records: unknown[] = [];
    const onBatch = (batch: readonly unknown[]): void => void records.push(...batch);
    await session.request('records', { Count: 450, Size: 100 }, { onBatch });
    assert.equal(records.length, 450);
    for (const method of ['detail', 'missing', 'undefinedFunction']) {
      const [there, here] = [await failure(session.request(method, {})), await failure(local.request(method, {}))];
      assert.deepEqual([there.message, there.remote], [here.message, here.remote]);
    }
  });

  it('ends on both sides', async () => {
    const session = await harness.started(options);
    const pid = serverPid();
    assert.ok(isAlive(pid));
    await session.stop();
    await until(() => !isAlive(pid));
    assert.deepEqual(await harness.launcher.processes[0]?.exited, { code: 0, signal: null });
  });

  it('stops what is cancelled and takes the next call', async () => {
    const session = await harness.started(options);
    const cancellation = new AbortController();
    const parameters = { Announce: harness.path('runs'), Until: harness.path('never') };
    const change = failure(session.request('step.change', parameters, { signal: cancellation.signal }));
    await fileExists(harness.path('runs'));
    cancellation.abort();
    assert.equal((await change).kind, 'cancelled');
    assert.deepEqual((await session.request('echo', { Text: 'next' })).value, { text: 'next' });
  });

  it('that breaks leaves the outcome of a change unknown, and is made anew', async () => {
    const supervised = harness.supervised(options);
    const parameters = { Announce: harness.path('runs'), Until: harness.path('never') };
    const change = failure(supervised.request('step.change', parameters));
    await fileExists(harness.path('runs'));
    process.kill(serverPid(), 'SIGKILL');
    const error = await change;
    assert.equal(error.kind, 'lost');
    assert.equal(error.outcome, 'unknown');
    assert.equal(supervised.failure?.connection?.cause, 'closed');
    assert.deepEqual((await supervised.request('echo', { Text: 'again' })).value, { text: 'again' });
  });

  it('repeats a read whose connection broke', async () => {
    const supervised = harness.supervised(options);
    const go = harness.path('go');
    const read = supervised.request('step.read', { Announce: harness.path('runs'), Until: go });
    await fileExists(harness.path('runs'));
    process.kill(serverPid(), 'SIGKILL');
    writeFileSync(go, '');
    await read;
  });
});
