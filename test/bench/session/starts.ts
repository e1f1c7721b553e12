// Sessions begin and come back: beside the same PowerShell, and the same ssh, without one.
import { localLaunchSpec } from '../../../src/powershell/launchSpec';
import { findSshd } from '../../../tools/lib/sshd.mjs';
import { atMost, race, timesAsMuch, toRow, type Budget, type Contender, type Results, type Row } from '../measure';
import type { Plan } from '../plan';
import { bareStart, invoker, ourSession } from './contenders';
import { barePowerShell, memoryRows, memoryUnknown } from './memory';
import { bareSsh, sshRows } from './overSsh';
import { restartRow } from './restart';

export async function starts(plan: Plan): Promise<Results> {
  const { executable, cwd, fewTurns } = plan;
  const bare: Contender = { name: 'the same PowerShell, first output', run: () => bareStart(executable) };
  const start = await startRow(plan, bare);
  const restart = await restartRow(
    'Restart after the process was killed',
    localLaunchSpec({ executable, cwd }),
    bare,
    fewTurns,
  );
  const budgets = [atMost(2, 'Start of a session, beside a bare start', timesAsMuch(start, bare.name))];
  return { rows: [start, restart], budgets };
}

async function startRow({ executable, cwd, fewTurns }: Plan, bare: Contender): Promise<Row> {
  const launch = localLaunchSpec({ executable, cwd });
  // Ending is no part of the start, so nobody waits for it there.
  const ending: Promise<unknown>[] = [];
  const contenders = [
    {
      name: 'ours, ready for requests',
      run: async () => {
        const session = ourSession(launch);
        await session.start();
        ending.push(session.stop());
      },
    },
    {
      name: 'node-powershell, first invoke()',
      run: async () => {
        const shell = invoker(executable);
        await shell.invoke("'x'");
        ending.push(shell.dispose());
      },
    },
    bare,
  ];
  // What ends has ended before the next one starts.
  const settled = contenders.map((one) => ({ ...one, prepare: () => Promise.all(ending.splice(0)) }));
  const timings = await race(settled, fewTurns);
  await Promise.all(ending);
  return toRow('Session', 'Start of a session', timings);
}

export async function memory({ executable, cwd, fewTurns }: Plan): Promise<Results> {
  if (memoryUnknown !== undefined)
    return { rows: [], budgets: [], leftOut: { 'Memory of an idle session': memoryUnknown } };
  const rows = await memoryRows(executable, cwd, fewTurns);
  const budgets = rows.map((row) =>
    atMost(1.5, `${row.name}, beside a bare PowerShell`, timesAsMuch(row, barePowerShell)),
  );
  return { rows, budgets };
}

export async function overSsh({ quick, fewTurns }: Plan): Promise<Results> {
  if (quick) return { rows: [], budgets: [], leftOut: { 'Sessions over ssh': 'the run was to be quick' } };
  const found = findSshd();
  if (!('sshd' in found)) return { rows: [], budgets: [], leftOut: { 'Sessions over ssh': found.reason } };
  const { start, restart } = await sshRows(found.sshd, fewTurns);
  const budgets: Budget[] = [atMost(2, 'Start of a session over ssh, beside a bare one', timesAsMuch(start, bareSsh))];
  return { rows: [start, restart], budgets };
}
