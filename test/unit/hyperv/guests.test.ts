// Passwords on their way into guests, and the conversation with a Linux guest over ssh.
import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HyperVError } from '../../../src/domain/errors';
import type { LinuxClock } from '../../../src/domain/time/facts';
import { linuxClock } from '../../../src/domain/time/linuxClock';
import { readTimeCommands } from '../../../src/domain/time/linuxCommands';
import { parseGuestKey, sealPassword } from '../../../src/hyperv/guestSecret';
import { linuxOverSsh } from '../../../src/hyperv/linuxGuest';
import type { LinuxOutput } from '../../../src/hyperv/linuxGuest';
import { SessionError } from '../../../src/powershell/errors';
import { vmId } from '../../support/vms';
import { isAlive, until } from '../../support/sessionHarness';
import { skipUnless } from '../../support/skip';

describe('A password for a guest', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const base64 = (text: string): string => Buffer.from(text, 'base64url').toString('base64');
  const key = { keyId: 'x', modulus: base64(n), exponent: base64(e) };

  for (const password of ['', 'short', 'p\u00e4ssw\u00f6rd \u{1d11e}', 'x'.repeat(1_000)]) {
    it(`of ${password.length} characters arrives as it was, and is nowhere in what is sent`, () => {
      const blocks = sealPassword(key, password);
      const opened = blocks.map((block) =>
        privateDecrypt(
          { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
          Buffer.from(block, 'base64'),
        ),
      );
      assert.equal(Buffer.concat(opened).toString('utf16le'), password);
      if (password !== '') {
        assert.ok(!blocks.join().includes(Buffer.from(password, 'utf16le').toString('base64').slice(0, 8)));
        assert.notDeepEqual(sealPassword(key, password), blocks);
      }
    });
  }

  it('is not sealed with something that is no key', () => {
    for (const answer of [null, undefined, {}, { keyId: 'x', modulus: 1, exponent: 'y' }])
      assert.throws(
        () => parseGuestKey(answer),
        (error) => HyperVError.is(error, 'protocol'),
      );
  });
});

describe('A Linux guest over ssh', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ssh-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** @param body of a script in the place of ssh; its arguments are written to `args` */
  async function ask(
    body: string,
    task: 'time' | 'resync' = 'time',
    host = '10.0.0.7',
    { timeoutMs, signal = new AbortController().signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<LinuxOutput> {
    const script = path.join(folder, 'ssh');
    writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/args'\n${body}\n`);
    chmodSync(script, 0o755);
    const run = linuxOverSsh(
      folder,
      () => Date.now(),
      () => script,
      timeoutMs,
    );
    return run({ vmId: vmId(1), target: { host, user: 'anna' }, task, signal });
  }

  /** The process of the script is gone. */
  async function ended(): Promise<void> {
    const pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    await until(() => !isAlive(pid));
  }

  before(function () {
    skipUnless(this, process.platform !== 'win32', 'a script for sh cannot stand in for ssh on Windows');
  });

  it('is asked for its time and then for everything else, through nothing but sh', async () => {
    // A shell of this computer, which has what every Linux has.
    const { samples, lines } = await ask('echo "Welcome to anywhere"; exec sh');
    assert.equal(samples.length, 4);
    for (const { guestMs, sentMs, receivedMs } of samples)
      assert.ok(guestMs >= sentMs - 1 && guestMs <= receivedMs + 1);
    const clock = linuxClock(lines);
    assert.notEqual(clock.kernel, null);
    assert.notEqual(clock.daemons, null);
    const args = readFileSync(path.join(folder, 'args'), 'utf8').trim().split('\n');
    assert.deepEqual(args.slice(-4), ['-lanna', '--', '10.0.0.7', 'sh']);
    assert.ok(args.includes('-oBatchMode=yes') && args.includes('-oStrictHostKeyChecking=yes'));
  });

  it('says what setting the clock came to', async () => {
    const { lines, samples } = await ask(
      'read ready; echo "@@ ready"; read command; echo "sudo: a password is required"; echo "@@ exit 1"',
      'resync',
    );
    assert.deepEqual([lines, samples], [['sudo: a password is required', '@@ exit 1'], []]);
  });

  it('that does not let us in is told by its cause', async () => {
    const fails = async (body: string): Promise<unknown> => {
      const error: unknown = await ask(body).catch((cause: unknown) => cause);
      return SessionError.is(error) ? error.connection?.cause : error;
    };
    assert.equal(await fails('echo "anna@10.0.0.7: Permission denied (publickey)." >&2; exit 255'), 'permissionDenied');
    assert.equal(await fails('echo "Host key verification failed." >&2; exit 255'), 'hostKeyUnknown');
    const changed = 'echo "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @" >&2; exit 255';
    assert.equal(await fails(changed), 'hostKeyChanged');
    assert.equal(await fails('echo "sh: not found" >&2; exit 127'), 'shellMissing');
    assert.equal(await fails('exit 0'), 'closed');
  });

  it('that says nothing is given up in time, and ended', async () => {
    const error: unknown = await ask(`echo $$ > '${folder}/pid'; exec sleep 600`, 'time', '10.0.0.7', {
      timeoutMs: 300,
    }).catch((cause: unknown) => cause);
    assert.ok(SessionError.is(error));
    assert.equal(error.connection?.cause, 'timedOut');
    await ended();
  });

  it('that says nothing is left when the person wants that', async () => {
    const stop = new AbortController();
    const asking = ask(`echo $$ > '${folder}/pid'; exec sleep 600`, 'time', '10.0.0.7', { signal: stop.signal });
    await until(() => existsSync(path.join(folder, 'pid')));
    stop.abort();
    await assert.rejects(asking, (error) => SessionError.is(error, 'cancelled'));
    await ended();
  });

  it('that talks without end is not listened to for ever, and what it says in between is no time', async () => {
    const { lines, samples } = await ask(
      `read a; echo "@@ ready"; read a; echo noise; read a; echo 5.000000000; read a; echo; read a; head -c 100000 /dev/zero | tr '\\0' x; echo; read a; yes | head -50000; echo "@@ end"`,
    );
    assert.equal(lines.length, 2_000);
    assert.deepEqual(
      samples.map(({ guestMs }) => guestMs),
      [5_000],
    );
  });

  it('that shows nothing of what runs in it is not taken for one without a daemon', () => {
    // As FreeBSD and hidepid do it.
    const script = readTimeCommands.join('\n').replaceAll('/proc/', `${folder}/proc/`);
    const run = (): LinuxClock => linuxClock(execFileSync('sh', { input: script, encoding: 'utf8' }).split('\n'));
    assert.equal(run().daemons, null);
    mkdirSync(path.join(folder, 'proc', '1'), { recursive: true });
    writeFileSync(path.join(folder, 'proc', '1', 'comm'), 'init\n');
    assert.deepEqual(run().daemons, []);
    mkdirSync(path.join(folder, 'proc', '77'));
    writeFileSync(path.join(folder, 'proc', '77', 'comm'), 'chronyd\n');
    assert.deepEqual(run().daemons, ['chronyd']);
  });

  it('is never asked at what is no address', async () => {
    for (const host of ['-oProxyCommand=touch x', 'a b', '$(x)', ''])
      await assert.rejects(ask('exit 0', 'time', host), (error) => SessionError.is(error, 'badRequest'));
  });
});
