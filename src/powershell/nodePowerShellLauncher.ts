// Starts PowerShell with node-powershell 5.0.1. Only what is sound of it is used: the constructor, the streams, one
// guarded `invoke` as a probe, and the child handle. Its invoke is no transport: no cancellation, one call at a time,
// silent success when the process dies, every output kept for ever.
import type { ChildProcess } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { PowerShell, type PowerShellOptions } from 'node-powershell';
import { childExit, killTree, spawnTraits } from './childExit';
import { SessionError } from './errors';
import type { Launcher, LaunchSpec, ShellProcess } from './launcher';
import { probeCommand } from './probe';

/**
 * The library looks for its closing delimiter near the end of what came so far, and takes the opening one for it when
 * both arrive in one chunk behind earlier output (a banner on stderr): then it waits for ever. One more delimiter, in a
 * chunk of its own, sets it right. Far longer than an answer of a shell that is up takes.
 */
const nudgeMs = 250;

export class NodePowerShellLauncher implements Launcher {
  launch(spec: LaunchSpec): ShellProcess {
    const { shell, child } = construct(spec);
    return {
      ...shell.streams,
      pid: child.pid,
      exited: childExit(child),
      probe: async () => {
        const nudging = setInterval(() => {
          shell.nudge();
        }, nudgeMs).unref();
        child.once('exit', () => {
          clearInterval(nudging);
        });
        try {
          // It writes its own delimiters around the command, which is why nothing is to be seen of the answer here.
          await shell.invoke(probeCommand);
        } finally {
          clearInterval(nudging);
        }
        // It also succeeds when the process ends with code 0 instead of answering.
        if (child.exitCode !== null || child.signalCode !== null) throw new Error('The process ended.');
        // It would keep the command and its output for the life of the process.
        shell.history.length = 0;
      },
      isEcho: (line) => shell.isDelimiter(line),
      kill: () => void child.kill(),
      killTree: () => {
        killTree(child);
      },
    };
  }
}

/** Child processes can fail within the constructor: policy, a virus scanner, or no more file handles. */
function construct({ executable, args, cwd, env }: LaunchSpec): { shell: SessionShell; child: ChildProcess } {
  try {
    const shell = new SessionShell({
      executable,
      executableOptions: executableOptions(args),
      spawnOptions: { cwd, env },
      // It takes any byte on stderr for a failure; a warning or a banner is none.
      throwOnInvocationError: false,
    });
    return { shell, child: shell.adopt() };
  } catch (error) {
    throw new SessionError('spawn', 'PowerShell could not be started.', { cause: error });
  }
}

/**
 * The library takes a record and flattens it in key order: `true` gives the bare name, `false` nothing. It puts its own
 * `-NoLogo` before everything else, so one that belongs elsewhere (behind the host of ssh) goes by another spelling.
 */
function executableOptions(args: readonly string[]): Record<string, boolean> {
  if (new Set(args).size !== args.length) throw new Error('node-powershell cannot pass an argument twice.');
  if (args.some((name) => /^\d+$/.test(name))) throw new Error('node-powershell would reorder a numeric argument.');
  const options: Record<string, boolean> = { '-NoLogo': false };
  for (const [i, name] of args.entries()) options[i > 0 && name === '-NoLogo' ? '-nologo' : name] = true;
  return options;
}

class SessionShell extends PowerShell {
  #delimiter = '';

  /**
   * Called by the base constructor before anything else. Ignores NODE_POWERSHELL and never searches PATH or the working
   * directory.
   */
  protected override setExecutable({ executable, spawnOptions }: PowerShellOptions): string {
    if (executable === undefined || !isAbsolute(executable)) throw new Error('An absolute path is required.');
    // The library assigns this member, with `detached: false` whatever it was given, and spawns with it.
    Object.defineProperty(this, 'spawnOptions', {
      get: () => ({ ...spawnOptions, ...spawnTraits, stdio: 'pipe' }),
      set: () => undefined,
    });
    return executable;
  }

  /** LF after the delimiters: with CRLF the library misses the second one when both arrive in one chunk, and hangs. */
  protected override writeToOutput(text: string): string {
    this.#delimiter = text;
    return `[Console]::Out.Write("${text}\`n")`;
  }

  protected override writeToError(text: string): string {
    return `[Console]::Error.Write("${text}\`n")`;
  }

  isDelimiter(line: string): boolean {
    return this.#delimiter !== '' && line === this.#delimiter;
  }

  /** Repeats the delimiters of the running `invoke`. */
  nudge(): void {
    if (!this.streams.stdin.writable) return;
    this.streams.stdin.write(`${this.writeToError(this.#delimiter)}\n${this.writeToOutput(this.#delimiter)}\n`);
  }

  /**
   * In the tick of the constructor: nobody else listens to the library's promise of the end, which may reject.
   * @returns the child, private to the library
   * @throws Error when the pinned version was replaced by one that has no such members
   */
  adopt(): ChildProcess {
    const { process: child, exitPromise } = this as unknown as Record<string, unknown>;
    if (typeof (child as ChildProcess | undefined)?.kill !== 'function' || !(exitPromise instanceof Promise)) {
      throw new Error('node-powershell has changed: its private members process and exitPromise are missing.');
    }
    exitPromise.catch(() => undefined);
    return child as ChildProcess;
  }
}
