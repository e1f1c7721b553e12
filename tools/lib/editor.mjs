// Starts code-server on a scratch profile and says where it answers. Used by `npm start` and by the editor tests.
import net from 'node:net';
import { ToolError } from './log.mjs';
import { delay, run, start } from './processes.mjs';

/** It answers after one to three seconds here; a loaded CI machine takes longer. */
const startTimeoutMs = 60_000;
const pollMs = 50;

/**
 * Starts the server; port 0 takes a free one. `scratch` comes from createScratch.
 * Returns {address, port, output(), stop()}; stop() also ends the extension host and the PowerShell sessions below it.
 */
export async function startCodeServer({ codeServer, scratch, port = 0, env = {} }) {
  const server = start(codeServer.node, serverArgs(codeServer, scratch, port), {
    env: { ...serverEnv(), ...noGallery, ...env, HOME: scratch.home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.child.stdout, server.child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  let ended;
  void server.exited.then((exit) => (ended = exit));
  const deadline = performance.now() + startTimeoutMs;
  for (;;) {
    const bound = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
    if (bound && (await answers(Number(bound)))) {
      const address = `http://127.0.0.1:${bound}/`;
      return {
        address,
        port: Number(bound),
        pid: server.pid,
        output: () => output,
        exited: server.exited,
        stop: server.stop,
      };
    }
    if (ended || performance.now() > deadline) {
      await server.stop();
      const cause = ended ? `ended with ${ended.error?.message ?? ended.code ?? ended.signal}` : 'did not answer';
      throw new ToolError(`VS Code (code-server) ${cause}.\n${output.trim().slice(-1_500)}`, 'see the lines above.');
    }
    await delay(pollMs);
  }
}

/** Installs a packaged extension into the scratch profile, as a person does; needs no network. */
export async function installExtension({ codeServer, scratch, vsix }) {
  await run(
    codeServer.node,
    [
      codeServer.entry,
      `--user-data-dir=${scratch.userData}`,
      `--extensions-dir=${scratch.extensions}`,
      '--install-extension',
      vsix,
    ],
    { env: { ...serverEnv(), ...noGallery, HOME: scratch.home } },
  );
}

/** Nobody fetches anything here; without this code-server asks its extension gallery on the network. */
const noGallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

function serverArgs(codeServer, scratch, port) {
  return [
    codeServer.entry,
    '--auth=none',
    `--bind-addr=127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    `--user-data-dir=${scratch.userData}`,
    `--extensions-dir=${scratch.extensions}`,
    scratch.workspace,
  ];
}

/** An editor started from an editor's terminal would take its parent's sockets and options for its own. */
function serverEnv() {
  const drop = /^(VSCODE_|CODE_SERVER_|ELECTRON_|NODE_OPTIONS$|NODE_V8_COVERAGE$|PORT$|PASSWORD$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !drop.test(name)));
}

async function answers(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Rejects with a next step when something else listens there. */
export async function assertFree(port) {
  await new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(resolve));
  }).catch((error) => {
    throw new ToolError(
      error.code === 'EADDRINUSE' ? `Port ${port} is in use.` : `Port ${port} cannot be used (${error.code}).`,
      'choose another with --port N, or leave it out to take a free one.',
    );
  });
}
