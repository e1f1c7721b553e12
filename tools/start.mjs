// `npm start`: gets what is missing, then opens the product with the demo lab. See --help.
import path from 'node:path';
import { check } from './lib/check.mjs';
import { assertPort, findCode, openInBrowser, startCode } from './lib/desktop.mjs';
import { assertFree, startCodeServer } from './lib/editor.mjs';
import { ToolError, say } from './lib/log.mjs';
import { prepare, root } from './lib/prepare.mjs';
import { closeOnExit } from './lib/processes.mjs';
import { createScratch, stageExtension } from './lib/scratch.mjs';
import { runTool } from './lib/tool.mjs';

const help = `npm start [-- options]

Opens VS Code with Hyper-V Lab and its demo lab, on a throw-away profile. Uses \`code\` when it is on PATH and there is a
display; otherwise code-server, which is fetched by npm the first time, and your browser. Ctrl+C ends everything.

  --port N   the port of code-server; a free one if left out. Implies code-server.
  --check    headless: opens the view in Chromium, prints what it shows, saves out/check.png, exits 0 or 1.
  --help     this text.`;

await runTool({
  command: 'npm start',
  help,
  options: { port: { type: 'string' }, check: { type: 'boolean' } },
  main,
});

async function main({ port: wanted, check: headless }) {
  const port = wanted === undefined ? undefined : assertPort(wanted);
  const started = performance.now();
  if (port) {
    await assertFree(port);
  }
  const code = headless || port ? undefined : findCode();
  const found = await prepare({ build: [], powershell: true, codeServer: !code, chromium: headless });
  const scratch = await createScratch({
    sampleWorkspace: path.join(root, 'tools', 'sample-workspace'),
    settings: { 'workbench.startupEditor': 'readme' },
  });
  closeOnExit(scratch.remove);
  const env = { HYPERV_LAB_POWERSHELL: found.powershell.executable, HYPERV_LAB_AUTOSTART: '1' };
  if (code) {
    say(
      `\nOpening ${code} on a throw-away profile: choose Hyper-V in the activity bar. Close the window, or Ctrl+C here, to end.`,
    );
    await ended('VS Code', startCode({ code, root, scratch, env }));
    return;
  }
  await stageExtension({ root, extensions: scratch.extensions });
  const server = await startCodeServer({ codeServer: found.codeServer, scratch, port, env });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`\nHyper-V Lab is at ${server.address} (ready after ${seconds} s)`);
  if (headless) {
    const picture = path.join(root, 'out', 'check.png');
    await check({ address: server.address, chromium: found.chromium, picture, log: server.output });
    say(`Picture: ${path.relative(root, picture)}`);
    return;
  }
  const opened = await openInBrowser(server.address);
  say(opened ? 'It was opened in your browser.' : 'Open this address in a browser on this machine.');
  say('Choose Hyper-V in the activity bar at the left. Ctrl+C here ends it.');
  await ended('code-server', server);
}

/** Waits for the editor to end by itself; Ctrl+C ends the whole process instead. */
async function ended(name, { exited }) {
  const { code, signal, error } = await exited;
  if (code !== 0) {
    throw new ToolError(
      `${name} ended unexpectedly (${error?.message ?? signal ?? `exit code ${code}`}).`,
      'run npm start again.',
    );
  }
}
