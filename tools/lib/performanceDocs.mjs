// Makes the generated parts of docs/performance.md and its charts out of docs/performance.json. Used by `npm run bench --
// --docs` and by tools/performanceDocs.mjs; a test compares what is committed with what these make.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import { barChart } from './barChart.mjs';

/** The numbers, as `npm run bench -- --json` writes them. */
export const numbers = 'docs/performance.json';
const page = 'docs/performance.md';

/** Writes all files of a repository anew; the same numbers give the same files. */
export async function writePerformanceDocs(root) {
  for (const [name, text] of Object.entries(await performanceDocs(root))) {
    await writeFile(path.join(root, name), text);
  }
}

/** What the files shall hold, by their paths; what is written by hand in the page stays. */
export async function performanceDocs(root) {
  const read = (name) => readFile(path.join(root, name), 'utf8');
  const report = JSON.parse(await read(numbers));
  const blocks = {
    environment: environmentText(report),
    budgets: budgetTable(report),
    ...Object.fromEntries(groupsOf(report).map((group) => [`rows ${group}`, rowTable(report, group)])),
  };
  const text = filled(await read(page), blocks);
  const options = { ...(await prettier.resolveConfig(path.join(root, page))), parser: 'markdown' };
  return {
    [numbers]: await prettier.format(JSON.stringify(report), { ...options, parser: 'json' }),
    [page]: await prettier.format(text, options),
    ...charts(report),
  };
}

function groupsOf({ rows }) {
  return [...new Set(rows.map(({ group }) => group))];
}

/** Replaces what is between `<!-- name -->` and `<!-- /name -->`. */
function filled(text, blocks) {
  return text.replace(/(<!-- ([\w ]+) -->\n)[^]*?(<!-- \/\2 -->)/g, (_, start, name, end) => {
    if (!(name in blocks)) {
      throw new Error(`${page} wants a block '${name}', and the numbers have ${Object.keys(blocks).join(', ')}.`);
    }
    return `${start}\n${blocks[name]}\n\n${end}`;
  });
}

function environmentText({ environment, leftOut }) {
  const facts = Object.entries(environment).map(([name, value]) => `- ${name}: ${value}`);
  const missing = Object.entries(leftOut).map(([name, reason]) => `- left out: ${name}, as ${reason}`);
  return [...facts, ...missing].join('\n');
}

function budgetTable({ budgets }) {
  const lines = budgets.map(({ name, limit, value, holds }) => {
    return `| ${name} | ${limit.replace('<=', '≤').replace('>=', '≥')} | ${number(value)} | ${holds ? 'holds' : '**misses**'} |`;
  });
  return ['| What | Limit | Measured | |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function rowTable({ rows }, group) {
  const lines = rows
    .filter((row) => row.group === group)
    .flatMap(({ name, unit, ours, others, ratios, spread }) => [
      `| **${name}** | ${measured(ours, spread.ours, unit)} | |`,
      ...Object.entries(others).map(
        ([other, value]) => `| ${other} | ${measured(value, spread[other], unit)} | ${number(ratios[other])} |`,
      ),
    ]);
  return ['| What, and beside whom | Median (quartiles) | Times |', '| --- | --- | --- |', ...lines].join('\n');
}

function measured(value, [lower, upper], unit) {
  const spread = lower === value && upper === value ? '' : ` (${number(lower)} – ${number(upper)})`;
  return `${number(value)} ${unit}${spread}`;
}

/** JSON has no infinity. */
function number(value) {
  return value === null ? '–' : value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function charts(report) {
  const row = (name) => report.rows.find((candidate) => candidate.name === name);
  const bars = ({ ours, others, unit }) => [
    { label: 'ours', value: ours, unit, ours: true },
    ...Object.entries(others).map(([label, value]) => ({ label, value, unit, ours: false })),
  ];
  const chart = (name, title, description, wanted) => {
    const groups = wanted
      .map((one) => (typeof one === 'string' ? row(one) : report.rows.find(one)))
      .filter((found) => found !== undefined)
      .map((found) => ({ title: found.name, bars: bars(found) }));
    return groups.length === 0
      ? []
      : [[`docs/images/performance-${name}.svg`, barChart({ title, description, groups })]];
  };
  const inventories = report.rows.filter(({ group, name }) => group === 'Inventory' && /^[\d,]+ VMs$/.test(name));
  return Object.fromEntries([
    ...chart('session', 'Answers of a session', 'Milliseconds, on a logarithmic scale: shorter is better.', [
      'Smallest answer, through a runspace',
      '500 records of 9 fields',
      'Three calls of 200 ms at once',
      'Cancel a call that sleeps, to the next answer',
    ]),
    ...chart(
      'inventory',
      'List of all VMs with their integration services',
      'Milliseconds, on a logarithmic scale: shorter is better.',
      inventories.map(({ name }) => name),
    ),
    ...chart('window', 'In the window', 'Milliseconds, on a logarithmic scale: shorter is better.', [
      'Activation: require and activate',
      'Event of one VM to its painted row',
      ({ name }) => /is opened in the tree$/.test(name),
      'Editor of 1,000 pairs: open',
      'Store: 2,000 VMs, nothing changed',
    ]),
  ]);
}
