// The end of a child process as one promise. Shared by both launchers.
import { execFile, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ExitInfo } from './launcher';

/** A descendant may keep the pipes open for ever after the process itself is gone: then `close` never comes. */
const drainMs = 500;

/** Settles on `close`, when the tail of stdout was read too; never rejects. */
export function childExit(child: ChildProcess): Promise<ExitInfo> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      // Also emitted when a signal could not be sent to a living process.
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
    child.once('exit', (code, signal) => {
      setTimeout(() => {
        resolve({ code, signal });
      }, drainMs).unref();
    });
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
}

/** On Windows every signal ends only the process itself, so what it started needs `taskkill`; elsewhere SIGKILL. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const systemRoot = process.env['SystemRoot'];
  if (process.platform === 'win32' && systemRoot !== undefined) {
    const taskkill = join(systemRoot, 'System32', 'taskkill.exe');
    execFile(taskkill, ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true }, () => undefined);
  } else child.kill('SIGKILL');
}
