// Sessions for tests: on the real engine, or on the misbehaving shell. Everything started here is ended by `cleanUp`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SessionError } from '../../src/powershell/errors';
import { localLaunchSpec, shellEnvironment } from '../../src/powershell/launchSpec';
import type { Launcher, LaunchSpec, ShellProcess } from '../../src/powershell/launcher';
import type { SessionLog } from '../../src/powershell/log';
import type { MethodSpec, MethodTable } from '../../src/powershell/methods';
import { NodePowerShellLauncher } from '../../src/powershell/nodePowerShellLauncher';
import { Session, type SessionOptions } from '../../src/powershell/session';
import { SpawnLauncher } from '../../src/powershell/spawnLauncher';
import { SupervisedSession } from '../../src/powershell/supervisor';
import functions from './sessionFunctions.ps1';

export const launchers: readonly { name: string; create: () => Launcher }[] = [
  { name: 'node-powershell', create: () => new NodePowerShellLauncher() },
  { name: 'child_process', create: () => new SpawnLauncher() },
];

function method(name: string, kind: MethodSpec['class'], parameters: MethodSpec['parameters'] = {}): MethodSpec {
  return { function: name, class: kind, timeoutMs: 30_000, parameters };
}

const text = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
const step = { Announce: text, Until: text };
const line = { Path: text, Text: text };

export const methods = {
  echo: method('Get-Echo', 'read', { Text: text }),
  echoTypes: method('Get-EchoTypes', 'read', {
    Id: { type: 'guid', optional: true },
    Enabled: { type: 'boolean', optional: true },
    Count: { type: 'integer', optional: true },
    Names: { type: 'stringList', optional: true },
  }),
  nothing: method('Get-Nothing', 'read'),
  'step.read': method('Step-File', 'read', step),
  'step.change': method('Step-File', 'change', step),
  'step.long': method('Step-File', 'long', step),
  'line.change': method('Add-Line', 'change', line),
  'line.long': method('Add-Line', 'long', line),
  'line.read': method('Add-Line', 'read', line),
  stubborn: { ...method('Wait-Stubborn', 'change', { Announce: text }), timeoutMs: 60_000 },
  'sleep.change': method('Wait-Time', 'change', { Ms: integer }),
  late: { ...method('Step-File', 'change', step), timeoutMs: 200 },
  'die.read': method('Stop-Process', 'read', { Path: text }),
  'die.change': method('Stop-Process', 'change', { Path: text }),
  records: method('Send-Record', 'read', { Count: integer, Size: integer }),
  oversized: method('Send-OversizedRecord', 'read', { Size: integer }),
  twoBatches: method('Send-TwoBatch', 'read', { Path: text }),
  noise: method('Write-Noise', 'change', { Text: text }),
  errorFlood: method('Write-ErrorFlood', 'change', { Lines: integer }),
  detail: method('Stop-WithDetail', 'change'),
  missing: method('Get-MissingItem', 'read'),
  undefinedFunction: method('Get-NotDefinedAnywhere', 'read'),
  large: method('Get-Large', 'read', { Size: integer }),
} satisfies MethodTable;

/** Keeps every line, for tests that look at what was logged. */
class ListLog implements SessionLog {
  readonly traceEnabled = true;
  readonly lines: string[] = [];
  readonly trace = (line: string): void => void this.lines.push(`trace ${line}`);
  readonly debug = (line: string): void => void this.lines.push(`debug ${line}`);
  readonly info = (line: string): void => void this.lines.push(`info ${line}`);
  readonly warn = (line: string): void => void this.lines.push(`warn ${line}`);
}

/** Remembers the processes it started, so that tests can end or starve them. */
export class RecordingLauncher implements Launcher {
  readonly processes: ShellProcess[] = [];

  constructor(private readonly inner: Launcher) {}

  launch(spec: LaunchSpec): ShellProcess {
    const process = this.inner.launch(spec);
    this.processes.push(process);
    return process;
  }
}

export class Harness {
  readonly folder = mkdtempSync(join(tmpdir(), 'session-test-'));
  readonly log = new ListLog();
  readonly launcher: RecordingLauncher;
  readonly #endings: (() => Promise<void>)[] = [];

  constructor(launcher: Launcher = new NodePowerShellLauncher()) {
    this.launcher = new RecordingLauncher(launcher);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A session on the real engine, not started. */
  session(options: Partial<SessionOptions> = {}): Session {
    const session = new Session({
      launcher: this.launcher,
      launch: localLaunchSpec({ executable: enginePath(), cwd: this.folder }),
      methods,
      script: { functions },
      log: this.log,
      ...options,
    });
    this.#endings.push(() => session.stop());
    return session;
  }

  async started(options: Partial<SessionOptions> = {}): Promise<Session> {
    const session = this.session(options);
    await session.start();
    return session;
  }

  supervised(options: Partial<SessionOptions> = {}): SupervisedSession {
    const supervised = new SupervisedSession({ methods, log: this.log, create: () => this.session(options) });
    this.#endings.push(() => supervised.dispose());
    return supervised;
  }

  async cleanUp(): Promise<void> {
    for (const end of this.#endings.reverse()) await end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Node running misbehavingShell.mjs in place of PowerShell. */
export function misbehavingShell(scenario: string, cwd: string): LaunchSpec {
  const script = resolve('test/support/misbehavingShell.mjs');
  return { executable: process.execPath, args: [script, scenario], cwd, env: shellEnvironment(process.env) };
}

export function enginePath(): string {
  const path = process.env['HYPERV_LAB_POWERSHELL'];
  if (path === undefined || path === '') throw new Error('HYPERV_LAB_POWERSHELL must name a PowerShell.');
  return path;
}

/** The error that `work` rejects with; sessions reject with no other class. */
export async function failure(work: Promise<unknown>): Promise<SessionError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SessionError) return error;
  throw new Error(`Expected a SessionError, got ${String(error)}.`);
}

/** The test's own time limit is the only one. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

export function fileExists(path: string): Promise<void> {
  return until(() => existsSync(path));
}

/** One that has ended and whose parent has not asked yet is gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return false;
  }
}
