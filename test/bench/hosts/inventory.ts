// The list of a host's VMs with their integration services: ours beside the two ways in which others get it, on the same
// lab with the same latency, and beside our own floor, the queries alone.
import {
  exactly,
  race,
  round,
  summarize,
  timed,
  toRow,
  type Contender,
  type Results,
  type Row,
  type Summary,
} from '../measure';
import type { Plan } from '../plan';
import { openBenchHost } from './benchHost';
import { latency } from './latencyModel';
import { processPerList } from './processPerList';

const names = {
  ours: 'ours',
  cmdlets: 'Get-VM and Get-VMIntegrationService, warm session',
  process: 'the same, a process for each list',
  queries: 'our CIM queries alone',
} as const;

/** From here on nearly all of the time is waiting, and so long that all contenders wait at the same time, once. */
const largeFrom = 500;

export async function inventories(plan: Plan): Promise<Results> {
  const rows: Row[] = [];
  const queries = new Map<number, number>();
  for (const size of plan.quick ? [5, 100] : [5, 100, 500, 2000]) {
    const { summaries, cimQueries } = await inventoryOf(plan, size);
    rows.push(toRow('Inventory', `${size.toLocaleString('en-US')} VMs`, summaries));
    queries.set(size, cimQueries);
  }
  const counts = [...new Set(queries.values())];
  const most = Math.max(...counts);
  const budget = {
    name: `CIM queries of an inventory, for ${[...queries.keys()].join(', ')} VMs`,
    limit: '<= 16, the same for all',
    value: most,
    holds: counts.length === 1 && most <= 16,
  };
  return { rows, budgets: [budget] };
}

async function inventoryOf(
  plan: Plan,
  size: number,
): Promise<{ summaries: ReadonlyMap<string, Summary>; cimQueries: number }> {
  const spec = { vmsPerHost: size, latency };
  const ours = openBenchHost(plan, spec);
  const theirs = openBenchHost(plan, spec);
  const floor = openBenchHost(plan, spec);
  const process = await processPerList(plan, spec);
  try {
    let cimQueries = 0;
    const contenders: Contender[] = [
      {
        name: names.ours,
        run: async () => {
          cimQueries = (await ours.newcomer().inventory()).stats.cimQueries;
        },
      },
      { name: names.cmdlets, run: () => theirs.session.request('bench.cmdlets', {}) },
      { name: names.process, run: () => process.list() },
      { name: names.queries, run: () => floor.session.request('bench.queries', {}) },
    ];
    await Promise.all([ours, theirs, floor].map(({ session }) => session.request('host.clock', {})));
    await theirs.session.request('bench.module', {});
    const turns = size > 5 ? (plan.quick ? 1 : 2) : 5;
    const summaries = size >= largeFrom ? await allAtOnce(contenders) : await race(contenders, turns, size > 5);
    return { summaries, cimQueries };
  } finally {
    await Promise.all([ours.client.stop(), theirs.client.stop(), floor.client.stop(), process.dispose()]);
  }
}

async function allAtOnce(contenders: readonly Contender[]): Promise<ReadonlyMap<string, Summary>> {
  const measured = await Promise.all(
    contenders.map(async (contender) => {
      let own: unknown;
      const ms = await timed(async () => {
        own = await contender.run();
      });
      return [contender.name, exactly(typeof own === 'number' ? own : ms)] as const;
    }),
  );
  return new Map(measured);
}

/** What the lab's latency hides: our own work, by the number of VMs, and a list of which nothing is news. */
export async function growth(plan: Plan): Promise<Results> {
  const [few, many] = plan.quick ? [100, 500] : [100, 2000];
  const small = await withoutLatency(plan, few);
  const large = await withoutLatency(plan, many);
  const label = (size: number): string => `${size.toLocaleString('en-US')} VMs`;
  const perVm = (name: string, unit: Row['unit'], pick: (one: OwnWork) => readonly number[]): Row =>
    toRow(
      'Inventory',
      `${name} a VM, with ${label(many)}`,
      new Map([
        ['ours', summarize(pick(large).map((value) => value / many))],
        [`with ${label(few)}`, summarize(pick(small).map((value) => value / few))],
      ]),
      unit,
    );
  const time = perVm('Time without the latency,', 'ms/VM', ({ ms }) => ms);
  const bytes = perVm('Bytes,', 'bytes/VM', (one) => one.bytes);
  const whole = toRow(
    'Inventory',
    `${label(many)} without the latency`,
    new Map([
      ['ours', summarize(large.ms)],
      [names.queries, summarize(large.queriesMs)],
    ]),
  );
  const again = toRow(
    'Inventory',
    `${label(many)} again, nothing changed, without the latency`,
    new Map([
      ['ours', summarize(large.againMs)],
      ['the first list', summarize(large.ms)],
    ]),
  );
  const againBytes = toRow(
    'Inventory',
    `Bytes of ${label(many)} again, nothing changed`,
    new Map([
      ['ours', summarize(large.againBytes.map((value) => value / 1_024))],
      ['the first list', summarize(large.bytes.map((value) => value / 1_024))],
    ]),
    'KiB',
  );
  const grows = (name: string, row: Row): Results['budgets'][number] => {
    const [before = 0] = Object.values(row.others);
    const value = round(row.ours / before);
    return { name: `${name} a VM, ${label(many)} beside ${label(few)}`, limit: '<= 1.25', value, holds: value <= 1.25 };
  };
  return {
    rows: [time, bytes, whole, again, againBytes],
    budgets: [grows('Time of an inventory', time), grows('Bytes of an inventory', bytes)],
  };
}

interface OwnWork {
  readonly ms: number[];
  readonly bytes: number[];
  readonly againMs: number[];
  readonly againBytes: number[];
  readonly queriesMs: number[];
}

async function withoutLatency(plan: Plan, size: number): Promise<OwnWork> {
  const { client, newcomer, session } = openBenchHost(plan, { vmsPerHost: size });
  const work: OwnWork = { ms: [], againMs: [], queriesMs: [], bytes: [], againBytes: [] };
  try {
    // The lab makes its rows with the first ones.
    await client.inventory();
    await session.request('bench.queries', {});
    for (let turn = 0; turn < (plan.quick ? 3 : 7); turn++) {
      const one = newcomer();
      const { stats } = await one.inventory();
      work.ms.push(stats.ms);
      work.bytes.push(stats.bytes);
      const again = (await one.inventory()).stats;
      work.againMs.push(again.ms);
      work.againBytes.push(again.bytes);
      work.queriesMs.push(await timed(() => session.request('bench.queries', {})));
    }
    return work;
  } finally {
    await client.stop();
  }
}
