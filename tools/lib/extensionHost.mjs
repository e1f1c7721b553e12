// Runs out/test/vscode inside a real extension host: code-server's where VS Code cannot be downloaded, the one of
// @vscode/test-electron otherwise. Used by `npm test`.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.mjs';
import { findOnPath } from './desktop.mjs';
import { startCodeServer } from './editor.mjs';
import { ToolError, say } from './log.mjs';
import { root } from './prepare.mjs';
import { settlesWithin, start } from './processes.mjs';
import { createScratch } from './scratch.mjs';

/** The whole suite; a single test has its own, much shorter limit. */
const suiteTimeoutMs = 10 * 60_000;

/** Which host the suite gets: `electron` on request, on GitHub's machines, and where code-server does not run. */
export function hostKind() {
  const chosen = process.env.HYPERV_LAB_VSCODE;
  if (chosen) {
    return chosen === 'electron' ? 'electron' : 'code-server';
  }
  return process.env.GITHUB_ACTIONS || process.platform !== 'linux' ? 'electron' : 'code-server';
}

/** Runs the suite and returns the numbers that test/vscode/index.ts left in the file `result`. */
export async function runInExtensionHost({ kind, codeServer, chromium, env, result }) {
  await Promise.all([rm(result, { force: true }), rm(`${result}.txt`, { force: true })]);
  const scratch = await createScratch();
  const suite = path.join(root, 'out', 'test', 'vscode', 'index.js');
  const options = { scratch, suite, env: { ...env, HYPERV_LAB_TEST_RESULT: result } };
  try {
    await (kind === 'electron' ? runElectron(options) : runCodeServer({ ...options, codeServer, chromium }));
  } finally {
    if (existsSync(`${result}.txt`)) {
      say(await readFile(`${result}.txt`, 'utf8'));
    }
    await scratch.remove();
  }
  if (!existsSync(result)) {
    throw new ToolError('The extension host ended without a result.', 'look at what it wrote above.');
  }
  return JSON.parse(await readFile(result, 'utf8'));
}

/**
 * The workbench reads its configuration from a meta element of its page; the page is changed on its way to the browser
 * so that it loads the checkout as an extension under development, and the suite as its tests.
 */
async function runCodeServer({ codeServer, chromium, scratch, suite, env }) {
  const server = await startCodeServer({ codeServer, scratch, env });
  const { browser, close } = await openBrowser(chromium);
  try {
    const authority = new URL(server.address).host;
    const uri = (file) => ({ scheme: 'vscode-remote', authority, path: file });
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    const exited = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.route(
      (url) => url.pathname === '/' && url.host === authority,
      async (route) => {
        const response = await route.fetch();
        const body = withDevelopmentOptions(await response.text(), {
          extensions: [uri(root)],
          extensionTestsPath: uri(suite),
        });
        await route.fulfill({ response, body });
      },
      { times: 1 },
    );
    await page.goto(`${server.address}?folder=${encodeURIComponent(scratch.workspace)}`);
    if (!(await settlesWithin(Promise.race([exited, server.exited]), suiteTimeoutMs))) {
      throw new ToolError(`The suite did not end within ${suiteTimeoutMs / 60_000} minutes.`);
    }
  } finally {
    await close();
    await server.stop();
  }
}

function withDevelopmentOptions(html, options) {
  const pattern = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;
  if (!pattern.test(html)) {
    throw new ToolError('The page of code-server has changed: its configuration element was not found.');
  }
  return html.replace(pattern, (_, head, escaped) => {
    const settings = JSON.parse(escaped.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    settings.developmentOptions = { ...settings.developmentOptions, ...options };
    return `${head}${JSON.stringify(settings).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
  });
}

/** In a child, as a VS Code on Linux needs a display: without one the child runs under xvfb-run. */
async function runElectron({ scratch, suite, env }) {
  const script = path.join(root, 'tools', 'lib', 'electronHost.mjs');
  const child = [process.execPath, script, JSON.stringify({ root, suite, scratch })];
  const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (headless && !findOnPath('xvfb-run')) {
    throw new ToolError(
      'VS Code needs a display, and there is none.',
      'install xvfb (Debian: sudo apt-get install xvfb), or set HYPERV_LAB_VSCODE=code-server.',
    );
  }
  const [command, ...args] = headless ? ['xvfb-run', '--auto-servernum', ...child] : child;
  const { exited, stop } = start(command, args, { env: { ...process.env, ...env }, stdio: 'inherit' });
  const inTime = await settlesWithin(exited, suiteTimeoutMs);
  await stop();
  if (!inTime) {
    throw new ToolError(`The suite did not end within ${suiteTimeoutMs / 60_000} minutes.`);
  }
}
