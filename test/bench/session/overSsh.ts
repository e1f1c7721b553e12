// Sessions over ssh beside bare ssh, through one SSH server on the loopback interface.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LaunchSpec } from '../../../src/powershell/launcher';
import { TestSshd } from '../../support/sshd';
import { bareStart, ourSession } from './contenders';
import { race, toRow, type Contender, type Row } from '../measure';
import { restartRow } from './restart';

export const bareSsh = 'the same ssh and PowerShell, first output';

export async function sshRows(sshd: string, turns: number): Promise<{ start: Row; restart: Row }> {
  const server = new TestSshd(sshd);
  try {
    await server.start();
    const launch = server.launchSpec();
    const bare: Contender = { name: bareSsh, run: () => bareStart(launch.executable, [...launch.args]) };
    return {
      start: await startRow(launch, bare, turns),
      restart: await restartRow('Restart over ssh after the far process was killed', launch, bare, turns),
    };
  } finally {
    await server.dispose();
  }
}

async function startRow(launch: LaunchSpec, bare: Contender, turns: number): Promise<Row> {
  const stopping: Promise<void>[] = [];
  const timings = await race(
    [
      {
        name: 'ours, ready for requests',
        run: async () => {
          const session = ourSession(launch);
          await session.start();
          stopping.push(session.stop());
        },
      },
      bare,
      { name: 'the same ssh, `true`', run: () => bareSshTrue(launch) },
    ],
    turns,
  );
  await Promise.all(stopping);
  return toRow('Session', 'Start of a session over ssh', timings);
}

/** The connection and the sign-in alone. */
async function bareSshTrue({ executable, args }: LaunchSpec): Promise<void> {
  const toHost = args.slice(0, args.indexOf('--') + 2);
  const [code] = (await once(
    spawn(executable, [...toHost, 'true'], { stdio: ['pipe', 'ignore', 'ignore'] }),
    'close',
  )) as [number];
  if (code !== 0) throw new Error(`ssh ended with ${code}`);
}
