// How a child process begins and ends on each platform. Shared by both launchers.
import { execFile, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ExitInfo } from './launcher';

/** A descendant may keep the pipes open for ever after the process itself is gone: then `close` never comes. */
const drainMs = 500;

/**
 * `detached`: a group of its own. Ctrl+C in a terminal reaches every process of the terminal's group, and would stop
 * the script of a PowerShell that still has a change to finish. On Windows the hidden console keeps Ctrl+C away, and a
 * detached process would get a visible one.
 */
export const spawnTraits = { windowsHide: true, detached: process.platform !== 'win32' } as const;

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

/** On Windows every signal ends only the process itself, so what it started needs `taskkill`; elsewhere its group. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') {
    const taskkill = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    execFile(taskkill, ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true }, () => undefined);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}
