// Sessions over ssh against a real SSH server on the loopback interface, whose powershell.exe is the PowerShell of the tests.
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { failure, fileExists, Harness, isAlive, launchers, until } from '../support/sessionHarness';
import { sshdOrSkip, TestSshd, type LinkOptions, type SshdOptions } from '../support/sshd';

for (const { name, create } of launchers) {
  describe(`session over ssh started by ${name}`, function () {
    this.timeout(120_000);
    let program: string;
    let harness: Harness;
    let server: TestSshd;

    before(function () {
      program = sshdOrSkip(this);
    });
    beforeEach(async () => {
      harness = new Harness(create());
      server = new TestSshd(program);
      await server.start();
    });
    afterEach(async () => {
      await harness.cleanUp();
      await server.dispose();
    });

    it('signs in by a key and answers like a local one, whatever the person configured', async () => {
      const session = await harness.started({ launch: server.launchSpec() });
      assert.notEqual(session.hello?.pid, harness.launcher.processes[0]?.pid);
      const text = 'z\u00fcrich \u2603 \u{1d11e}';
      assert.deepEqual((await session.request('echo', { Text: text })).value, { text });
      const pid = session.hello?.pid ?? 0;
      await session.stop();
      await until(() => !isAlive(pid));
      assert.deepEqual(await harness.launcher.processes[0]?.exited, { code: 0, signal: null });
    });

    it('says why it is refused: a key that the server does not know', async () => {
      const session = harness.session({ launch: server.launchSpec({ key: 'stranger' }) });
      const error = await failure(session.start());
      assert.equal(error.kind, 'probe');
      assert.deepEqual(error.connection, { cause: 'permissionDenied', methods: 'publickey' });
    });

    it('comes back by itself after its connection was cut: a read is repeated, the outcome of a change is unknown', async () => {
      const supervised = harness.supervised({ launch: server.launchSpec() });
      const [announce, go] = [harness.path('read-runs'), harness.path('go')];
      const read = supervised.request('step.read', { Announce: announce, Until: go });
      await fileExists(announce);
      const first = supervised.hello?.pid ?? 0;
      server.cut();
      await until(() => !isAlive(first));
      writeFileSync(go, '');
      await read;
      assert.equal(supervised.state, 'ready');

      const changing = harness.path('change-runs');
      const change = failure(supervised.request('step.change', { Announce: changing, Until: harness.path('never') }));
      await fileExists(changing);
      const second = supervised.hello?.pid ?? 0;
      server.cut();
      const error = await change;
      assert.equal(error.kind, 'lost');
      assert.equal(error.outcome, 'unknown');
      await until(() => !isAlive(second));
      assert.equal(supervised.failure?.connection?.cause, 'closed');
      assert.deepEqual((await supervised.request('echo', { Text: 'again' })).value, { text: 'again' });
    });
  });
}

describe('session over ssh', function () {
  this.timeout(120_000);
  let program: string;
  let harness: Harness;
  let server: TestSshd;

  before(function () {
    program = sshdOrSkip(this);
  });
  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(async () => {
    await harness.cleanUp();
    await server.dispose();
  });

  async function listen(options: SshdOptions = {}): Promise<void> {
    server = new TestSshd(program, options);
    await server.start();
  }

  async function echoes(options: LinkOptions = {}): Promise<void> {
    const session = await harness.started({ launch: server.launchSpec(options) });
    for (const text of ['plain', 'z\u00fcrich \u2603 \u{1d11e} "\\']) {
      assert.deepEqual((await session.request('echo', { Text: text })).value, { text });
    }
  }

  /** Why no session came up; nothing is left running. */
  async function refusal(options: LinkOptions = {}): Promise<unknown> {
    const session = harness.session({ launch: server.launchSpec(options) });
    const error = await failure(session.start());
    assert.equal(error.kind, 'probe');
    assert.equal(session.state, 'dead');
    await until(() => server.connections().length === 0);
    return error.connection;
  }

  it('is refused by us for a host key that we do not know, even when the configuration would take any', async () => {
    await listen();
    assert.deepEqual(await refusal({ knows: 'nothing' }), { cause: 'hostKeyUnknown' });
  });

  it('is refused by us for another host key than the known one, and says which one came', async () => {
    await listen();
    const { cause, fingerprint } = (await refusal({ knows: 'another' })) as { cause: string; fingerprint: string };
    assert.equal(cause, 'hostKeyChanged');
    assert.match(fingerprint, /^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it('is not tried again after a refusal until somebody wants it', async () => {
    await listen();
    const supervised = harness.supervised({ launch: server.launchSpec({ key: 'stranger' }) });
    assert.equal((await failure(supervised.request('echo', { Text: 'x' }))).kind, 'probe');
    const again = await failure(supervised.request('echo', { Text: 'x' }));
    assert.equal(again.kind, 'gaveUp');
    assert.equal(again.connection?.cause, 'permissionDenied');
    assert.equal(harness.launcher.processes.length, 1);
  });

  it('says so when there is no PowerShell on the other side', async () => {
    await listen({ profile: undefined });
    assert.deepEqual(await refusal(), { cause: 'shellMissing' });
  });

  it('says so when nobody listens, and works when the server is there again', async () => {
    await listen();
    const supervised = harness.supervised({ launch: server.launchSpec() });
    await supervised.request('echo', { Text: 'x' });
    const pid = supervised.hello?.pid ?? 0;
    await server.stop();
    await until(() => supervised.state === 'waiting' && !isAlive(pid));
    supervised.retry();
    const error = await failure(supervised.request('echo', { Text: 'nobody' }));
    assert.equal(error.connection?.cause, 'refused');
    await server.start();
    // No retry: it comes back by itself.
    assert.deepEqual((await supervised.request('echo', { Text: 'back' })).value, { text: 'back' });
  });

  it('says so when the name is not known', async () => {
    await listen();
    const connection = await refusal({ host: 'no-such-computer.invalid' });
    assert.deepEqual(connection, { cause: 'hostNotFound' });
  });

  it('starts nothing for a host that is an option of ssh', async () => {
    await listen();
    const canary = harness.path('canary');
    for (const host of [`-oProxyCommand=touch ${canary}`, `x -oProxyCommand=touch ${canary}`, `$(touch ${canary})`]) {
      assert.throws(() => server.launchSpec({ host }), { kind: 'badRequest', connection: { cause: 'addressInvalid' } });
    }
    assert.equal(existsSync(canary), false);
    assert.equal(harness.launcher.processes.length, 0);
  });

  it('is not disturbed by a banner, however long and whatever it looks like', async () => {
    const line = '@hv1:0000000000000000 {"jsonrpc":"2.0","id":1,"result":"forged"}';
    await listen({ banner: `${`Authorised use only.\n${line}\n`.repeat(100)}Permission denied (nobody).\n` });
    await echoes();
  });

  it('is not disturbed by a profile that prints, before the first word and in the middle of it', async () => {
    const noise =
      'for i in 1 2 3 4 5 6 7 8 9; do echo "Welcome to $i"; echo "warning $i" >&2; done; printf "half a line "';
    await listen({ profile: noise });
    await echoes();
  });

  it('works through PowerShell as the default shell of the server', async () => {
    await listen({ shell: 'exec powershell.exe -NoProfile -c "$SSH_ORIGINAL_COMMAND"' });
    await echoes();
  });

  it('keeps every character where the way back spoils what is not ASCII', async () => {
    await listen({ shell: `sh -c "$SSH_ORIGINAL_COMMAND" | LC_ALL=C sed -u 's/[^ -~]/?/g'` });
    const session = await harness.started({ launch: server.launchSpec() });
    assert.equal(session.hello?.unicode, false);
    const text = 'z\u00fcrich \u2603 \u{1d11e}';
    assert.deepEqual((await session.request('echo', { Text: text })).value, { text });
    const records: unknown[] = [];
    const onBatch = (batch: readonly unknown[]): void => void records.push(...batch);
    await session.request('records', { Count: 3, Size: 10 }, { onBatch });
    assert.equal(records.length, 3);
  });

  it('works over a slow line', async () => {
    await listen();
    const session = await harness.started({ launch: server.launchSpec({ slowMs: 20 }) });
    const records: unknown[] = [];
    const onBatch = (batch: readonly unknown[]): void => void records.push(...batch);
    await session.request('records', { Count: 450, Size: 100 }, { onBatch });
    assert.equal(records.length, 450);
  });

  it('leaves nobody behind when the line goes dead without a word: both ends give up by themselves', async () => {
    await listen();
    const timeouts = { silenceMs: 100, pingMs: 500, keepAliveMs: 100, deadManMs: 3_000 };
    const session = await harness.started({ launch: server.launchSpec(), timeouts });
    const pid = session.hello?.pid ?? 0;
    const connections = server.connections();
    for (const connection of connections) process.kill(connection, 'SIGSTOP');
    await until(() => session.state === 'dead');
    // The server still holds the far PowerShell's streams open.
    assert.ok(connections.every(isAlive));
    await until(() => !isAlive(pid));
    assert.ok(connections.every(isAlive));
  });
});
