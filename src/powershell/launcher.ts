// What starts a PowerShell process. Two implementations, nodePowerShellLauncher.ts and spawnLauncher.ts, pass the same tests.
import type { Readable, Writable } from 'node:stream';
import type { ConnectionFailure } from './errors';

/**
 * A program that ends in a PowerShell reading commands from stdin. For a local session that is PowerShell itself; for
 * a remote one it may be `ssh` with the far PowerShell among its arguments.
 */
export interface LaunchSpec {
  /** Absolute path: a bare name would be searched in the working directory first on Windows. */
  readonly executable: string;
  /** What precedes `-NoExit -Command -`, which every launcher appends. No argument may occur twice. */
  readonly args: readonly string[];
  /** Never a workspace folder: whatever lies there must not take part in name look-ups. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The process on this computer whose end ends the session as well; none for a PowerShell on another one. */
  readonly parentPid?: number;
  /** Reads from an exit, and from what was printed before it, why a connection to another computer was not made or was lost. */
  readonly explainExit?: (exit: ExitInfo, noise: readonly string[]) => ConnectionFailure | undefined;
}

export interface ExitInfo {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why the process never started. */
  readonly error?: Error;
}

/** One running process. Attach `stdout` and `stderr` with `pipe()` before the tick of `launch` ends. */
export interface ShellProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** undefined when the process could not be created; `exited` then says why. */
  readonly pid: number | undefined;
  /** Resolves once, when the process is gone and what it wrote has been delivered. Never rejects. */
  readonly exited: Promise<ExitInfo>;
  /**
   * Asks PowerShell one question on stdin and resolves when it answered. May never settle: race it with `exited` and
   * a timer. Called at most once, before anything else is written.
   */
  probe(): Promise<void>;
  /** True for a line that only the launcher's own question made PowerShell print: it tells nobody anything. */
  isEcho?(line: string): boolean;
  /** Ends the process; what it started may live on. */
  kill(): void;
  /** Ends the process and, where the platform knows them, its descendants, without asking. */
  killTree(): void;
}

export interface Launcher {
  /** @throws SessionError `spawn` when the platform refuses at once */
  launch(spec: LaunchSpec): ShellProcess;
}
