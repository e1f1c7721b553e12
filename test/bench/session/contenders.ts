// The ways to get an answer out of PowerShell that are measured against each other. All use the same executable.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PowerShell } from 'node-powershell';
import type { LaunchSpec } from '../../../src/powershell/launcher';
import { silentLog } from '../../../src/powershell/log';
import type { MethodTable } from '../../../src/powershell/methods';
import { NodePowerShellLauncher } from '../../../src/powershell/nodePowerShellLauncher';
import { Session } from '../../../src/powershell/session';
import { SupervisedSession } from '../../../src/powershell/supervisor';

/** The PowerShell text that ours, `invoke()` and the process per call all run to make their records. */
const recordsScript =
  "foreach ($i in 1..$Count) { @{ id = $i; name = 'VM ' + $i; state = 2; heartbeat = 2; uptime = 123456; cpus = 4; memory = 2048; os = 'Windows Server'; notes = '' } }";

export const names = {
  ours: 'ours',
  invoke: 'node-powershell invoke()',
  perCall: 'a process per call',
  pipe: 'bare pipe',
} as const;

const methods = {
  echo: { function: 'Get-BenchEcho', class: 'read', timeoutMs: 30_000, parameters: { text: { type: 'string' } } },
  echoChange: {
    function: 'Get-BenchEcho',
    class: 'change',
    timeoutMs: 30_000,
    parameters: { text: { type: 'string' } },
  },
  echoLong: { function: 'Get-BenchEcho', class: 'long', timeoutMs: 30_000, parameters: { text: { type: 'string' } } },
  records: {
    function: 'Get-BenchRecord',
    class: 'read',
    timeoutMs: 30_000,
    parameters: { count: { type: 'integer' } },
  },
  sleepRead: { function: 'Wait-Bench', class: 'read', timeoutMs: 30_000, parameters: { ms: { type: 'integer' } } },
  sleepChange: { function: 'Wait-Bench', class: 'change', timeoutMs: 30_000, parameters: { ms: { type: 'integer' } } },
  sleepLong: { function: 'Wait-Bench', class: 'long', timeoutMs: 30_000, parameters: { ms: { type: 'integer' } } },
} as const satisfies MethodTable;

const functions = [
  'function Get-BenchEcho { param([string]$Text) return $Text }',
  'function Wait-Bench { param([int]$Ms) Start-Sleep -Milliseconds $Ms }',
  `function Get-BenchRecord { param([int]$Count) $records = @(${recordsScript}); Send-SessionBatch -Records $records }`,
].join('\n');

/** Our session; `start` resolves when it is ready for requests. */
export function ourSession(launch: LaunchSpec): Session {
  return new Session({
    launcher: new NodePowerShellLauncher(),
    launch,
    methods,
    script: { functions },
    log: silentLog,
  });
}

/** Our session with the one that comes after it. */
export function ourSupervised(launch: LaunchSpec): SupervisedSession {
  return new SupervisedSession({ methods, log: silentLog, create: () => ourSession(launch) });
}

/** node-powershell as its documentation shows it. */
export function invoker(executable: string): PowerShell {
  return new PowerShell({
    executable,
    executableOptions: { '-NoProfile': true, '-NonInteractive': true },
    spawnOptions: { env: { ...process.env, NO_COLOR: '1' } },
  });
}

export const recordsCommand = (count: number): string =>
  `$Count = ${count}; ConvertTo-Json -Compress -Depth 6 -InputObject @(${recordsScript})`;

/** One process for one command, as most scripts and extensions do it; resolves with what it printed. */
export async function processPerCall(executable: string, command: string, signal?: AbortSignal): Promise<string> {
  const child = spawn(executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', command], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NO_COLOR: '1' },
    ...(signal && { signal, killSignal: 'SIGKILL' }),
  });
  // Aborting it is an error to Node; its end is told all the same.
  child.on('error', () => undefined);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(child, 'close');
  return text;
}

/** A PowerShell that reads commands from stdin, or ssh with one at its end, and nothing around it. */
export class BareShell {
  private constructor(private readonly child: ChildProcess) {}

  /** @returns when its first output came: the floor for a start */
  static async start(executable: string, args = ['-NoLogo', '-NoProfile', '-NonInteractive']): Promise<BareShell> {
    const child = spawn(executable, [...args, '-NoExit', '-Command', '-'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    child.stdin.write("'ready'\n");
    await once(child.stdout, 'data');
    return new BareShell(child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  stop(): Promise<void> {
    return end(this.child);
  }
}

export async function bareStart(executable: string, args?: string[]): Promise<void> {
  await (await BareShell.start(executable, args)).stop();
}

/** A process that sends every line back: what pipes cost without PowerShell. */
export class BarePipe {
  readonly #child = spawn(process.execPath, ['-e', 'process.stdin.pipe(process.stdout)'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  /** Those who wait for their line, in order. */
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.#child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 0x0a) this.#waiting.shift()?.();
    });
  }

  echo(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#child.stdin.write('x\n');
    });
  }

  stop(): Promise<void> {
    return end(this.#child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.stdin?.end();
  child.kill();
  await closed;
}
