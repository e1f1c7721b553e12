// What the person's desktop offers: a VS Code on PATH and a browser. Used by `npm start`.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ToolError } from './log.mjs';
import { start } from './processes.mjs';

/** True when a window can be opened. */
function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY, CI } = process.env;
  return !CI && (process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY));
}

/**
 * The `code` command, when it can open a development host here. Inside a remote window's terminal `code` only talks to
 * that window, and without a display there is none to open.
 */
export function findCode() {
  if (!hasDisplay() || process.env.VSCODE_IPC_HOOK_CLI) {
    return undefined;
  }
  return findOnPath(process.platform === 'win32' ? 'code.cmd' : 'code');
}

/** Opens a development host on the scratch profile; `exited` resolves when its window was closed. */
export function startCode({ code, root, scratch, env }) {
  const args = [
    '--new-window',
    '--wait',
    '--disable-workspace-trust',
    '--skip-welcome',
    `--user-data-dir=${scratch.userData}`,
    `--extensions-dir=${scratch.extensions}`,
    `--extensionDevelopmentPath=${root}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    scratch.workspace,
  ];
  const options = { stdio: 'inherit', env: { ...process.env, ...env } };
  // code.cmd needs a shell; all of these are paths and constants of ours, none can hold a quote on Windows.
  return process.platform === 'win32'
    ? start(
        `"${code}"`,
        args.map((arg) => `"${arg}"`),
        { ...options, shell: true },
      )
    : start(code, args, options);
}

/** Opens the address in the person's browser; false when there is none. A browser outlives us: it is theirs. */
export async function openInBrowser(address) {
  if (!hasDisplay()) {
    return false;
  }
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '', address],
  }[process.platform] ?? [findOnPath('xdg-open'), address];
  if (!command) {
    return false;
  }
  const { code } = await start(command, args, { stdio: 'ignore' }).exited;
  return code === 0;
}

export function findOnPath(name) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

export function assertPort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new ToolError(`'${text}' is not a port.`, 'give a number from 1 to 65535, for instance --port 8080.');
  }
  return port;
}
