// Finds processes that a run of a tool started and that outlived it, by a mark which children inherit in their environment.
// Used by the tools at their end. Linux only, where /proc shows the environment; elsewhere nothing is found.
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { delay } from './processes.mjs';

const variable = 'HYPERV_LAB_RUN';
/** Processes which were told to end may take this long; PowerShell gets two seconds for a graceful stop. */
const patienceMs = 5_000;
/** After Ctrl+C a person waits: long enough for PowerShell to go by itself, as its standard input has ended. */
export const interruptedPatienceMs = 1_000;
const pollMs = 50;

/** Marks this process's future children; a run inside a run (npm test inside a check) keeps the outer mark as well. */
export function markRun() {
  const outer = process.env[variable];
  const mark = outer ? `${outer},${randomUUID()}` : randomUUID();
  process.env[variable] = mark;
  return mark;
}

/** Processes with the mark, other than this one: [{pid, command}]. Ended ones that nobody reaped don't count. */
function markedProcesses(mark) {
  if (process.platform !== 'linux') {
    return [];
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environmentHas(pid, `${variable}=${mark}`))
    .map((pid) => ({ pid: Number(pid), command: commandOf(pid) }))
    .filter(({ command }) => command !== '');
}

/** Waits for the marked processes to end; returns those that did not, after ending them by their ids. */
export async function endLeftovers(mark, waitMs = patienceMs) {
  const deadline = performance.now() + waitMs;
  while (markedProcesses(mark).length > 0 && performance.now() < deadline) {
    await delay(pollMs);
  }
  const left = markedProcesses(mark);
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in this moment.
    }
  }
  return left;
}

function environmentHas(pid, entry) {
  try {
    // A prefix: a run inside this one has appended its own mark.
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
      .split('\0')
      .some((text) => text === entry || text.startsWith(`${entry},`));
  } catch {
    return false;
  }
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
