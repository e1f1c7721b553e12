// `npm run bench`: how fast the session is beside the other ways to talk to PowerShell, in one run on one machine.
//   npm run bench -- [--quick] [--json FILE]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openHost } from '../../src/hyperv/hostSession';
import type { InventoryStats } from '../../src/hyperv/api';
import { localLaunchSpec } from '../../src/powershell/launchSpec';
import { silentLog } from '../../src/powershell/log';
import { findSshd } from '../../tools/lib/sshd.mjs';
import { BarePipe, bareStart, invoker, ourSession, processPerCall, recordsCommand } from './contenders';
import { race, round, summarize, timesAsMuch, toRow, type Budget, type Contender, type Row } from './measure';
import { barePowerShell, memoryRows, memoryUnknown } from './memory';
import { bareSsh, sshRows } from './overSsh';
import { pairsPage } from './pairsPage';
import { environment, toText, type Report } from './report';
import { restartRow } from './restart';

const { values: options } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean' } } });
const executable = process.env['HYPERV_LAB_POWERSHELL'] ?? '';
/** Without a browser, which not every machine can get, the editor's page is left out. */
const chromium = process.env['HYPERV_LAB_CHROMIUM'] ?? '';
const turns = options.quick ? 40 : 300;
/** Starting a process takes so long that fewer turns say enough. */
const processTurns = options.quick ? 5 : 15;

async function roundTrips(cwd: string): Promise<Row[]> {
  const session = ourSession(localLaunchSpec({ executable, cwd }));
  const invoke = invoker(executable);
  const pipe = new BarePipe();
  try {
    await session.start();
    const smallest = await race(
      [
        { name: 'ours', run: () => session.request('echo', { text: 'x' }) },
        { name: 'node-powershell invoke()', run: () => invoke.invoke("'x'") },
        { name: 'a process per call', run: () => processPerCall(executable, "'x'"), turns: processTurns },
        { name: 'bare pipe', run: () => pipe.echo() },
      ],
      turns,
    );
    const records = await race(
      [
        { name: 'ours', run: () => session.request('records', { count: 500 }) },
        {
          name: 'node-powershell invoke()',
          run: async () => JSON.parse((await invoke.invoke(recordsCommand(500))).raw) as unknown,
        },
        {
          name: 'a process per call',
          run: async () => JSON.parse(await processPerCall(executable, recordsCommand(500))) as unknown,
          turns: processTurns,
        },
      ],
      Math.ceil(turns / 5),
    );
    const three = await race(
      [
        {
          name: 'ours',
          run: () =>
            Promise.all(
              ['sleepRead', 'sleepChange', 'sleepLong'].map((method) => session.request(method, { ms: 200 })),
            ),
        },
        {
          name: 'node-powershell invoke()',
          run: () => Promise.all([1, 2, 3].map(() => invoke.invoke('Start-Sleep -Milliseconds 200'))),
        },
      ],
      processTurns,
    );
    return [
      toRow('Smallest answer, through a runspace', smallest),
      toRow('500 records of 9 fields', records),
      toRow('Three calls of 200 ms at once', three),
    ];
  } finally {
    await Promise.all([session.stop(), pipe.stop(), invoke.dispose()]);
  }
}

const bare: Contender = { name: 'the same PowerShell, first output', run: () => bareStart(executable) };

async function starts(cwd: string): Promise<Row> {
  const timings = await race(
    [
      {
        name: 'ours, ready for requests',
        run: async () => {
          const session = ourSession(localLaunchSpec({ executable, cwd }));
          await session.start();
          // Ending it is not part of the start, so nobody waits for it here.
          stopping.push(session.stop());
        },
      },
      bare,
    ],
    processTurns,
  );
  await Promise.all(stopping);
  return toRow('Start of a session', timings);
}
const stopping: Promise<void>[] = [];

async function inventory(cwd: string, vmsPerHost: number, repeats: number): Promise<InventoryStats> {
  const definition = { kind: 'lab', id: 'lab:bench', name: 'bench', spec: { vmsPerHost }, index: 0 } as const;
  const host = await openHost(definition, { cwd, log: silentLog, powershell: executable });
  try {
    const stats: InventoryStats[] = [];
    for (let i = 0; i <= repeats; i++) stats.push((await host.inventory()).stats);
    // The first one builds the lab.
    const warm = stats.slice(1);
    const [last] = warm.slice(-1);
    if (!last) throw new Error('no inventory was read');
    return { ...last, ms: summarize(warm.map(({ ms }) => ms)).median };
  } finally {
    await host.stop();
  }
}

async function inventories(cwd: string): Promise<{ rows: Row[]; budgets: Budget[] }> {
  const repeats = options.quick ? 2 : 5;
  const sizes = options.quick ? [5, 500] : [5, 100, 500, 2000];
  const results = new Map<number, InventoryStats>();
  for (const size of sizes) results.set(size, await inventory(cwd, size, repeats));
  const rows = [...results].map(([size, { ms, bytes }]) => ({
    name: `Inventory of ${size} lab VMs (${round(ms / size)} ms and ${Math.round(bytes / size)} bytes a VM)`,
    unit: 'ms' as const,
    ours: round(ms),
    others: {},
    ratios: {},
    spread: {},
  }));
  const queries = new Set([...results.values()].map(({ cimQueries }) => cimQueries));
  const most = Math.max(...queries);
  const budgets = [
    {
      name: `CIM queries of an inventory, for ${sizes.join(', ')} VMs`,
      limit: '<= 16, the same for all',
      value: most,
      holds: queries.size === 1 && most <= 16,
    },
  ];
  return { rows, budgets };
}

function sessionBudgets(smallest: Row | undefined, start: Row): Budget[] {
  const invoke = smallest?.ratios['node-powershell invoke()'] ?? 0;
  const perCall = smallest?.ratios['a process per call'] ?? 0;
  const ready = timesAsMuch(start, bare.name);
  return [
    { name: 'invoke() takes this many times our round trip', limit: '>= 3', value: invoke, holds: invoke >= 3 },
    {
      name: 'a process per call takes this many times our round trip',
      limit: '>= 150',
      value: perCall,
      holds: perCall >= 150,
    },
    atMost(2, 'our start takes this many times a bare start', ready),
  ];
}

/** Restarts, memory, and the same over ssh: what has a floor that nobody can get below. */
async function lifeRows(cwd: string): Promise<Omit<Report, 'environment'>> {
  const launch = localLaunchSpec({ executable, cwd });
  const rows = [await restartRow('Restart after the process was killed', launch, bare, processTurns)];
  const budgets: Budget[] = [];
  const leftOut: Record<string, string> = {};
  if (memoryUnknown === undefined) {
    for (const row of await memoryRows(executable, cwd, processTurns)) {
      rows.push(row);
      budgets.push(atMost(1.5, `${row.name}: times that of a bare PowerShell`, timesAsMuch(row, barePowerShell)));
    }
  } else leftOut['Memory of an idle session'] = memoryUnknown;
  const found = findSshd();
  if ('sshd' in found) {
    const { start, restart } = await sshRows(found.sshd, processTurns);
    rows.push(start, restart);
    budgets.push(atMost(2, 'our start over ssh takes this many times a bare one', timesAsMuch(start, bareSsh)));
  } else leftOut['Sessions over ssh'] = found.reason;
  return { rows, budgets, leftOut };
}

function atMost(limit: number, name: string, value: number): Budget {
  return { name, limit: `<= ${limit}`, value, holds: value <= limit };
}

async function main(): Promise<void> {
  if (!path.isAbsolute(executable)) throw new Error('HYPERV_LAB_POWERSHELL must name a PowerShell; use npm run bench.');
  const cwd = await mkdtemp(path.join(tmpdir(), 'hyperv-lab-bench-'));
  try {
    const trips = await roundTrips(cwd);
    const start = await starts(cwd);
    const lists = await inventories(cwd);
    const life = await lifeRows(cwd);
    const page = chromium === '' ? [] : await pairsPage(chromium, options.quick ? 3 : 10);
    const version = await processPerCall(executable, '[string]$PSVersionTable.PSVersion');
    const report: Report = {
      environment: environment(`${version.trim()} (${path.basename(executable)})`),
      rows: [...trips, start, ...life.rows, ...lists.rows, ...page],
      budgets: [...sessionBudgets(trips[0], start), ...life.budgets, ...lists.budgets],
      leftOut: { ...life.leftOut, ...(chromium === '' && { 'The editor of pairs': 'no Chromium was found' }) },
    };
    console.log(toText(report));
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
