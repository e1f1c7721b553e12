// Passwords on their way into guests, and the conversation with a Linux guest over ssh.
import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HyperVError } from '../../../src/domain/errors';
import { linuxClock } from '../../../src/domain/time/linuxClock';
import { parseGuestKey, sealPassword } from '../../../src/hyperv/guestSecret';
import { linuxOverSsh } from '../../../src/hyperv/linuxGuest';
import type { LinuxOutput } from '../../../src/hyperv/linuxGuest';
import { SessionError } from '../../../src/powershell/errors';
import { vmId } from '../../support/vms';
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
  async function ask(body: string, task: 'time' | 'resync' = 'time', host = '10.0.0.7'): Promise<LinuxOutput> {
    const script = path.join(folder, 'ssh');
    writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/args'\n${body}\n`);
    chmodSync(script, 0o755);
    const run = linuxOverSsh(
      folder,
      () => Date.now(),
      () => script,
    );
    return run({ vmId: vmId(1), target: { host, user: 'anna' }, task, signal: new AbortController().signal });
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
    assert.equal(await fails('exit 0'), 'closed');
  });

  it('is never asked at what is no address', async () => {
    for (const host of ['-oProxyCommand=touch x', 'a b', '$(x)', ''])
      await assert.rejects(ask('exit 0', 'time', host), (error) => SessionError.is(error, 'badRequest'));
  });
});
