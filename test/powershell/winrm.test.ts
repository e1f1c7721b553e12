// Sessions by WinRM. There is no WinRM but on Windows: the way there is a fake, everything else is real.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secrets } from '../../src/powershell/secrets';
import { SignIn } from '../../src/powershell/signIn';
import { canary } from '../../tools/lib/canary.mjs';
import { attempts, FakeCredentials, fakeTransport, remotely } from '../support/fakeRemote';
import { failure, fileExists, Harness, isAlive, launchers, until } from '../support/sessionHarness';
import functions from '../support/sessionFunctions.ps1';
import memoryProbe from '../support/secretProbe.ps1';

const script = { functions, transport: fakeTransport() };

for (const { name, create } of launchers) {
  describe(`session on another computer by WinRM, started by ${name}`, function () {
    this.timeout(120_000);
    const harness = new Harness(create());
    after(() => harness.cleanUp());

    it('answers as a local one does, whatever the text is', async () => {
      const session = await harness.started({ script, ...remotely(harness, 'far') });
      const texts = [
        '',
        '2026-01-01T00:00:00Z',
        '$(x) `n "\'',
        '_x000A_',
        'a\0b\r\n\u2028',
        'z\u00fcrich \u2603 \u{1d11e}',
      ];
      for (const text of texts) assert.deepEqual((await session.request('echo', { Text: text })).value, { text });
      const values = { Id: 'a0000000-0000-4000-8000-000000000001', Enabled: true, Count: 7, Names: ['a', '', '=b'] };
      const { value } = await session.request('echoTypes', values);
      const { bound, ...rest } = value as { bound: string[] };
      assert.deepEqual(rest, { id: values.Id, enabled: true, count: 7, names: values.Names });
      assert.deepEqual(bound.sort(), ['Count', 'Enabled', 'Id', 'Names']);
    });
  });
}

describe('session on another computer by WinRM', function () {
  this.timeout(120_000);
  let harness: Harness;

  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  const far = (host = 'far') => ({ script, ...remotely(harness, host) });

  it('sends lists in batches and answers of nearly a mebibyte', async () => {
    const session = await harness.started(far());
    const records: unknown[] = [];
    const onBatch = (batch: readonly unknown[]): void => void records.push(...batch);
    const { frames } = await session.request('records', { Count: 450, Size: 100 }, { onBatch });
    assert.equal(records.length, 450);
    assert.equal(frames, 4);
    const { value } = await session.request('large', { Size: 1_048_000 });
    assert.equal((value as { text: string }).text.length, 1_048_000);
    assert.equal((await session.request('nothing', {})).value, null);
  });

  it('tells failures as a local one does', async () => {
    const local = await harness.started();
    const remote = await harness.started(far());
    for (const method of ['detail', 'missing', 'undefinedFunction', 'large', 'echo']) {
      const parameters = method === 'large' ? { Size: 2_000_000 } : method === 'echo' ? { Text: 'x' } : {};
      const outcome = async (session: typeof local): Promise<unknown> =>
        session.request(method, parameters).then(
          ({ value }) => value,
          (error: unknown) => ({ ...(error as object), text: String(error) }),
        );
      assert.deepEqual(await outcome(remote), await outcome(local), method);
    }
  });

  it('runs nothing that is not in the method table', async () => {
    const session = await harness.started(far());
    const error = await failure(session.request('Get-Process', {}));
    assert.equal(error.kind, 'badRequest');
  });

  it('says what runs there', async () => {
    const session = await harness.started({ ...far(), script: { ...script, module: 'Microsoft.PowerShell.Utility' } });
    assert.equal(session.hello?.module, 'Microsoft.PowerShell.Utility');
    assert.equal(session.hello.languageMode, 'FullLanguage');
    assert.notEqual(session.hello.ps, '');
  });

  it('does one thing after the other', async () => {
    const session = await harness.started(far());
    const go = harness.path('go');
    const change = session.request('step.change', { Announce: harness.path('runs'), Until: go });
    await fileExists(harness.path('runs'));
    const read = session.request('echo', { Text: 'x' });
    writeFileSync(go, '');
    await Promise.all([change, read]);
  });

  it('stops what is cancelled and takes the next call', async () => {
    const session = await harness.started(far());
    const cancellation = new AbortController();
    const parameters = { Announce: harness.path('runs'), Until: harness.path('never') };
    const change = failure(session.request('step.change', parameters, { signal: cancellation.signal }));
    await fileExists(harness.path('runs'));
    cancellation.abort();
    const error = await change;
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.outcome, 'unknown');
    assert.deepEqual((await session.request('echo', { Text: 'next' })).value, { text: 'next' });
  });

  it('gives up on a call that does not stop, and comes back with another process', async () => {
    const supervised = harness.supervised(far());
    const cancellation = new AbortController();
    const parameters = { Announce: harness.path('runs') };
    const change = failure(supervised.request('stubborn', parameters, { signal: cancellation.signal }));
    await fileExists(harness.path('runs'));
    const pid = supervised.hello?.pid ?? 0;
    cancellation.abort();
    const error = await change;
    assert.equal(error.kind, 'cancelled');
    assert.equal(error.outcome, 'unknown');
    await until(() => !isAlive(pid));
    assert.deepEqual((await supervised.request('echo', { Text: 'next' })).value, { text: 'next' });
  });

  it('repeats a read whose connection broke', async () => {
    const supervised = harness.supervised(far());
    const go = harness.path('go');
    const read = supervised.request('step.read', { Announce: harness.path('runs'), Until: go });
    await fileExists(harness.path('runs'));
    const pid = supervised.hello?.pid ?? 0;
    writeFileSync(harness.path('break'), '');
    await until(() => !isAlive(pid));
    writeFileSync(go, '');
    await read;
    assert.equal(attempts(harness.folder).length, 2);
  });

  it('does not know what became of a change whose connection broke, and does not repeat it', async () => {
    const supervised = harness.supervised(far());
    const parameters = { Announce: harness.path('runs'), Until: harness.path('never') };
    const change = failure(supervised.request('step.change', parameters));
    await fileExists(harness.path('runs'));
    writeFileSync(harness.path('break'), '');
    const error = await change;
    assert.equal(error.kind, 'lost');
    assert.equal(error.outcome, 'unknown');
    assert.equal(supervised.failure?.connection?.cause, 'closed');
    assert.deepEqual((await supervised.request('echo', { Text: 'again' })).value, { text: 'again' });
  });

  it('ends by itself when it is stopped, also while a call runs', async () => {
    const session = await harness.started(far());
    void failure(session.request('step.change', { Announce: harness.path('runs'), Until: harness.path('never') }));
    await fileExists(harness.path('runs'));
    await session.stop();
    assert.deepEqual(await harness.launcher.processes[0]?.exited, { code: 0, signal: null });
  });

  const refusals: readonly [host: string, cause: string][] = [
    ['code-5', 'permissionDenied'],
    ['code-2150859173', 'tooManySessions'],
    ['jea', 'restrictedEndpoint'],
    ['constrained', 'languageMode'],
  ];
  it('says why it was not opened, and leaves nothing behind', async () => {
    for (const [host, cause] of refusals) {
      const session = harness.session(far(host));
      const error = await failure(session.start());
      assert.equal(error.kind, 'bootstrap', host);
      assert.equal(error.connection?.cause, cause, host);
      assert.equal(session.state, 'dead');
    }
    await until(() => harness.launcher.processes.every(({ pid }) => pid === undefined || !isAlive(pid)));
  });

  describe('with a password', () => {
    const right = { user: 'LAB\\admin', password: canary };
    const wrong = { user: 'LAB\\admin', password: 'not the right one' };

    function bound(source: FakeCredentials) {
      const secrets = new Secrets();
      const asker = new SignIn({ source, secrets, user: undefined, mustAsk: false });
      const run: SignIn['run'] = (attempt, signal) => asker.run(attempt, signal);
      return { asker, options: { script, secrets, ...remotely(harness, 'needs-password', { run }) } };
    }

    it('tries whoever is signed in here, asks once, and remembers what worked', async () => {
      const source = new FakeCredentials([right]);
      await harness.started(bound(source).options);
      assert.deepEqual(attempts(harness.folder), ['needs-password ', 'needs-password LAB\\admin']);
      assert.deepEqual(source.kept, right);
      await harness.started(bound(source).options);
      assert.equal(source.asked, 1);
    });

    it('stops after two refusals until somebody wants it, and forgets what was refused', async () => {
      const source = new FakeCredentials([wrong, right], wrong);
      const { asker, options } = bound(source);
      const supervised = harness.supervised(options);
      for (let i = 0; i < 3; i++) {
        const error = await failure(supervised.request('echo', { Text: 'x' }));
        assert.equal(error.connection?.cause, 'permissionDenied');
      }
      assert.equal(attempts(harness.folder).length, 2);
      assert.equal(source.kept, undefined);
      assert.equal(source.asked, 1);
      asker.retry();
      supervised.retry();
      assert.deepEqual((await supervised.request('echo', { Text: 'in' })).value, { text: 'in' });
    });

    it('leaves no trace of it: in no log, no command line, no environment, no history and no file', async () => {
      const source = new FakeCredentials([right]);
      const { options } = bound(source);
      const prelude = { text: memoryProbe, data: { folder: harness.folder } };
      const session = await harness.started({ ...options, script: { ...script, prelude } });
      const pid = String(session.hello?.pid ?? 0);
      const ascii = 'pa$$word';
      const traces = (text: string): boolean => text.includes(canary) || text.includes(ascii);
      assert.ok(harness.log.lines.length > 10);
      assert.ok(!harness.log.lines.some(traces));
      assert.ok(!harness.log.lines.some((line) => line.includes('secret.')));
      // Its beginning as the numbers of the frame.
      const numbers = Array.from({ length: 4 }, (_, i) => canary.charCodeAt(i)).join(',');
      assert.ok(!harness.log.lines.some((line) => line.includes(numbers)));
      if (process.platform === 'linux') {
        for (const file of ['cmdline', 'environ']) assert.ok(!traces(readFileSync(`/proc/${pid}/${file}`, 'latin1')));
      }
      const files = readdirSync(harness.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      assert.ok(files.some(({ name }) => name === 'probe'));
      for (const { parentPath, name } of files) {
        const content = readFileSync(join(parentPath, name));
        for (const text of [content.toString('utf8'), content.toString('utf16le')]) {
          assert.ok(!traces(text), name);
          assert.ok(!text.includes(numbers), name);
        }
      }
    });
  });
});
