// Coverage of src/ by the suites that run in plain Node, from V8's own counters. Used by `npm test`.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { CoverageReport } from 'monocart-coverage-reports';
import { say } from './log.mjs';
import { root } from './prepare.mjs';

const counters = path.join(root, 'out', 'coverage');

/** Clears what an earlier run counted; returns the environment in which Node counts. */
export async function startCoverage() {
  await rm(counters, { recursive: true, force: true });
  return { NODE_V8_COVERAGE: counters };
}

/** Prints the summary and writes coverage/lcov.info; the tests' bundles are mapped back to their sources. */
export async function reportCoverage() {
  if (!existsSync(counters)) {
    return;
  }
  say('\nCoverage of the files of src/ that the suites unit and powershell load:');
  const report = new CoverageReport({
    outputDir: path.join(root, 'coverage'),
    reports: ['console-summary', 'lcovonly'],
    logging: 'error',
    entryFilter: ({ url }) => url.includes('/out/test/'),
    sourceFilter: (file) => /^src\/.*\.ts$/.test(file),
  });
  await report.addFromDir(counters);
  await report.generate();
}
