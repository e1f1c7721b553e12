// Golden files: the expected text lies beside the tests, and a change of it is reviewed as a diff.
// HYPERV_LAB_UPDATE_GOLDEN=1 writes them anew.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @param file below test/, e.g. `unit/views/golden/vmRows.txt` */
export function assertGolden(file: string, actual: string): void {
  const target = path.resolve('test', file);
  if (process.env['HYPERV_LAB_UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, actual);
  }
  assert.ok(existsSync(target), `${target} is missing; run with HYPERV_LAB_UPDATE_GOLDEN=1 to write it`);
  assert.equal(actual, readFileSync(target, 'utf8'));
}
