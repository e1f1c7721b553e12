import assert from 'node:assert/strict';
import { bootstrapBlock } from '../../../src/powershell/bootstrapBlock';
import { needsPerson } from '../../../src/powershell/connectionCause';
import { SessionError, type ConnectionCause, type RemoteErrorFacts } from '../../../src/powershell/errors';
import { Secrets } from '../../../src/powershell/secrets';
import { SignIn, type Credential } from '../../../src/powershell/signIn';
import { explainWinRm, explainWinRmExit } from '../../../src/powershell/winrmFailure';
import { checkWinRmTarget, checkWinRmUser } from '../../../src/powershell/winrmTarget';
import { FakeCredentials } from '../../support/fakeRemote';

function facts(fqid: string, transportCode?: number): RemoteErrorFacts {
  const detail = transportCode === undefined ? {} : { transportCode };
  return { message: 'Ein Text.', fqid, category: 'OpenError', hresult: 0x80131501, target: undefined, detail };
}

describe('why there is no session by WinRM', () => {
  // Ids and numbers as people quote them from New-PSSession.
  const recorded: readonly [fqid: string, code: number | undefined, cause: ConnectionCause][] = [
    ['AccessDenied,PSSessionOpenFailed', 5, 'permissionDenied'],
    ['LogonFailure,PSSessionOpenFailed', 1326, 'permissionDenied'],
    ['1909,PSSessionOpenFailed', 1909, 'permissionDenied'],
    ['-2146893042,PSSessionOpenFailed', -2146893042, 'permissionDenied'],
    ['ExplicitCredentialsRequired,PSSessionOpenFailed', -2144108315, 'credentialMissing'],
    ['ServerNotTrusted,PSSessionOpenFailed', -2144108316, 'notTrusted'],
    ['CannotUseIPAddress,PSSessionOpenFailed', -2144108101, 'notTrusted'],
    ['NetworkPathNotFound,PSSessionOpenFailed', 53, 'timedOut'],
    ['WinRMOperationTimeout,PSSessionOpenFailed', -2144108250, 'timedOut'],
    ['CannotConnect,PSSessionOpenFailed', -2144108526, 'refused'],
    ['URLNotAvailable,PSSessionOpenFailed', -2144108269, 'refused'],
    ['ComputerNotFound,PSSessionOpenFailed', -2144108103, 'hostNotFound'],
    ['-2144108123,PSSessionOpenFailed', -2144108123, 'tooManySessions'],
    ['-2144108060,PSSessionOpenFailed', -2144108060, 'tooManySessions'],
    ['12175,PSSessionOpenFailed', 12175, 'certificate'],
    ['RemoteSessionDisallowed,PSSessionOpenFailed', -2144108116, 'remotingDisabled'],
    ['InvalidResourceUri,PSSessionOpenFailed', -2144108485, 'endpointMissing'],
    ['ServerNotTrusted,PSSessionStateBroken', undefined, 'notTrusted'],
    ['SessionRemote.NoLanguage', undefined, 'restrictedEndpoint'],
    ['SessionRemote.ConstrainedLanguage', undefined, 'languageMode'],
    ['PSSessionOpenFailed', 0, 'closed'],
  ];
  for (const [fqid, code, cause] of recorded) {
    it(`${fqid} means ${cause}`, () => {
      assert.deepEqual(explainWinRm(facts(fqid, code)), { cause });
    });
  }

  it('silence means that it timed out', () => {
    assert.deepEqual(explainWinRm(undefined), { cause: 'timedOut' });
  });

  it('a process that ended over its connection says so by its code', () => {
    assert.deepEqual(explainWinRmExit({ code: 3, signal: null }), { cause: 'closed' });
    assert.equal(explainWinRmExit({ code: 1, signal: null }), undefined);
  });

  it('a full host is tried again by itself, one that refuses is not', () => {
    assert.equal(needsPerson('tooManySessions'), false);
    for (const cause of ['notTrusted', 'certificate', 'credentialMissing', 'restrictedEndpoint'] as const) {
      assert.equal(needsPerson(cause), true);
    }
  });
});

describe('the target of WinRM', () => {
  const refused = { kind: 'badRequest', connection: { cause: 'addressInvalid' } };

  it('is a name, an address, a port and the name of an endpoint', () => {
    const target = { host: 'hv01.corp.example', port: 5986, useSsl: true, configurationName: 'Microsoft.PowerShell' };
    assert.deepEqual(checkWinRmTarget(target), target);
    assert.deepEqual(checkWinRmTarget({ host: '[fe80::1]' }), { host: 'fe80::1' });
    assert.deepEqual(checkWinRmTarget({ host: '10.0.0.7' }), { host: '10.0.0.7' });
  });

  it('is nothing else', () => {
    for (const host of [
      '',
      '-x',
      'a b',
      'http://host',
      'host/wsman',
      'host:5985',
      'a;b',
      '42',
      '[host]',
      'h\u00f6st',
      '::g',
    ]) {
      assert.throws(() => checkWinRmTarget({ host }), refused, host);
    }
    for (const port of [0, 65_536, 1.5]) assert.throws(() => checkWinRmTarget({ host: 'a', port }), refused);
    for (const configurationName of ['', 'http://schemas', 'a b', '-x', "a'b"]) {
      assert.throws(() => checkWinRmTarget({ host: 'a', configurationName }), refused);
    }
  });

  it('takes the names of users that Windows takes', () => {
    for (const user of ['admin', 'LAB\\admin', '.\\admin', 'admin@lab.example', 'J\u00fcrgen M', 'svc_1$'])
      checkWinRmUser(user);
    for (const user of ['', ' admin', 'a\\', '\\a', 'a\\b\\c', 'a:b', 'a\nb', 'a"b']) {
      assert.throws(() => checkWinRmUser(user), refused, user);
    }
  });
});

describe('the sign-in to another computer', () => {
  const good = { user: 'admin', password: 'right one' };
  const bad = { user: 'admin', password: 'wrong one' };
  const never = new AbortController().signal;
  let tried: (string | undefined)[];
  let secrets: Secrets;

  beforeEach(() => {
    tried = [];
    secrets = new Secrets();
  });

  function signIn(source: FakeCredentials | undefined, user?: string, mustAsk = user !== undefined): SignIn {
    return new SignIn({ source, secrets, user, mustAsk });
  }

  /** A host that takes one credential only. */
  function knock(credential: Credential | undefined): Promise<string> {
    tried.push(credential?.password);
    if (credential?.password === good.password) return Promise.resolve('in');
    return Promise.reject(new SessionError('bootstrap', 'no', { connection: { cause: 'permissionDenied' } }));
  }

  const cause = (expected: ConnectionCause) => (error: unknown) =>
    SessionError.is(error) && error.connection?.cause === expected;

  it('uses what is stored, without asking', async () => {
    const source = new FakeCredentials([], good);
    assert.equal(await signIn(source).run(knock, never), 'in');
    assert.deepEqual([tried, source.asked], [[good.password], 0]);
  });

  it('tries no other user than the wanted one, and asks before anything is tried', async () => {
    const source = new FakeCredentials([good], { user: 'somebody else', password: 'x' });
    assert.equal(await signIn(source, 'admin').run(knock, never), 'in');
    assert.deepEqual(tried, [good.password]);
    assert.deepEqual(source.kept, good);
  });

  it('says that a password is needed when nobody gives one', async () => {
    for (const source of [undefined, new FakeCredentials([undefined])]) {
      await assert.rejects(signIn(source, 'admin').run(knock, never), cause('credentialMissing'));
    }
    assert.deepEqual(tried, []);
  });

  it('keeps nothing that was refused', async () => {
    const source = new FakeCredentials([bad]);
    await assert.rejects(signIn(source).run(knock, never), cause('permissionDenied'));
    assert.deepEqual([tried, source.kept], [[undefined, bad.password], undefined]);
  });

  it('tries and asks nothing more after two refusals, until a person wants it', async () => {
    const source = new FakeCredentials([bad, good]);
    const one = signIn(source);
    for (let i = 0; i < 3; i++) await assert.rejects(one.run(knock, never), cause('permissionDenied'));
    assert.deepEqual([tried.length, source.asked], [2, 1]);
    one.retry();
    assert.equal(await one.run(knock, never), 'in');
  });

  it('counts no failure of the network', async () => {
    const one = signIn(new FakeCredentials([good]));
    const down = (): Promise<string> =>
      Promise.reject(new SessionError('bootstrap', 'down', { connection: { cause: 'timedOut' } }));
    for (let i = 0; i < 3; i++) await assert.rejects(one.run(down, never), cause('timedOut'));
    assert.equal(await one.run(knock, never), 'in');
  });

  it('asks nobody again for what was never refused or taken, as the host was not there', async () => {
    const source = new FakeCredentials([good]);
    const one = signIn(source, 'admin');
    const down = (): Promise<string> =>
      Promise.reject(new SessionError('bootstrap', 'down', { connection: { cause: 'timedOut' } }));
    for (let i = 0; i < 3; i++) await assert.rejects(one.run(down, never), cause('timedOut'));
    assert.equal(source.kept, undefined);
    assert.equal(await one.run(knock, never), 'in');
    assert.deepEqual([source.asked, source.kept], [1, good]);
  });

  it('names who was refused when it asks again, whether that was stored or given', async () => {
    const source = new FakeCredentials([good], bad);
    assert.equal(await signIn(source).run(knock, never), 'in');
    const another = new FakeCredentials([{ ...bad, user: 'anna' }]);
    await assert.rejects(signIn(another, undefined, true).run(knock, never), cause('permissionDenied'));
    const twice = new FakeCredentials([good]);
    await signIn(twice).run(knock, never);
    assert.deepEqual([source.refused, another.refused, twice.refused], [['admin'], [undefined, 'anna'], [undefined]]);
  });

  it('forgets what was never tried to its end together with what is stored', async () => {
    const source = new FakeCredentials([bad, good]);
    const one = signIn(source, 'admin');
    const down = (): Promise<string> =>
      Promise.reject(new SessionError('bootstrap', 'down', { connection: { cause: 'timedOut' } }));
    await assert.rejects(one.run(down, never), cause('timedOut'));
    await source.forget();
    assert.equal(await one.run(knock, never), 'in');
    assert.deepEqual([source.asked, tried], [2, [good.password]]);
  });

  it('is not undone by a store that keeps nothing', async () => {
    const source = new FakeCredentials([good]);
    source.remember = () => Promise.reject(new Error('no keyring'));
    assert.equal(await signIn(source, 'admin').run(knock, never), 'in');
  });

  it('asks nobody after the session was stopped', async () => {
    const source = new FakeCredentials([good]);
    await assert.rejects(signIn(source).run(knock, AbortSignal.abort()), cause('permissionDenied'));
    assert.equal(source.asked, 0);
  });

  it('has every password masked from the moment it is known', async () => {
    await signIn(new FakeCredentials([good], bad)).run(knock, never);
    assert.equal(secrets.redact(`${good.password} ${bad.password}`), '*** ***');
  });
});

describe('the block of a local session', () => {
  it('carries nothing of a remote one', () => {
    const facts = { nonce: '0123456789abcdef', methods: {}, deadManMs: 90_000, parentPid: undefined };
    const block = bootstrapBlock(facts, { functions: 'function F { }' });
    for (const word of ['PSSession', 'Invoke-SessionFarCall', 'SecureString']) assert.ok(!block.includes(word), word);
    const remote = bootstrapBlock(facts, { functions: 'function F { }', transport: '$null' });
    assert.ok(remote.includes('SecureString'));
  });
});
