// The suite in a downloaded (or installed) VS Code: node electronHost.mjs '{"root":…,"suite":…,"scratch":…}'.
// Started by extensionHost.mjs; HYPERV_LAB_VSCODE_PATH names an installed VS Code and saves the download.
import { runTests } from '@vscode/test-electron';

const { root, suite, scratch } = JSON.parse(process.argv[2]);
const installed = process.env.HYPERV_LAB_VSCODE_PATH;

try {
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    ...(installed ? { vscodeExecutablePath: installed } : {}),
    launchArgs: [
      scratch.workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      `--user-data-dir=${scratch.userData}`,
      `--extensions-dir=${scratch.extensions}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
} catch (error) {
  process.stderr.write(`${error.message ?? error}\n`);
  process.exitCode = 1;
}
