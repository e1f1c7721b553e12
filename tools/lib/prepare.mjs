// Gets what a fresh machine lacks, side by side: the build, a PowerShell, an editor, a browser. Used by start and test.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensureCodeServer } from './codeServer.mjs';
import { ToolError, step } from './log.mjs';
import { defaultCacheDir, findPowerShell } from './powershell.mjs';
import { run } from './processes.mjs';
import { ensureSshd } from './sshd.mjs';

export const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Takes {build: [arguments], powershell, codeServer, chromium, sshd}; returns what was found under the same names. */
export async function prepare({ build, powershell, codeServer, chromium, sshd }) {
  const cacheDir = defaultCacheDir();
  const [, foundPowerShell, foundCodeServer, [foundChromium, foundSshd]] = await Promise.all([
    build && buildAll(build),
    powershell && getPowerShell(cacheDir),
    codeServer && ensureCodeServer({ cacheDir }),
    aptOneByOne(chromium, sshd),
  ]);
  return { powershell: foundPowerShell, codeServer: foundCodeServer, chromium: foundChromium, sshd: foundSshd };
}

/** apt lets one at a time install. */
async function aptOneByOne(chromium, sshd) {
  return [chromium && (await ensureChromium()), sshd && (await ensureSshd())];
}

async function buildAll(args) {
  await step('Build', 'bundling with esbuild', () =>
    run(process.execPath, ['esbuild.js', '--quiet', ...args], { cwd: root }),
  ).catch((error) => {
    throw new ToolError(`The build failed.\n${error.output ?? error.message}`, 'correct the lines named above.');
  });
}

async function getPowerShell(cacheDir) {
  const found = await step('PowerShell', 'looking for one', () =>
    findPowerShell({ cacheDir, log: (line) => process.stdout.write(`PowerShell: ${line}\n`) }),
  ).catch((error) => {
    // These messages already name the next step.
    throw new ToolError(error.message);
  });
  process.stdout.write(`PowerShell: ${found.version} (${found.kind}) at ${found.executable}\n`);
  return found;
}
