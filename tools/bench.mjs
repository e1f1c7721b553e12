// `npm run bench`: builds, packages, gets what is missing and runs test/bench/bench.ts. See --help.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hostKind } from './lib/extensionHost.mjs';
import { endLeftovers, interruptedPatienceMs, markRun } from './lib/leftovers.mjs';
import { ToolError, say, showError, step } from './lib/log.mjs';
import { npm } from './lib/npm.mjs';
import { prepare, root } from './lib/prepare.mjs';
import { closeOnExit, endWithParent, start, stopAll, untilStopped } from './lib/processes.mjs';
import { numbers, writePerformanceDocs } from './lib/performanceDocs.mjs';
import { useTemporaryFolder } from './lib/temporaryFolder.mjs';

const help = `npm run bench [-- options]

  --quick        some minutes for everything, for CI: fewer turns, smaller hosts.
  --json FILE    also writes the numbers there.
  --docs         also writes docs/performance.json and what docs/performance.md makes of it.
  --only A,B     only these groups of rows.
  --help         this text.`;

endWithParent();
useTemporaryFolder();
const mark = markRun();
// Registered first, so closed last: on Ctrl+C it ends what the other children left.
const forgetLeftovers = closeOnExit(() => endLeftovers(mark, interruptedPatienceMs));

try {
  const options = readOptions();
  process.exitCode = options.help ? (say(help), 0) : await main(options);
} catch (error) {
  await untilStopped();
  showError(error);
  process.exitCode = 1;
}
forgetLeftovers();
await stopAll();
const left = await endLeftovers(mark);
if (left.length > 0) {
  say(`Ended by force: ${left.map(({ pid, command }) => `${pid} ${command.slice(0, 200)}`).join('; ')}`);
  process.exitCode = 1;
}
process.exit();

function readOptions() {
  try {
    const flag = { type: 'boolean' };
    const options = { json: { type: 'string' }, only: { type: 'string' }, quick: flag, docs: flag, help: flag };
    return parseArgs({ options }).values;
  } catch (error) {
    throw new ToolError(error.message, 'npm run bench -- --help lists the options.');
  }
}

async function main({ quick, json, only, docs }) {
  const inWindow = hostKind() === 'code-server';
  const found = await prepare({
    build: ['--tests'],
    powershell: true,
    codeServer: inWindow,
    chromium: true,
    sshd: true,
  });
  const vsix = path.join(root, 'out', 'bench.vsix');
  // Also makes dist as small as it is shipped.
  await step('Package', 'vsce package', () => npm(['run', 'package', '--', '--out', vsix], { cwd: root }));
  const file = docs ? path.join(root, numbers) : json;
  const { exited } = start(
    process.execPath,
    [
      path.join(root, 'out', 'test', 'bench', 'bench.js'),
      ...(quick ? ['--quick'] : []),
      ...(only ? ['--only', only] : []),
      ...(file ? ['--json', file] : []),
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        HYPERV_LAB_POWERSHELL: found.powershell.executable,
        ...(found.codeServer && { HYPERV_LAB_CODE_SERVER: JSON.stringify(found.codeServer) }),
        ...(found.chromium && { HYPERV_LAB_CHROMIUM: found.chromium }),
        ...(existsSync(vsix) && { HYPERV_LAB_BENCH_VSIX: vsix }),
      },
    },
  );
  const { code } = await exited;
  if (code === 0 && docs) {
    await writePerformanceDocs(root);
  }
  return code ?? 1;
}
