// The list by one process: it starts, loads the module, lists, prints JSON and ends. What the lab itself needs to be there
// is counted out, as a real host is there already.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { labScript, parseLabSpec } from '../../../src/lab/lab';
import type { Plan } from '../plan';
import { processPerCall } from '../session/contenders';
import listings from './listings.ps1';

const mark = '@lab ';

export interface ProcessPerList {
  /** Milliseconds of one list. */
  list(): Promise<number>;
  dispose(): Promise<void>;
}

export async function processPerList(
  { executable, cwd }: Plan,
  spec: { readonly vmsPerHost: number },
): Promise<ProcessPerList> {
  const size = spec.vmsPerHost;
  const { prelude } = labScript(parseLabSpec(spec), 0);
  const folder = await mkdtemp(path.join(cwd, 'lab-'));
  const file = (name: string): string => path.join(folder, name);
  const text = (name: string): string => `[System.IO.File]::ReadAllText('${file(name).replaceAll("'", "''")}')`;
  await writeFile(file('prelude.ps1'), prelude.text);
  await writeFile(file('data.json'), JSON.stringify(prelude.data));
  await writeFile(file('listings.ps1'), listings);
  const script = [
    '$clock = [System.Diagnostics.Stopwatch]::StartNew()',
    `. ([scriptblock]::Create(${text('prelude.ps1')}))`,
    `Enter-SessionPrelude -State (New-SessionPreludeState -Data (ConvertFrom-Json (${text('data.json')})))`,
    '$ms = $clock.Elapsed.TotalMilliseconds',
    `. ([scriptblock]::Create(${text('listings.ps1')}))`,
    'ConvertTo-Json -Compress -Depth 4 -InputObject @(Get-BenchVm)',
    `[Console]::Out.WriteLine('${mark}' + $ms.ToString([cultureinfo]::InvariantCulture))`,
  ].join('; ');
  return {
    async list() {
      const start = performance.now();
      const printed = await processPerCall(executable, script);
      const [json = '', labMs = ''] = printed.split(mark);
      if (labMs === '') throw new Error(`The process printed no list, but: ${printed.slice(0, 500)}`);
      const vms = JSON.parse(json) as unknown[];
      if (vms.length !== size) throw new Error(`The process listed ${vms.length} VMs, not ${size}.`);
      return performance.now() - start - Number(labMs);
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
