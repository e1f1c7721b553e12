// WinRM itself, where there is one: to this computer, as a user whom .github/workflows/windows.yml makes for the run.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import remote from '../../src/powershell/host/remote.ps1';
import { Secrets } from '../../src/powershell/secrets';
import type { SessionOptions } from '../../src/powershell/session';
import { winrmSessionOptions, winrmSignIn } from '../../src/hyperv/winrmHost';
import { FakeCredentials } from '../support/fakeRemote';
import functions from '../support/sessionFunctions.ps1';
import { enginePath, failure, fileExists, Harness } from '../support/sessionHarness';
import { skipUnless } from '../support/skip';

describe('WinRM to this computer', function () {
  this.timeout(180_000);
  const user = process.env['HYPERV_LAB_TEST_WINRM_USER'] ?? '';
  const password = process.env['HYPERV_LAB_TEST_WINRM_PASSWORD'] ?? '';
  let harness: Harness;

  before(function () {
    skipUnless(this, process.platform === 'win32' && user !== '', 'HYPERV_LAB_TEST_WINRM_USER names nobody to sign in');
  });
  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  function to(host: string, given: string): Partial<SessionOptions> {
    const secrets = new Secrets();
    const definition = { kind: 'winrm', id: 'winrm:here', name: 'here', target: { host }, user } as const;
    const signIn = winrmSignIn(definition, new FakeCredentials([], { user, password: given }), secrets);
    const way = winrmSessionOptions(definition, signIn, { executable: enginePath, cwd: tmpdir() });
    return { ...way, secrets, script: { functions, transport: remote } };
  }

  it('answers as a local session does: texts, batches, errors', async () => {
    const local = await harness.started();
    const session = await harness.started(to('localhost', password));
    for (const text of [
      '',
      '2026-01-01T00:00:00Z',
      '_x000A_\n\0\u2028',
      'z\u00fcrich \u{1d11e}',
      'x'.repeat(500_000),
    ]) {
      assert.deepEqual((await session.request('echo', { Text: text })).value, { text });
    }
    const records: unknown[] = [];
    const onBatch = (batch: readonly unknown[]): void => void records.push(...batch);
    await session.request('records', { Count: 450, Size: 100 }, { onBatch });
    assert.equal(records.length, 450);
    // The endpoint of the name that nobody gave is always Windows PowerShell's.
    const same = session.hello?.edition === local.hello?.edition;
    for (const method of same ? ['detail', 'missing', 'undefinedFunction'] : []) {
      const [there, here] = [await failure(session.request(method, {})), await failure(local.request(method, {}))];
      assert.deepEqual([there.message, there.remote], [here.message, here.remote]);
    }
    await session.stop();
    assert.deepEqual(await harness.launcher.processes[1]?.exited, { code: 0, signal: null });
  });

  it('stops what is cancelled and takes the next call', async () => {
    const session = await harness.started(to('localhost', password));
    const cancellation = new AbortController();
    const parameters = { Announce: harness.path('runs'), Until: harness.path('never') };
    const change = failure(session.request('step.change', parameters, { signal: cancellation.signal }));
    await fileExists(harness.path('runs'));
    cancellation.abort();
    assert.equal((await change).kind, 'cancelled');
    assert.deepEqual((await session.request('echo', { Text: 'next' })).value, { text: 'next' });
  });

  it('is refused with a wrong password', async () => {
    const error = await failure(harness.session(to('localhost', 'wrong one')).start());
    assert.equal(error.connection?.cause, 'permissionDenied', JSON.stringify(error.remote));
  });

  it('finds no computer of a name that does not exist', async () => {
    const error = await failure(harness.session(to('no-such-computer.invalid', password)).start());
    assert.match(error.connection?.cause ?? '', /^(hostNotFound|notTrusted)$/, JSON.stringify(error.remote));
  });
});
