// `npm run bench`: how fast we are beside the other ways to do the same, in one run on one machine.
//   npm run bench -- [--quick] [--json FILE] [--only GROUP,...]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CodeServer } from '../../tools/lib/editor.mjs';
import { settlesWithin } from '../../tools/lib/processes.mjs';
import { inWindow } from './editor/inWindow';
import { pairsPage } from './editor/pairsPage';
import { sizes } from './editor/sizes';
import { burst } from './hosts/burst';
import { deadHost } from './hosts/deadHost';
import { growth, inventories } from './hosts/inventory';
import { storeDiff } from './hosts/store';
import type { Results } from './measure';
import type { Plan } from './plan';
import { environment, toText, type Report } from './report';
import { cancel } from './session/cancel';
import { processPerCall } from './session/contenders';
import { roundTrips } from './session/roundTrips';
import { memory, overSsh, starts } from './session/starts';

/** In the order of the report. */
const groups: Readonly<Record<string, (plan: Plan) => Promise<Results>>> = {
  roundTrips,
  starts,
  cancel,
  memory,
  overSsh,
  inventories,
  growth,
  storeDiff,
  burst,
  deadHost,
  pairsPage,
  inWindow,
  sizes,
};

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean' }, only: { type: 'string' } },
});

/** Far more than any of them takes: what hangs shall not void the rest. */
const groupLimitMs = 6 * 60_000;

/** A group that fails is told as left out, and fails the run in the end. */
async function resultsOf(name: string, running: Promise<Results>): Promise<Results> {
  try {
    if (await settlesWithin(running, groupLimitMs)) return await running;
    throw new Error(`it did not end within ${groupLimitMs / 60_000} minutes`);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { rows: [], budgets: [], leftOut: { [name]: reason } };
  }
}

async function main(): Promise<void> {
  const executable = process.env['HYPERV_LAB_POWERSHELL'] ?? '';
  if (!path.isAbsolute(executable)) throw new Error('HYPERV_LAB_POWERSHELL must name a PowerShell; use npm run bench.');
  const codeServer = process.env['HYPERV_LAB_CODE_SERVER'] ?? '';
  const quick = options.quick === true;
  const plan: Plan = {
    quick,
    executable,
    cwd: await mkdtemp(path.join(tmpdir(), 'bench-')),
    chromium: process.env['HYPERV_LAB_CHROMIUM'] ?? '',
    codeServer: codeServer === '' ? undefined : (JSON.parse(codeServer) as CodeServer),
    vsix: process.env['HYPERV_LAB_BENCH_VSIX'] ?? '',
    turns: quick ? 40 : 300,
    fewTurns: quick ? 3 : 7,
  };
  const started = performance.now();
  try {
    const results: Results[] = [];
    for (const name of options.only?.split(',') ?? Object.keys(groups)) {
      const run = groups[name];
      if (run === undefined) throw new Error(`There is no group ${name}, but ${Object.keys(groups).join(', ')}.`);
      const begun = performance.now();
      results.push(await resultsOf(name, run(plan)));
      console.error(`${name}: ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
    }
    const version = await processPerCall(executable, '[string]$PSVersionTable.PSVersion');
    const report: Report = {
      environment: {
        ...environment(`${version.trim()} (${path.basename(executable)})`),
        mode: quick ? 'quick' : 'full',
        seconds: ((performance.now() - started) / 1_000).toFixed(0),
      },
      rows: results.flatMap(({ rows }) => rows),
      budgets: results.flatMap(({ budgets }) => budgets),
      leftOut: Object.assign({}, ...results.map(({ leftOut }) => leftOut)) as Report['leftOut'],
    };
    console.log(toText(report));
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await rm(plan.cwd, { recursive: true, force: true });
  }
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  // What hung would keep the process.
  .finally(() => process.exit());
