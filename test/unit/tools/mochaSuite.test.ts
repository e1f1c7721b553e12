// The tools' runner, in a process of its own as in `npm test`: what it says of tests that fail, always or once.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { SuiteResult } from '../../../tools/lib/mochaSuite.mjs';

const child = path.resolve(__dirname, '../../../../tools/lib/mochaChild.mjs');

describe('the runner of the tests', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'runner-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(tests: string, tries: number): Promise<SuiteResult> {
    const file = path.join(folder, 'some.test.js');
    const result = path.join(folder, 'result.json');
    writeFileSync(file, tests);
    const options = JSON.stringify({ files: [file], timeoutMs: 10_000, tries, result });
    // It exits with 1 when a test fails.
    await promisify(execFile)(process.execPath, [child, options]).catch(() => undefined);
    return JSON.parse(readFileSync(result, 'utf8')) as SuiteResult;
  }

  const titles = (tests: SuiteResult['failed']): string[] => tests.map(({ title }) => title);
  const unsteady = 'let n = 0; describe("a", () => { it("b", () => { if (n++ === 0) throw new Error("once"); }); });';
  const failing = 'describe("a", () => { it("b", () => { throw new Error("always"); }); it("c", () => undefined); });';

  it('counts and names a test that passes when run again', async () => {
    const result = await run(unsteady, 2);
    assert.deepEqual([result.passes, result.failures], [1, 0]);
    assert.deepEqual([titles(result.failed), titles(result.unsteady)], [[], ['a b']]);
    assert.match(result.unsteady[0]?.message ?? '', /^Error: once/);
  });

  it('counts a test that fails each time once, as failed', async () => {
    const result = await run(failing, 2);
    assert.deepEqual([result.passes, result.failures], [1, 1]);
    assert.deepEqual([titles(result.failed), titles(result.unsteady)], [['a b'], []]);
    assert.match(result.failed[0]?.message ?? '', /^Error: always/);
  });

  it('runs no test again unless it may', async () => {
    const result = await run(unsteady, 1);
    assert.deepEqual([result.passes, result.failures], [0, 1]);
    assert.deepEqual(titles(result.failed), ['a b']);
  });

  it('names a promise that was rejected outside of any test', async () => {
    const result = await run('it("a", () => { Promise.reject(new Error("lost")); });', 1);
    assert.equal(result.failures, 1);
    assert.match(result.failed[0]?.message ?? '', /^Error: lost/);
  });
});
