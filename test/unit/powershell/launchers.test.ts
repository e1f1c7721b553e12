// The exact command line and environment of a session, and the text of its one block.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapBlock } from '../../../src/powershell/bootstrapBlock';
import type { MethodSpec, MethodTable } from '../../../src/powershell/methods';
import { SessionError } from '../../../src/powershell/errors';
import type { ShellProcess } from '../../../src/powershell/launcher';
import { localLaunchSpec, shellEnvironment } from '../../../src/powershell/launchSpec';
import { isAlive, launchers, until } from '../../support/sessionHarness';
import { skipUnless } from '../../support/skip';

const stdioTail = ['-NoExit', '-Command', '-'];
const noShebang = 'Windows does not run a script by its first line';

/** undefined until the file holds one. */
function valueIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

for (const { name, create } of launchers) {
  describe(`${name} launcher`, () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'launcher-test-'));
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    /** Starts a program of this JavaScript, which writes a file of that name. */
    function launch(result: string, body: string, args: readonly string[] = []): ShellProcess {
      const program = join(folder, 'program');
      const text = `const write = (value) => require('fs').writeFileSync(${JSON.stringify(result)}, JSON.stringify(value));`;
      writeFileSync(program, `#!${process.execPath}\n${text}\n${body}\n`, { mode: 0o755 });
      const shell = create().launch({ executable: program, args, cwd: folder, env: shellEnvironment(process.env) });
      shell.stdout.resume();
      shell.stderr.resume();
      return shell;
    }

    /** What a program sees as its arguments. */
    async function received(args: readonly string[]): Promise<unknown> {
      const result = join(folder, 'argv.json');
      const shell = launch(result, 'write(process.argv.slice(2))', args);
      assert.deepEqual(await shell.exited, { code: 0, signal: null });
      return JSON.parse(readFileSync(result, 'utf8'));
    }

    it('passes the arguments of a local session in order', async function () {
      skipUnless(this, process.platform !== 'win32', noShebang);
      const { args } = localLaunchSpec({ executable: '/x', cwd: '/', platform: 'win32', env: {} });
      const expected = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'];
      assert.deepEqual(args, expected);
      assert.deepEqual(await received(args), [...expected, ...stdioTail]);
    });

    it('passes the arguments of a remote session in order, and none before the host', async function () {
      skipUnless(this, process.platform !== 'win32', noShebang);
      const args = ['-T', '-oBatchMode=yes', '--', 'hv01.example', 'powershell.exe', '-NoLogo', '-NoProfile'];
      const seen = (await received(args)) as string[];
      // PowerShell does not mind the case of its options, and node-powershell would move this one to the front.
      assert.deepEqual(
        seen.map((name) => (name === '-nologo' ? '-NoLogo' : name)),
        [...args, ...stdioTail],
      );
    });

    it('keeps Ctrl+C of the terminal from its process, and ends what that process started with it', async function () {
      skipUnless(this, process.platform !== 'win32', noShebang);
      const result = join(folder, 'child.json');
      const child = "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
      const shell = launch(result, `write(${child}.pid); setInterval(() => {}, 1000);`);
      const pid = shell.pid ?? 0;
      // Signal 0 asks whether there is a group with that id: the process leads one of its own.
      assert.equal(process.kill(-pid, 0), true);
      let childPid: unknown;
      await until(() => {
        childPid = valueIn(result);
        return childPid !== undefined;
      });
      shell.killTree();
      assert.equal((await shell.exited).signal, 'SIGKILL');
      await until(() => !isAlive(Number(childPid)));
    });

    it('knows the lines that only its own question makes PowerShell print', async function () {
      skipUnless(this, process.platform !== 'win32', noShebang);
      const result = join(folder, 'asked.json');
      const body = "let asked = ''; process.stdin.on('data', (chunk) => write((asked += chunk)));";
      const shell = launch(result, body);
      const asked = (): string => JSON.stringify(valueIn(result) ?? '');
      // It never gets an answer.
      shell.probe().catch(() => undefined);
      await until(() => asked().includes('refused'));
      const [, delimiter] = /Out\.Write\(\\"(\w+)`n/.exec(asked()) ?? [];
      if (delimiter !== undefined) assert.equal(shell.isEcho?.(delimiter), true);
      assert.notEqual(shell.isEcho?.('a line of somebody else'), true);
      assert.equal(delimiter === undefined, name !== 'node-powershell');
      shell.killTree();
      await shell.exited;
    });

    it('takes absolute paths only, whatever NODE_POWERSHELL says', () => {
      process.env['NODE_POWERSHELL'] = process.execPath;
      try {
        const spec = { executable: 'pwsh', args: [], cwd: folder, env: {} };
        assert.throws(
          () => create().launch(spec),
          (error) => SessionError.is(error, 'spawn'),
        );
      } finally {
        delete process.env['NODE_POWERSHELL'];
      }
    });
  });
}

describe('launch of a local session', () => {
  it('has no execution policy where there is none', () => {
    const { args } = localLaunchSpec({ executable: '/x', cwd: '/', platform: 'linux', env: {} });
    assert.deepEqual(args, ['-NoLogo', '-NoProfile', '-NonInteractive']);
  });

  it('keeps the environment but for what changes how Node starts, and wants no escape sequences', () => {
    const env = { PATH: '/bin', TERM: 'xterm', NODE_OPTIONS: '--inspect', ELECTRON_RUN_AS_NODE: '1' };
    assert.deepEqual(shellEnvironment(env), {
      PATH: '/bin',
      NO_COLOR: '1',
      TERM: 'dumb',
      POWERSHELL_TELEMETRY_OPTOUT: '1',
    });
    assert.equal(env.NODE_OPTIONS, '--inspect');
  });

  it('keeps the module path of PowerShell 7 from Windows PowerShell, whatever its letter case', () => {
    const env = { PATH: '/bin', PSModulePath: 'C:\\Program Files\\PowerShell\\7\\Modules' };
    const launch = (executable: string): NodeJS.ProcessEnv =>
      localLaunchSpec({ executable, cwd: '/', platform: 'win32', env }).env;
    const windows = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\';
    for (const name of ['powershell.exe', 'PowerShell.EXE'])
      assert.ok(!('PSModulePath' in launch(windows + name)), name);
    assert.equal(launch('C:\\Program Files\\PowerShell\\7\\pwsh.exe')['PSModulePath'], env.PSModulePath);
  });
});

describe('bootstrap block', () => {
  const start: MethodSpec = {
    function: 'Start-It',
    class: 'change',
    timeoutMs: 1_000,
    parameters: { id: { type: 'string' } },
  };
  const methods: MethodTable = { 'vm.start': start };
  const facts = { nonce: '0123456789abcdef', methods, deadManMs: 90_000, parentPid: 4711 };

  it('is one block that an empty line ends', () => {
    const block = bootstrapBlock(facts, { functions: 'function Get-It { 1 }', module: 'Hyper-V' });
    assert.ok(block.startsWith('& {\n'));
    assert.ok(block.endsWith('\n}\n\n'));
    assert.equal(block.indexOf('\n\n'), block.length - 2);
    assert.match(block, /^[\n\x20-\x7e]*$/);
    assert.ok(
      block.includes(
        "'vm.start' = @{ name = 'vm.start'; function = 'Start-It'; class = 'change'; parameters = @('id') }",
      ),
    );
    assert.doesNotMatch(block, /Add-Type|Invoke-Expression|\[scriptblock\]::Create|FromBase64String/i);
  });

  it('refuses text that would end it early or not survive a code page', () => {
    for (const functions of ['a\n\nb', 'a\n \nb', 'z\u00fcrich']) {
      assert.throws(() => bootstrapBlock(facts, { functions }));
    }
    assert.throws(() => bootstrapBlock({ ...facts, nonce: "'; x; '" }, { functions: 'a' }));
    assert.throws(() => bootstrapBlock(facts, { functions: 'a', module: "x'" }));
    for (const name of ["x'", 'x y', '', '1', '$x', 'x;'])
      assert.throws(
        () => bootstrapBlock({ ...facts, methods: { [name]: { ...start, parameters: {} } } }, { functions: 'a' }),
        name,
      );
  });
});
