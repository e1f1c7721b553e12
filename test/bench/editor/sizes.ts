// What is downloaded, and what is loaded when.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { atMost, exactly, round, toRow, type Results } from '../measure';
import type { Plan } from '../plan';

const dist = path.resolve(__dirname, '../../../dist');

export async function sizes({ vsix }: Plan): Promise<Results> {
  if (vsix === '') return { rows: [], budgets: [], leftOut: { Sizes: 'the extension was not packaged' } };
  const kib = async (file: string): Promise<number> => (await stat(file)).size / 1_024;
  const files = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  const sizeOf = new Map<string, number>();
  for (const name of files) sizeOf.set(name, await kib(path.join(dist, name)));
  const page = sizeOf.get('kvpPage.js') ?? 0;
  // Nobody with a host of their own loads the demo lab.
  const inHost = [...sizeOf].filter(([name]) => name !== 'kvpPage.js' && name !== 'lab.js');
  const code = inHost.reduce((sum, [, size]) => sum + size, 0);
  const activated = sizeOf.get('extension.js') ?? 0;
  const packaged = await kib(vsix);
  const row = (name: string, size: number): Results['rows'][number] =>
    toRow('Sizes', name, new Map([['ours', exactly(size)]]), 'KiB');
  return {
    rows: [
      row('Loaded by activation (dist/extension.js, minified)', activated),
      row('All code of the extension host but the demo lab (dist, minified)', code),
      row('Page of the editor of pairs (dist/kvpPage.js)', page),
      row('Package (.vsix)', packaged),
    ],
    budgets: [
      atMost(100, 'What activation loads, KiB', round(activated)),
      atMost(200, 'All code of the extension host but the demo lab, KiB', round(code)),
      atMost(40, 'Page of the editor of pairs, KiB', round(page)),
      atMost(400, 'Package, KiB', round(packaged)),
    ],
  };
}
