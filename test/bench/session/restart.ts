// From the end of a session's process to the next answer, beside a bare start. Used for local and for far sessions.
import { deferred } from '../../../src/powershell/deferred';
import type { LaunchSpec } from '../../../src/powershell/launcher';
import type { SupervisedSession } from '../../../src/powershell/supervisor';
import { ourSupervised } from './contenders';
import { race, toRow, type Contender, type Row } from '../measure';

/** @param bare starts the same without a session of ours */
export async function restartRow(name: string, launch: LaunchSpec, bare: Contender, turns: number): Promise<Row> {
  const stopping: Promise<void>[] = [];
  let session: SupervisedSession | undefined;
  /** A fresh one each time: the pause before a start grows with the failures that came before. */
  const prepare = async (): Promise<void> => {
    if (session !== undefined) stopping.push(session.dispose());
    session = ourSupervised(launch);
    await session.request('echo', { text: 'x' });
  };
  const killed = async (prepared: SupervisedSession | undefined): Promise<SupervisedSession> => {
    if (prepared === undefined) throw new Error('no session was prepared');
    const lost = deferred<undefined>();
    const listening = prepared.onDidChangeState((state) => {
      if (state === 'waiting') lost.resolve(undefined);
    });
    process.kill(prepared.hello?.pid ?? 0, 'SIGKILL');
    await lost.promise;
    listening.dispose();
    return prepared;
  };
  const contenders: Contender[] = [
    {
      name: 'ours, tried again at once',
      prepare,
      run: async () => {
        const again = await killed(session);
        again.retry();
        await again.request('echo', { text: 'y' });
      },
    },
    {
      name: 'ours, by itself after its pause',
      prepare,
      run: async () => (await killed(session)).request('echo', { text: 'y' }),
    },
    bare,
  ];
  try {
    return toRow('Session', name, await race(contenders, turns));
  } finally {
    await Promise.all([session?.dispose(), ...stopping]);
  }
}
