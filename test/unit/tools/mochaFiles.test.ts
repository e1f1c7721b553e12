// Test files that run at the same time, each in a process of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { SuiteResult } from '../../../tools/lib/mochaSuite.mjs';

const runner = pathToFileURL(path.resolve(__dirname, '../../../../tools/lib/mochaFiles.mjs')).href;

describe('the files of a suite that run at the same time', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'files-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** @returns the numbers, and what was printed before them */
  async function run(files: Readonly<Record<string, string>>): Promise<{ result: SuiteResult; printed: string }> {
    const paths = Object.entries(files).map(([name, text]) => {
      const file = path.join(folder, `${name}.test.js`);
      writeFileSync(file, text);
      return file;
    });
    const how = { atOnce: 2, env: {}, results: folder, options: { timeoutMs: 10_000 } };
    const call = `runFiles(${JSON.stringify(paths)}, ${JSON.stringify(how)})`;
    const program = `import { runFiles } from '${runner}'; console.log('\\n' + JSON.stringify(await ${call}));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    const end = stdout.trimEnd().lastIndexOf('\n');
    return { result: JSON.parse(stdout.slice(end)) as SuiteResult, printed: stdout.slice(0, end) };
  }

  const passing = 'describe("a", () => { it("b", () => undefined); });';
  const failing = 'describe("c", () => { it("d", () => { throw new Error("always"); }); });';

  it('are counted together, and what each prints stays together', async () => {
    const { result, printed } = await run({ one: passing, two: failing, three: passing });
    assert.deepEqual([result.passes, result.failures], [2, 1]);
    assert.deepEqual(
      result.failed.map(({ title }) => title),
      ['c d'],
    );
    assert.equal(printed.match(/1 passing/g)?.length, 2);
  });

  it('count as failed when one ends without a result, and the others go on', async () => {
    const { result } = await run({ gone: 'process.exit(3);', two: passing, three: passing });
    assert.deepEqual([result.passes, result.failures], [2, 1]);
    assert.match(result.failed[0]?.message ?? '', /gone ended without a result \(exit code 3\)/);
  });
});
