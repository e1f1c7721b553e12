// What an idle session takes beside the same PowerShell without one, read where Linux says it.
import { readFile } from 'node:fs/promises';
import { localLaunchSpec } from '../../../src/powershell/launchSpec';
import { BareShell, ourSession } from './contenders';
import { summarize, toRow, type Row } from '../measure';

/** Why there is no such number on this computer; undefined when there is. */
export const memoryUnknown =
  process.platform === 'linux' ? undefined : 'the memory of a process is read from /proc, which Linux only has';

interface Memory {
  readonly residentMiB: number;
  readonly privateMiB: number;
}

export async function memoryRows(executable: string, cwd: string, turns: number): Promise<Row[]> {
  const ours: Memory[] = [];
  const bare: Memory[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const session = ourSession(localLaunchSpec({ executable, cwd }));
    try {
      await session.start();
      // One call in each runspace, as these are made with the first.
      await session.request('sleepRead', { ms: 1 });
      await session.request('sleepChange', { ms: 1 });
      await session.request('sleepLong', { ms: 1 });
      ours.push(await memoryOf(session.hello?.pid ?? 0));
    } finally {
      await session.stop();
    }
    const shell = await BareShell.start(executable);
    try {
      bare.push(await memoryOf(shell.pid));
    } finally {
      await shell.stop();
    }
  }
  const row = (name: string, pick: (memory: Memory) => number): Row =>
    toRow(
      'Session',
      name,
      new Map([
        ['ours, after a call in each runspace', summarize(ours.map(pick))],
        [barePowerShell, summarize(bare.map(pick))],
      ]),
      'MiB',
    );
  return [
    row('Memory of an idle session, resident', ({ residentMiB }) => residentMiB),
    row('Memory of an idle session, private', ({ privateMiB }) => privateMiB),
  ];
}

export const barePowerShell = 'the same PowerShell, idle';

/** Private is what no other process shares: the pages that were written to. */
async function memoryOf(pid: number): Promise<Memory> {
  const resident = /^VmRSS:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const own = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s*(\d+) kB$/gm)].map(([, kib]) => Number(kib));
  return { residentMiB: Number(resident?.[1]) / 1024, privateMiB: own.reduce((sum, kib) => sum + kib, 0) / 1024 };
}
