// Finds a PowerShell for the tests and the demo lab, or the stand-in for one (powershellEngine.mjs).
// Used by the tools and the test suites; plain Node, no dependencies.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { engine } from './powershellEngine.mjs';
import { askVersion, searchPath } from './programs.mjs';
import { firstLine } from './runToEnd.mjs';

/**
 * @typedef {object} PowerShell
 * @property {string} executable Absolute path of the program.
 * @property {'pwsh' | 'powershell' | 'engine'} kind PowerShell 7, Windows PowerShell, or our stand-in.
 * @property {string} version For instance `7.6.9`.
 */

/**
 * Returns the PowerShell to use: `HYPERV_LAB_POWERSHELL`, `pwsh` on the PATH, on Windows `powershell.exe`, or the stand-in, built
 * once into the cache folder. Throws an Error that says in one sentence what to install.
 *
 * @param {object} [options]
 * @param {(line: string) => void} [options.log] Told what is being done when it takes time.
 * @param {string} [options.cacheDir] Where the stand-in is kept; {@link defaultCacheDir} if not given.
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {NodeJS.Platform} [options.platform]
 * @param {boolean} [options.allowBuild] False: take a stand-in that is already built, but do not build one.
 * @returns {Promise<PowerShell>}
 */
export async function findPowerShell({
  log = () => {},
  cacheDir,
  env = process.env,
  platform = process.platform,
  allowBuild = true,
} = {}) {
  const chosen = env.HYPERV_LAB_POWERSHELL;
  if (chosen) {
    return await askChosen(chosen, env);
  }

  const installed = [
    ...searchPath('pwsh', env, platform).map((executable) => ({ executable, kind: /** @type {const} */ ('pwsh') })),
    ...windowsPowerShell(env, platform).map((executable) => ({
      executable,
      kind: /** @type {const} */ ('powershell'),
    })),
  ];
  for (const { executable, kind } of installed) {
    try {
      return { executable, kind, version: await askVersion(executable, env) };
    } catch (error) {
      log(`${executable} does not start (${firstLine(error)}); looking further.`);
    }
  }

  return await engine({ log, cacheDir: cacheDir ?? defaultCacheDir(env, platform), env, platform, allowBuild });
}

/**
 * The folder for things that can be made again: `HYPERV_LAB_CACHE`, or `hyperv-lab` in the system's cache folder
 * (XDG Base Directory Specification; File System Programming Guide of macOS; KNOWNFOLDERID LocalAppData).
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string} An absolute path; the folder need not exist.
 */
export function defaultCacheDir(env = process.env, platform = process.platform) {
  if (env.HYPERV_LAB_CACHE) {
    return path.resolve(env.HYPERV_LAB_CACHE);
  }

  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'hyperv-lab');
  }

  if (platform === 'darwin') {
    return path.join(home, 'Library', 'Caches', 'hyperv-lab');
  }

  // The specification tells us to ignore a relative XDG_CACHE_HOME.
  const xdg = env.XDG_CACHE_HOME;
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache'), 'hyperv-lab');
}

/** @param {string} chosen @param {NodeJS.ProcessEnv} env @returns {Promise<PowerShell>} */
async function askChosen(chosen, env) {
  if (!path.isAbsolute(chosen)) {
    throw new Error(`HYPERV_LAB_POWERSHELL must be an absolute path, but is '${chosen}'; correct or unset it.`);
  }

  const name = path.basename(chosen).toLowerCase();
  const kind = name.startsWith('pwsh-engine') ? 'engine' : name.startsWith('powershell') ? 'powershell' : 'pwsh';
  try {
    return { executable: chosen, kind, version: await askVersion(chosen, env) };
  } catch (error) {
    throw new Error(
      `HYPERV_LAB_POWERSHELL is '${chosen}', which does not start as a PowerShell (${firstLine(error)}); correct or unset it.`,
      { cause: error },
    );
  }
}

/** Windows PowerShell by its absolute path, so that nothing on the PATH can take its place. @returns {string[]} */
function windowsPowerShell(/** @type {NodeJS.ProcessEnv} */ env, /** @type {NodeJS.Platform} */ platform) {
  const root = env.SystemRoot ?? env.SYSTEMROOT;
  return platform === 'win32' && root
    ? [path.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe')].filter((candidate) =>
        existsSync(candidate),
      )
    : [];
}
