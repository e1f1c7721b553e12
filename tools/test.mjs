// `npm test`: builds, runs the suites one after the other, and ends with one line of numbers. See --help.
import { readdirSync, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { filesWithCanary } from './lib/canary.mjs';
import { reportCoverage, startCoverage } from './lib/coverage.mjs';
import { hostKind, runInExtensionHost } from './lib/extensionHost.mjs';
import { endLeftovers } from './lib/leftovers.mjs';
import { ToolError, say, showError } from './lib/log.mjs';
import { runFiles, runTogether } from './lib/mochaFiles.mjs';
import { prepare, root } from './lib/prepare.mjs';
import { runTool } from './lib/tool.mjs';

const help = `npm test [-- suite …] [-- options]

Suites, in this order: unit, powershell, vscode, e2e. All of them when none is named.

  --grep TEXT          only tests whose title contains TEXT.
  --update-pictures    the end-to-end suite also writes the pictures of docs/images.
  --help               this text.`;

/**
 * What each suite needs and how long one of its tests may take. The limits are against hanging, not measurements:
 * the slowest tests take a tenth of them here. Suites that drive real processes run a test that failed once more, since
 * a busy machine may starve any process for seconds; each such test is named at the end, whatever became of it.
 * `atOnce`: that many files of it run at the same time, as most of them wait most of the time.
 */
const suites = {
  unit: { timeoutMs: 20_000, counted: true },
  powershell: { timeoutMs: 60_000, tries: 2, atOnce: 3, counted: true, powershell: true, sshd: true },
  vscode: { powershell: true, codeServer: hostKind() === 'code-server', chromium: hostKind() === 'code-server' },
  e2e: {
    timeoutMs: 180_000,
    tries: 2,
    atOnce: 2,
    powershell: true,
    codeServer: true,
    chromium: true,
    sshd: true,
    onlyOn: 'linux',
  },
};

await runTool({
  command: 'npm test',
  help,
  options: { grep: { type: 'string' }, 'update-pictures': { type: 'boolean' } },
  allowPositionals: true,
  main,
  lastWords: '0 passed, 1 failed',
});

async function main({ grep, 'update-pictures': updatePictures }, named, mark) {
  const unknown = named.find((name) => !Object.hasOwn(suites, name));
  if (unknown) {
    throw new ToolError(`There is no suite '${unknown}'.`, `name some of ${Object.keys(suites).join(', ')}.`);
  }
  const names = Object.keys(suites).filter((name) => (named.length === 0 ? runsHere(name) : named.includes(name)));
  const needs = (what) => names.some((name) => suites[name][what]);
  const found = await prepare({
    build: ['--tests'],
    powershell: needs('powershell'),
    codeServer: needs('codeServer'),
    chromium: needs('chromium'),
    sshd: needs('sshd'),
  });
  const env = {
    ...(found.powershell && { HYPERV_LAB_POWERSHELL: found.powershell.executable }),
    ...(found.codeServer && { HYPERV_LAB_CODE_SERVER: JSON.stringify(found.codeServer) }),
    ...(found.chromium && { HYPERV_LAB_CHROMIUM: found.chromium }),
    ...(found.sshd?.sshd && { HYPERV_LAB_SSHD: found.sshd.sshd }),
    ...(updatePictures && { HYPERV_LAB_UPDATE_PICTURES: '1' }),
    ...(grep && { HYPERV_LAB_TEST_GREP: grep }),
  };
  const coverage = names.some((name) => suites[name].counted) ? await startCoverage() : {};
  const results = [];
  for (const name of names) {
    say(`\n=== ${name} ===`);
    results.push({ name, ...(await runOne(name, { found, grep, env, coverage, mark })) });
  }
  if (names.some((name) => suites[name].counted)) {
    await reportCoverage();
  }
  return report(results);
}

/** Once more at the end, as a long run is often seen from there. */
function tellTests(heading, results, key) {
  const lines = results.flatMap(({ name, [key]: tests = [] }) =>
    tests.map(({ title, message }) => `  ${name}: ${title}\n${message.replace(/^/gm, '    ')}`),
  );
  if (lines.length > 0) {
    say(`\n${heading}:\n${lines.join('\n')}`);
  }
}

function runsHere(name) {
  const { onlyOn } = suites[name];
  if (!onlyOn || onlyOn === process.platform) {
    return true;
  }
  say(`The suite ${name} is left out: it drives code-server, which runs on ${onlyOn} only.`);
  return false;
}

/** Runs one suite; whatever goes wrong outside of a test becomes a failure with a sentence. */
async function runOne(name, { found, grep, env, coverage, mark }) {
  const started = performance.now();
  const problems = [];
  let numbers = { passes: 0, failures: 0, pending: 0 };
  try {
    const results = await resultFolder(name);
    numbers =
      name === 'vscode'
        ? await runInExtensionHost({ kind: hostKind(), ...found, env, result: path.join(results, 'vscode.json') })
        : await runInNode(name, { grep, env: { ...env, ...(suites[name].counted ? coverage : {}) }, results });
    if (numbers.passes + numbers.failures === 0) {
      problems.push('no test was run');
    }
  } catch (error) {
    showError(error);
    problems.push(String(error.message).split('\n')[0]);
  }
  for (const { pid, command } of await endLeftovers(mark)) {
    problems.push(`left a process behind, now ended: ${pid} ${command.slice(0, 200)}`);
  }
  for (const file of filesWithCanary(root)) {
    problems.push(`left the password of the tests in ${file}`);
  }
  return { ...numbers, problems, seconds: (performance.now() - started) / 1000 };
}

async function resultFolder(name) {
  const folder = path.join(root, 'out', 'results', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

async function runInNode(name, { grep, env, results }) {
  const folder = path.join(root, 'out', 'test', name);
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.test.js'))
        .sort()
        .map((file) => path.join(folder, file))
    : [];
  const { timeoutMs, tries, atOnce = 1 } = suites[name];
  const how = { options: { grep, timeoutMs, tries }, env, results };
  // A search is quicker in one process: most files have nothing to run.
  return await (atOnce === 1 || grep ? runTogether(files, how) : runFiles(files, { ...how, atOnce }));
}

/** Prints what failed, the table and, as the last line, the sum; returns the exit code. */
function report(results) {
  tellTests('Failed', results, 'failed');
  tellTests('Failed first and passed when run again', results, 'unsteady');
  say('\nsuite         passed  failed  skipped  seconds');
  for (const { name, passes, failures, pending, seconds } of results) {
    const cells = [passes, failures, pending, seconds.toFixed(1)].map((value, index) =>
      String(value).padStart([8, 8, 9, 9][index]),
    );
    say(`${name.padEnd(12)}${cells.join('')}`);
  }
  const problems = results.flatMap(({ name, problems: all }) => all.map((text) => `${name}: ${text}`));
  if (problems.length > 0) {
    say(`\nAlso counted as failed:\n${problems.map((text) => `  ${text}`).join('\n')}`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const failed = sum('failures') + problems.length;
  const skipped = sum('pending');
  say(`\n${sum('passes')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 || results.length === 0 ? 1 : 0;
}
