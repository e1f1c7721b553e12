// `npm run bench`: builds, finds a PowerShell and runs test/bench/bench.ts. Options are passed on (--quick, --json FILE).
import { spawnSync } from 'node:child_process';
import { ensureChromium } from './lib/chromium.mjs';
import { defaultCacheDir, findPowerShell } from './lib/powershell.mjs';
import { useTemporaryFolder } from './lib/temporaryFolder.mjs';

useTemporaryFolder();
const log = (line) => console.error(line);
const { executable } = await findPowerShell({ log, cacheDir: defaultCacheDir() });
const chromium = await ensureChromium().catch((error) => (log(error.message), ''));
const run = (...args) =>
  spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, HYPERV_LAB_POWERSHELL: executable, HYPERV_LAB_CHROMIUM: chromium },
  }).status ?? 1;
process.exitCode = run('esbuild.js', '--tests', '--quiet') || run('out/test/bench/bench.js', ...process.argv.slice(2));
