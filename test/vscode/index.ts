// The entry the extension host calls: runs every compiled test beside it and leaves the numbers in a file, as nothing an
// extension host prints reaches the terminal. The same file serves code-server and @vscode/test-electron.
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runSuite } from '../../tools/lib/mochaSuite.mjs';
import { standInForThisComputer } from './support/localComputer';

/** Starting a PowerShell and reading the first inventory takes seconds on a loaded machine. */
const timeoutMs = 60_000;

export async function run(): Promise<void> {
  const result = process.env['HYPERV_LAB_TEST_RESULT'];
  if (!result) {
    throw new Error('HYPERV_LAB_TEST_RESULT does not name the file for the result.');
  }
  standInForThisComputer();
  const root = path.resolve(__dirname, '../../..');
  const numbers = await runSuite({
    files: testFiles(),
    grep: process.env['HYPERV_LAB_TEST_GREP'],
    timeoutMs,
    // See tools/test.mjs: a busy machine may starve any process for seconds.
    tries: 2,
    print: (line) => {
      appendFileSync(`${result}.txt`, `${line}\n`);
    },
    // Other extensions live in the same process; their rejections are not ours.
    isOurs: (reason) => reason instanceof Error && (reason.stack ?? '').includes(root),
  });
  writeFileSync(result, JSON.stringify(numbers));
  if (numbers.failures > 0) {
    throw new Error(`${numbers.failures} failed`);
  }
}

/** These need a window in which nobody has opened the lab yet; it stays open from then on. */
const beforeTheLab = ['activation.test.js', 'readiness.test.js'];

function testFiles(): string[] {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.js'),
  );
  const others = files.filter((file) => !beforeTheLab.includes(file)).sort();
  return [...beforeTheLab, ...others].map((file) => path.join(__dirname, file));
}
