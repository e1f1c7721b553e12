// Runs ssh once, for what it says, and sees that it is gone afterwards. A session is not started this way.
import { spawn } from 'node:child_process';
import { childExit, killTree, spawnTraits } from './childExit';
import { SessionError } from './errors';
import type { ExitInfo, LaunchSpec } from './launcher';
import { LineSplitter } from './lines';

/** A far computer may print whatever it likes. */
const keptLines = 1_000;
const longestLine = 16 * 1024;

export interface SshRun {
  /** undefined: it took too long and was ended. */
  readonly exit: ExitInfo | undefined;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

export interface SshRunOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** A line of stderr after which nothing more is of interest: ssh is ended then. */
  readonly enough?: RegExp;
  /** Speaks with the far end: told of each line of stdout; `write` goes to its stdin, and `undefined` ends that. */
  readonly onLine?: (line: string, write: (text: string | undefined) => void) => void;
  /** Written at once. */
  readonly input?: string;
}

/** @throws SessionError `cancelled`; ssh and what it started have been ended then */
export async function runSsh(
  { executable, args, cwd, env }: Pick<LaunchSpec, 'executable' | 'args' | 'cwd' | 'env'>,
  { signal, timeoutMs, enough, onLine, input }: SshRunOptions,
): Promise<SshRun> {
  if (signal.aborted) throw cancelled();
  // A pipe that stays open: old servers run nothing without one (PowerShell/Win32-OpenSSH#561).
  const child = spawn(executable, args, { cwd, env, ...spawnTraits });
  child.stdin.on('error', () => undefined);
  const write = (text: string | undefined): void => {
    if (text === undefined) child.stdin.end();
    else child.stdin.write(text);
  };
  const stdout = keep(child.stdout, (line) => onLine?.(line, write));
  if (input !== undefined) write(input);
  const stderr = keep(child.stderr, (line) => {
    if (enough?.test(line) === true) killTree(child);
  });
  let [late, left] = [false, false];
  const timer = setTimeout(() => {
    late = true;
    killTree(child);
  }, timeoutMs);
  const leave = (): void => {
    left = true;
    killTree(child);
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    const exit = await childExit(child);
    if (left) throw cancelled();
    return { exit: late ? undefined : exit, stdout, stderr };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}

function cancelled(): SessionError {
  return new SessionError('cancelled', 'ssh was stopped.');
}

/** The last lines of a stream, in a list that grows while it is read. */
function keep(stream: NodeJS.ReadableStream, onLine: (line: string) => void): readonly string[] {
  const kept: string[] = [];
  const lines = new LineSplitter(
    {
      line: (line) => {
        kept.push(line);
        if (kept.length > keptLines) kept.shift();
        onLine(line);
      },
      // Whoever waits for a line has one.
      overlong: () => {
        onLine('');
      },
    },
    longestLine,
  );
  stream.on('data', (chunk: Buffer) => {
    lines.push(chunk);
  });
  stream.on('end', () => {
    lines.end();
  });
  return kept;
}
