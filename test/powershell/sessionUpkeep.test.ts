// Sessions on the real engine that are replaced, retired, ended unused and looked into.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { SupervisedSession } from '../../src/powershell/supervisor';
import { Secrets } from '../../src/powershell/secrets';
import { defaultUpkeep, type UpkeepLimits } from '../../src/powershell/upkeep';
import { failure, fileExists, Harness, isAlive, methods, misbehavingShell, until } from '../support/sessionHarness';

describe('upkeep of a session on the real engine', function () {
  this.timeout(60_000);
  let harness: Harness;

  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  function kept(upkeep: Partial<UpkeepLimits>): SupervisedSession {
    const timeouts = { keepAliveMs: 100 };
    const create = (): ReturnType<Harness['session']> => harness.session({ timeouts });
    return new SupervisedSession({ methods, log: harness.log, create, upkeep: { ...defaultUpkeep, ...upkeep } });
  }

  it('replaces one above a limit, and nobody notices', async () => {
    const supervised = kept({ health: { ...defaultUpkeep.health, requests: 1 } });
    await supervised.request('echo', { Text: 'x' });
    const first = supervised.hello?.pid ?? 0;
    await supervised.request('echo', { Text: 'y' });
    await until(() => supervised.hello?.pid !== first);
    assert.deepEqual((await supervised.request('echo', { Text: 'z' })).value, { text: 'z' });
    await until(() => !isAlive(first));
    const { recycled, failure: trouble } = await supervised.diagnostics();
    assert.ok(recycled >= 1);
    assert.equal(trouble, undefined);
    await supervised.dispose();
  });

  it('replaces one whose calls got stuck, and the stuck ones go with it', async () => {
    const supervised = kept({ health: { ...defaultUpkeep.health, abandoned: 0 } });
    const controller = new AbortController();
    const announce = harness.path('stubborn');
    const call = failure(supervised.request('stubborn', { Announce: announce }, { signal: controller.signal }));
    await fileExists(announce);
    const first = supervised.hello?.pid ?? 0;
    controller.abort();
    assert.equal((await call).outcome, 'unknown');
    await until(() => !isAlive(first));
    assert.deepEqual((await supervised.request('echo', { Text: 'z' })).value, { text: 'z' });
    await supervised.dispose();
  });

  it('ends one that nobody uses, and starts another one when it is needed', async () => {
    const supervised = kept({ idleCloseMs: 50 });
    await supervised.request('echo', { Text: 'x' });
    const first = supervised.hello?.pid ?? 0;
    await until(() => supervised.state === 'idle' && !isAlive(first));
    assert.deepEqual((await supervised.request('echo', { Text: 'y' })).value, { text: 'y' });
    assert.equal(harness.launcher.processes.length, 2);
    await supervised.dispose();
  });

  it('retires one: what it has is answered, more is not taken', async () => {
    const session = await harness.started();
    const [announce, go] = [harness.path('runs'), harness.path('go')];
    const change = session.request('step.change', { Announce: announce, Until: go });
    await fileExists(announce);
    const retiring = session.retire();
    assert.equal((await failure(session.request('echo', { Text: 'x' }))).kind, 'closed');
    writeFileSync(go, '');
    assert.deepEqual((await change).value, { announced: announce });
    await retiring;
    assert.equal(session.state, 'dead');
    assert.equal(isAlive(session.hello?.pid ?? 0), false);
  });

  it('looks into one: its process, its requests, its memory, its noise without secrets', async () => {
    const secrets = new Secrets();
    secrets.add('hunter22');
    const session = await harness.started({ secrets });
    await session.request('noise', { Text: 'the password is hunter22' });
    await until(() => harness.log.lines.some((line) => line.includes('the password is')));
    const { state, hello, latencyMs, requests, pending, health, noise } = await session.diagnostics();
    assert.equal(state, 'ready');
    assert.equal(hello?.pid, session.hello?.pid);
    assert.equal(requests, 1);
    assert.equal(pending, 0);
    assert.ok(latencyMs !== undefined && latencyMs > 0);
    assert.ok(health !== undefined && health.privateMB > 10 && health.handles > 10 && health.abandoned === 0);
    assert.ok(noise.some((line) => line.includes('the password is ***')));
    // At every level, the bodies at trace level among them.
    assert.ok(![...noise, ...harness.log.lines].some((line) => line.includes('hunter22')));
  });

  it('looks into one that is not there', async () => {
    const session = harness.session();
    assert.equal((await session.diagnostics()).state, 'new');
    await session.stop();
    assert.equal((await session.diagnostics()).state, 'dead');
  });

  it('is not fooled by a process that says it is well and does not answer', async () => {
    const launch = misbehavingShell('neverAnswers', harness.folder);
    const session = await harness.started({ launch, timeouts: { keepAliveMs: 50, silenceMs: 50, pingMs: 100 } });
    await until(() => session.state === 'dead');
  });
});
