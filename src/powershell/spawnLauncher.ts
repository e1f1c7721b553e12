// Starts PowerShell with nothing but child_process: the twin that keeps node-powershell replaceable.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { childExit, killTree, spawnTraits } from './childExit';
import { SessionError } from './errors';
import type { Launcher, LaunchSpec, ShellProcess } from './launcher';
import { probeAnswer, probeCommand } from './probe';

export class SpawnLauncher implements Launcher {
  launch(spec: LaunchSpec): ShellProcess {
    const child = start(spec);
    return {
      stdin: child.stdin,
      stdout: child.stdout,
      stderr: child.stderr,
      pid: child.pid,
      exited: childExit(child),
      probe: () => probe(child),
      kill: () => void child.kill(),
      killTree: () => {
        killTree(child);
      },
    };
  }
}

/** Node throws at once for some reasons and reports others later; without pipes there is nothing to hand out. */
function start({ executable, args, cwd, env }: LaunchSpec): ChildProcessWithoutNullStreams {
  try {
    if (!isAbsolute(executable)) throw new Error('An absolute path is required.');
    const child = spawn(executable, [...args, '-NoExit', '-Command', '-'], { cwd, env, ...spawnTraits });
    // The types promise streams, but without file handles left there are none.
    if ((child.stdin as unknown) === undefined) {
      child.once('error', () => undefined);
      throw new Error('No streams.');
    }
    return child;
  } catch (error) {
    throw new SessionError('spawn', 'PowerShell could not be started.', { cause: error });
  }
}

function probe({ stdin, stdout }: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve) => {
    let seen = '';
    const look = (chunk: Buffer): void => {
      seen += chunk.toString('latin1');
      if (seen.includes(probeAnswer)) {
        stdout.off('data', look);
        resolve();
      }
      // Banners may precede the answer; only an answer cut in two needs more than the last chunk.
      seen = seen.slice(-probeAnswer.length);
    };
    stdout.on('data', look);
    stdin.write(`${probeCommand}\n`);
  });
}
