// Runs the test files of a suite in child processes: in one for all, or in one for each file and some at the same time.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ToolError } from './log.mjs';
import { settlesWithin, start } from './processes.mjs';

const program = path.join(import.meta.dirname, 'mochaChild.mjs');
/** A process that a test forgot may hold the pipe for longer. */
const drainMs = 1_000;

/**
 * Runs the files in processes of their own, `atOnce` of them at a time. What a file prints is shown when it has ended, so
 * that the lines of one stay together.
 * @param {string[]} files absolute paths of test files
 * @param {{ atOnce: number, env: object, results: string, options: object }} how `results`: an existing folder; `options`:
 *   of runSuite, without the files
 * @returns the numbers of all files together, as runSuite returns them
 */
export async function runFiles(files, { atOnce, ...how }) {
  const waiting = [...files];
  const results = [];
  const worker = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      results.push(await runTogether([file], { ...how, quiet: true }).catch((error) => withoutResult(file, error)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return merge(results);
}

/** Runs the files in one process; `quiet` keeps what they print until they have ended. */
export async function runTogether(files, { env, results, options, quiet = false }) {
  const name = path.basename(files[0] ?? 'none', '.test.js');
  const result = path.join(results, `${name}.json`);
  const { child, exited } = start(
    process.execPath,
    ['--enable-source-maps', program, JSON.stringify({ ...options, files, result })],
    { env: { ...process.env, ...env }, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'] },
  );
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
  const { code, signal, error } = await exited;
  // The rest may still be in the pipe.
  if (child.stdout && !child.stdout.closed) await settlesWithin(once(child.stdout, 'close'), drainMs);
  process.stdout.write(Buffer.concat(output));
  if (!existsSync(result)) {
    throw new ToolError(`${name} ended without a result (${error?.message ?? signal ?? `exit code ${code}`}).`);
  }
  return JSON.parse(await readFile(result, 'utf8'));
}

/** The others go on. */
function withoutResult(file, error) {
  return { passes: 0, failures: 1, pending: 0, failed: [{ title: path.basename(file), message: error.message }] };
}

function merge(results) {
  const sum = (key) => results.reduce((total, one) => total + one[key], 0);
  const all = (key) => results.flatMap((one) => one[key] ?? []);
  return {
    passes: sum('passes'),
    failures: sum('failures'),
    pending: sum('pending'),
    failed: all('failed'),
    unsteady: all('unsteady'),
  };
}
