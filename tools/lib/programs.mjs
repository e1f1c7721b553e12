// Two questions about programs: where the PATH has them, and which version a PowerShell is. Used by powershell.mjs and
// powershellEngine.mjs.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runToEnd } from './runToEnd.mjs';

/** A cold `pwsh` on a busy Windows machine with a virus scanner needs several seconds to say its version. */
export const versionTimeoutMs = 30_000;

/** Every absolute place on the PATH that holds `name`, in order. @returns {string[]} */
export function searchPath(
  /** @type {string} */ name,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {NodeJS.Platform} */ platform,
) {
  const file = platform === 'win32' ? `${name}.exe` : name;
  return (env.PATH ?? env.Path ?? '')
    .split(platform === 'win32' ? ';' : ':')
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, file))
    .filter((candidate) => existsSync(candidate));
}

/** Rejects when the program is no PowerShell. @returns {Promise<string>} For instance `7.6.9`. */
export async function askVersion(/** @type {string} */ executable, /** @type {NodeJS.ProcessEnv} */ env) {
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '$PSVersionTable.PSVersion.ToString()'];
  const { stdout } = await runToEnd(executable, args, { env: { ...env, NO_COLOR: '1' }, timeout: versionTimeoutMs });
  const version = stdout.trim();
  if (!/^\d+\.\d+/.test(version)) {
    throw new Error(`it answered '${version.slice(0, 80)}' when asked for its version`);
  }

  return version;
}
