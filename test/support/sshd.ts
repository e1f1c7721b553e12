// An SSH server of the test's own on the loopback interface, and the client's side of it. Everything lies in one folder;
// every process is ended by its id.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { locateSsh } from '../../src/powershell/locateSsh';
import { sshLaunchSpec } from '../../src/powershell/sshLaunchSpec';
import type { LaunchSpec } from '../../src/powershell/launcher';
import type { SshTarget } from '../../src/powershell/sshTarget';
import { findSshd } from '../../tools/lib/sshd.mjs';
import { enginePath, isAlive, until } from './sessionHarness';
import { skipUnless } from './skip';

export interface SshdOptions {
  /** Shown before the sign-in. */
  readonly banner?: string;
  /** Run in place of the user's shell; the command that was asked for is in $SSH_ORIGINAL_COMMAND. */
  readonly shell?: string;
  /** What powershell.exe does on the far side before it becomes the engine; undefined: there is none. */
  readonly profile?: string | undefined;
}

export interface LinkOptions {
  /** Which key signs in; `stranger` is one that the server does not know. */
  readonly key?: 'client' | 'stranger';
  /** Which host key the client expects. */
  readonly knows?: 'host' | 'nothing' | 'another';
  readonly host?: string;
  /** Delay of every chunk. */
  readonly slowMs?: number;
}

export interface SshWay {
  readonly target: Required<SshTarget>;
  /** Absolute. */
  readonly configFile: string;
}

/** Skips the running test or suite when there is no SSH server. @returns its path */
export function sshdOrSkip(context: Mocha.Context): string {
  const found = findSshd();
  skipUnless(context, 'sshd' in found, 'sshd' in found ? '' : found.reason);
  return 'sshd' in found ? found.sshd : '';
}

export class TestSshd {
  readonly folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  readonly #user = userInfo().username;
  #server: ChildProcess | undefined;
  #port = 0;

  constructor(
    private readonly program: string,
    private readonly options: SshdOptions = {},
  ) {
    for (const name of ['host', 'another', 'client', 'stranger'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', this.#path(name)]);
    writeFileSync(this.#path('authorized_keys'), readFileSync(this.#path('client.pub')));
    this.#installShell();
  }

  /** Listens on the same port again after `stop`. */
  async start(): Promise<void> {
    this.#port ||= await freePort();
    writeFileSync(this.#path('sshd_config'), this.#config());
    const server = spawn(this.program, ['-D', '-e', '-f', this.#path('sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#server = server;
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes('Server listening') || server.exitCode !== null);
    if (server.exitCode !== null) throw new Error(`sshd did not start: ${said}`);
  }

  /** Ends the server and every connection. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const exited = server.exitCode === null ? once(server, 'exit') : undefined;
    const connections = this.connections(server);
    // The server first, so that nobody gets in again meanwhile.
    server.kill('SIGKILL');
    for (const pid of connections) end(pid);
    await exited;
    await until(() => !connections.some(isAlive));
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends every connection without a word; the server goes on. */
  cut(): void {
    for (const pid of this.connections()) end(pid);
  }

  /** Processes of the server, each of which serves one connection. */
  connections(server = this.#server): number[] {
    return server?.pid === undefined ? [] : childrenOf(server.pid);
  }

  /** How a session gets there. */
  launchSpec(options: LinkOptions = {}): LaunchSpec {
    return sshLaunchSpec({ executable: locateSsh(), ...this.way(options), cwd: this.folder });
  }

  /** The address, and an ssh configuration with which its sign-in works. */
  way({ key = 'client', knows = 'host', host = '127.0.0.1', slowMs = 0 }: LinkOptions = {}): SshWay {
    const known = this.#path(`known-${knows}`);
    const line =
      knows === 'nothing' ? '' : `[${host}]:${this.#port} ${readFileSync(this.#path(`${knows}.pub`), 'utf8')}`;
    writeFileSync(known, line);
    const config = this.#path(`client-${key}-${knows}-${slowMs}`);
    const proxy = `"${process.execPath}" "${resolve('test/support/sshdSlowLink.mjs')}" %h %p ${slowMs}`;
    const lines = [
      'Host *',
      `IdentityFile "${this.#path(key)}"`,
      'IdentitiesOnly yes',
      'IdentityAgent none',
      `UserKnownHostsFile "${known}"`,
      'GlobalKnownHostsFile /dev/null',
      // Ours must win over these.
      'StrictHostKeyChecking no',
      'LogLevel QUIET',
      'RemoteCommand echo never',
      'RequestTTY force',
      ...(slowMs > 0 ? [`ProxyCommand ${proxy}`] : []),
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    return { target: { host, user: this.#user, port: this.#port }, configFile: config };
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  #installShell(): void {
    const bin = this.#path('bin');
    mkdirSync(bin);
    const { profile = '' } = this.options;
    // What the run's clean-up knows its processes by, and where they put their temporary files.
    const kept = ['HYPERV_LAB_RUN', 'TMPDIR', 'DOTNET_ROOT'].filter((name) => process.env[name] !== undefined);
    const script = [
      '#!/bin/sh',
      ...kept.map((name) => `export ${name}='${process.env[name] ?? ''}'`),
      profile,
      `exec '${enginePath()}' "$@"`,
    ];
    if (!('profile' in this.options) || this.options.profile !== undefined) {
      writeFileSync(join(bin, 'powershell.exe'), `${script.join('\n')}\n`);
      chmodSync(join(bin, 'powershell.exe'), 0o755);
    }
    writeFileSync(this.#path('banner'), this.options.banner ?? '');
    writeFileSync(this.#path('shell'), `#!/bin/sh\n${this.options.shell ?? ''}\n`, { mode: 0o755 });
  }

  #config(): string {
    const lines = [
      `Port ${this.#port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${this.#path('host')}`,
      `PidFile ${this.#path('sshd.pid')}`,
      `AuthorizedKeysFile ${this.#path('authorized_keys')}`,
      // The folder of temporary files belongs to everybody.
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'PrintMotd no',
      'Subsystem sftp internal-sftp',
      `SetEnv PATH=${this.#path('bin')}:/usr/bin:/bin`,
      ...(this.options.banner === undefined ? [] : [`Banner ${this.#path('banner')}`]),
      ...(this.options.shell === undefined ? [] : [`ForceCommand ${this.#path('shell')}`]),
    ];
    return `${lines.join('\n')}\n`;
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
