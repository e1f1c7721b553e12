// `npm run bench`: builds, packages, gets what is missing and runs test/bench/bench.ts. See --help.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hostKind } from './lib/extensionHost.mjs';
import { step } from './lib/log.mjs';
import { npm } from './lib/npm.mjs';
import { prepare, root } from './lib/prepare.mjs';
import { start } from './lib/processes.mjs';
import { numbers, writePerformanceDocs } from './lib/performanceDocs.mjs';
import { runTool } from './lib/tool.mjs';

const help = `npm run bench [-- options]

  --quick        some minutes for everything, for CI: fewer turns, smaller hosts.
  --json FILE    also writes the numbers there.
  --docs         also writes docs/performance.json and what docs/performance.md makes of it.
  --only A,B     only these groups of rows.
  --help         this text.`;

const flag = { type: 'boolean' };
await runTool({
  command: 'npm run bench',
  help,
  options: { json: { type: 'string' }, only: { type: 'string' }, quick: flag, docs: flag },
  main,
});

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
