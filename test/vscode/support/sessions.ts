// Ends the PowerShell processes of the extension under test, as a crash would. Linux only: it reads /proc.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

/** All sessions of this window, found as children of this extension host that run the tests' PowerShell. */
export function killSessions(): void {
  const executable = process.env['HYPERV_LAB_POWERSHELL'];
  assert.ok(executable);
  const sessions = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isSession(pid, executable));
  assert.ok(sessions.length > 0, 'no session runs');
  for (const pid of sessions) process.kill(Number(pid), 'SIGKILL');
}

function isSession(pid: string, executable: string): boolean {
  try {
    // "pid (name) state ppid …"; the name may hold anything, also parentheses.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return Number(parent) === process.pid && command.includes(executable);
  } catch {
    // It ended meanwhile.
    return false;
  }
}
