// What one answer takes, and how many come in a second, beside the other ways to talk to the same PowerShell.
import type { PowerShell } from 'node-powershell';
import { localLaunchSpec } from '../../../src/powershell/launchSpec';
import type { Session } from '../../../src/powershell/session';
import { atLeast, race, round, toRow, type Contender, type Results, type Row } from '../measure';
import type { Plan } from '../plan';
import { BarePipe, invoker, names, ourSession, processPerCall, recordsCommand } from './contenders';

const group = 'Session';

interface Ways {
  readonly session: Session;
  readonly invoke: PowerShell;
  readonly pipe: BarePipe;
}

export async function roundTrips(plan: Plan): Promise<Results> {
  const { executable, cwd } = plan;
  const ways: Ways = {
    session: ourSession(localLaunchSpec({ executable, cwd })),
    invoke: invoker(executable),
    pipe: new BarePipe(),
  };
  try {
    await ways.session.start();
    const smallest = await smallestAnswer(plan, ways);
    const rows = [smallest, await manyRecords(plan, ways), await threeAtOnce(plan, ways)];
    for (const together of [1, 3, 32]) rows.push(await throughput(plan, ways, together));
    const invoke = smallest.ratios[names.invoke] ?? 0;
    const perCall = smallest.ratios[names.perCall] ?? 0;
    const budgets = [
      atLeast(3, 'Round trip: invoke() takes this many times ours', invoke),
      atLeast(150, 'Round trip: a process per call takes this many times ours', perCall),
    ];
    return { rows, budgets };
  } finally {
    await Promise.all([ways.session.stop(), ways.pipe.stop(), ways.invoke.dispose()]);
  }
}

async function smallestAnswer({ executable, turns, fewTurns }: Plan, { session, invoke, pipe }: Ways): Promise<Row> {
  const contenders = [
    { name: names.ours, run: () => session.request('echo', { text: 'x' }) },
    { name: names.invoke, run: () => invoke.invoke("'x'") },
    { name: names.perCall, run: () => processPerCall(executable, "'x'"), turns: fewTurns },
    { name: names.pipe, run: () => pipe.echo() },
  ];
  return toRow(group, 'Smallest answer, through a runspace', await race(contenders, turns));
}

async function manyRecords({ executable, turns, fewTurns }: Plan, { session, invoke }: Ways): Promise<Row> {
  const command = recordsCommand(500);
  const contenders = [
    { name: names.ours, run: () => session.request('records', { count: 500 }) },
    { name: names.invoke, run: async () => JSON.parse((await invoke.invoke(command)).raw) as unknown },
    {
      name: names.perCall,
      run: async () => JSON.parse(await processPerCall(executable, command)) as unknown,
      turns: fewTurns,
    },
  ];
  return toRow(group, '500 records of 9 fields', await race(contenders, Math.ceil(turns / 5)));
}

async function threeAtOnce({ fewTurns }: Plan, { session, invoke }: Ways): Promise<Row> {
  const classes = ['sleepRead', 'sleepChange', 'sleepLong'];
  const contenders = [
    { name: names.ours, run: () => Promise.all(classes.map((method) => session.request(method, { ms: 200 }))) },
    {
      name: names.invoke,
      run: () => Promise.all(classes.map(() => invoke.invoke('Start-Sleep -Milliseconds 200'))),
    },
  ];
  return toRow(group, 'Three calls of 200 ms at once', await race(contenders, fewTurns));
}

/** Requests a second while so many are under way together, by calls that spread over the session's runspaces. */
async function throughput({ executable, fewTurns }: Plan, ways: Ways, together: number): Promise<Row> {
  const { session, invoke, pipe } = ways;
  const methods = ['echo', 'echoChange', 'echoLong'];
  const many = Math.max(60, together * 4);
  const perSecond = (count: number, call: (index: number) => Promise<unknown>) => async (): Promise<number> => {
    const start = performance.now();
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) await call(next++);
    };
    await Promise.all(Array.from({ length: together }, worker));
    return (count / (performance.now() - start)) * 1_000;
  };
  const contenders: Contender[] = [
    { name: names.ours, run: perSecond(many, (i) => session.request(methods[i % 3] ?? 'echo', { text: `${i}` })) },
    { name: names.invoke, run: perSecond(many, (i) => invoke.invoke(`'${i}'`)) },
    // More of them together would only measure how a machine runs out of memory.
    ...(together > 3
      ? []
      : [{ name: names.perCall, run: perSecond(together, (i) => processPerCall(executable, `'${i}'`)), turns: 3 }]),
    { name: names.pipe, run: perSecond(many, () => pipe.echo()) },
  ];
  const name = `Throughput, ${together === 1 ? 'one request at a time' : `${round(together)} requests under way`}`;
  return toRow(group, name, await race(contenders, fewTurns), 'requests/s');
}
