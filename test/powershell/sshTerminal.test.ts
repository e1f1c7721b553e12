// The terminal of ssh as it is started, with programs that end as ssh does: in the shell of Linux and macOS, and by PowerShell.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stayingSsh } from '../../src/hyperv/sshTerminal';
import { enginePath } from '../support/sessionHarness';
import { skipUnless } from '../support/skip';

const hint = 'ssh failed; press Enter (it isn\'t "$HOME" `id`)';
const args = ['-l', 'a$(id)b', '--', 'fe80::1', '; echo injected', "it's"];

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

for (const platform of ['linux', 'win32'] as const) {
  describe(`ssh in a terminal of ${platform}`, function () {
    this.timeout(60_000);
    let folder = '';

    before(function () {
      skipUnless(this, process.platform !== 'win32', 'its programs are scripts of a POSIX shell');
      folder = mkdtempSync(join(tmpdir(), 'ssh terminal-'));
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    /** Starts it, with a program that says its arguments, one a line, and ends with this number. */
    async function run(code: number): Promise<Ended> {
      const executable = join(folder, `ssh ${code}`);
      writeFileSync(executable, `#!/bin/sh\nprintf '<%s>\\n' "$@"\nexit ${code}\n`);
      chmodSync(executable, 0o700);
      const program = stayingSsh({ executable, args }, hint, platform, enginePath);
      const child = spawn(program.executable, program.args, { env: { ...process.env, ...program.env } });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        // Nobody pressed anything before it was there to be read.
        if (said.includes(hint)) child.stdin.end('\n');
      });
      const [end] = (await once(child, 'close')) as [number | null];
      return { code: end, said };
    }

    it('stays when ssh fails, with what it said, until somebody presses Enter', async () => {
      const { code, said } = await run(255);
      assert.ok(said.includes(hint), said);
      assert.equal(code, 0);
    });

    it('hands every argument on as it is', async () => {
      const { said } = await run(255);
      const [lines = ''] = said.split(`\n\n${hint}`);
      assert.deepEqual(
        lines.trim().split('\n'),
        args.map((one) => `<${one}>`),
      );
    });

    for (const code of [0, 1, 130])
      it(`ends with it when the shell over there ends with ${code}`, async () => {
        const ended = await run(code);
        assert.equal(ended.code, code);
        assert.ok(!ended.said.includes(hint));
      });
  });
}
