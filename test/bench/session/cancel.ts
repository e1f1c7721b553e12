// From the wish to end a call that sleeps to the next answer: whoever cancels wants to go on.
import { localLaunchSpec } from '../../../src/powershell/launchSpec';
import { race, toRow, type Results } from '../measure';
import type { Plan } from '../plan';
import { invoker, names, ourSession, processPerCall } from './contenders';

/** Long enough that every way has begun with the call; none says when it has. */
const begunMs = 100;
const longMs = 60_000;

export async function cancel({ executable, cwd, fewTurns }: Plan): Promise<Results> {
  const session = ourSession(localLaunchSpec({ executable, cwd }));
  await session.start();
  let abort = new AbortController();
  let sleeping: Promise<unknown> = Promise.resolve();
  let invoke = invoker(executable);
  const begin = async (sleep: Promise<unknown>): Promise<void> => {
    // Its end is awaited, or its process is gone.
    sleeping = sleep.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, begunMs));
  };
  const contenders = [
    {
      name: names.ours,
      prepare: () => {
        abort = new AbortController();
        return begin(session.request('sleepRead', { ms: longMs }, { signal: abort.signal }));
      },
      run: async () => {
        abort.abort();
        await sleeping;
        await session.request('sleepRead', { ms: 0 });
      },
    },
    {
      name: `${names.invoke}: a new process`,
      prepare: () => begin(invoke.invoke(`Start-Sleep -Milliseconds ${longMs}`)),
      run: async () => {
        invoke.dispose('SIGKILL').catch(() => undefined);
        invoke = invoker(executable);
        await invoke.invoke("'x'");
      },
    },
    {
      name: names.perCall,
      prepare: () => {
        abort = new AbortController();
        return begin(processPerCall(executable, `Start-Sleep -Milliseconds ${longMs}`, abort.signal));
      },
      run: async () => {
        abort.abort();
        await sleeping;
        await processPerCall(executable, "'x'");
      },
    },
  ];
  try {
    return {
      rows: [toRow('Session', 'Cancel a call that sleeps, to the next answer', await race(contenders, fewTurns))],
      budgets: [],
    };
  } finally {
    await Promise.all([session.stop(), invoke.dispose()]);
  }
}
