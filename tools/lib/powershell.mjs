// Finds a PowerShell for the tests and the demo lab, and builds the stand-in of tools/powershell-engine when there is none.
// Used by the tools and the test suites; plain Node, no dependencies.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const engineSources = fileURLToPath(new URL('../powershell-engine', import.meta.url));

/** A cold `pwsh` on a busy Windows machine with a virus scanner needs several seconds to say its version. */
const versionTimeoutMs = 30_000;
/** Restoring 10 MB of packages and compiling took 20 s on two cores; a slow line may take ten times as long. */
const buildTimeoutMs = 300_000;
/** How often a process looks whether another one has finished building. */
const lockPollMs = 250;

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

/** Every absolute place on the PATH that holds `name`, in order. @returns {string[]} */
function searchPath(
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

/** Windows PowerShell by its absolute path, so that nothing on the PATH can take its place. @returns {string[]} */
function windowsPowerShell(/** @type {NodeJS.ProcessEnv} */ env, /** @type {NodeJS.Platform} */ platform) {
  const root = env.SystemRoot ?? env.SYSTEMROOT;
  return platform === 'win32' && root
    ? [path.join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe')].filter((candidate) =>
        existsSync(candidate),
      )
    : [];
}

/** @returns {Promise<string>} */
async function askVersion(/** @type {string} */ executable, /** @type {NodeJS.ProcessEnv} */ env) {
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '$PSVersionTable.PSVersion.ToString()'];
  const { stdout } = await run(executable, args, { env: { ...env, NO_COLOR: '1' }, timeout: versionTimeoutMs });
  const version = stdout.trim();
  if (!/^\d+\.\d+/.test(version)) {
    throw new Error(`it answered '${version.slice(0, 80)}' when asked for its version`);
  }

  return version;
}

/**
 * The stand-in of this source tree: from the cache, or built into it.
 * @param {{ log: (line: string) => void, cacheDir: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform, allowBuild: boolean }} options
 * @returns {Promise<PowerShell>}
 */
async function engine({ log, cacheDir, env, platform, allowBuild }) {
  const folder = path.join(cacheDir, `powershell-engine-${engineKey(platform)}`);
  const known = await readEngine(folder, platform);
  if (known) {
    return known;
  }

  const dotnet = allowBuild ? await findDotnet(env, platform) : undefined;
  if (!dotnet) {
    throw new Error(
      'No PowerShell was found: install PowerShell 7 (https://aka.ms/powershell), or the .NET SDK 10 (https://dot.net) so that a stand-in can be built.',
    );
  }

  await mkdir(cacheDir, { recursive: true });
  return await withLock(`${folder}.lock`, log, async () => {
    const builtMeanwhile = await readEngine(folder, platform);
    return builtMeanwhile ?? (await buildEngine({ log, folder, cacheDir, env, platform, dotnet }));
  });
}

/** Changes with every source file and with the machine's kind. @returns {string} 16 hex digits. */
function engineKey(/** @type {NodeJS.Platform} */ platform) {
  const hash = createHash('sha256').update(`${platform}-${process.arch}\n`);
  const files = readdirSync(engineSources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(cs|csproj|props|psd1)$/.test(file) && !/(^|\/)(bin|obj)\//.test(file))
    .sort();
  for (const file of files) {
    hash
      .update(`${file}\n`)
      .update(readFileSync(path.join(engineSources, file)))
      .update('\0');
  }

  return hash.digest('hex').slice(0, 16);
}

/** `engine.json` is written last, so a folder that has it is complete. @returns {Promise<PowerShell | undefined>} */
async function readEngine(/** @type {string} */ folder, /** @type {NodeJS.Platform} */ platform) {
  try {
    const { version } = JSON.parse(await readFile(path.join(folder, 'engine.json'), 'utf8'));
    const executable = path.join(folder, engineFile(platform));
    await access(executable, constants.X_OK);
    return { executable, kind: 'engine', version };
  } catch {
    return undefined;
  }
}

/** @returns {string} */
function engineFile(/** @type {NodeJS.Platform} */ platform) {
  return platform === 'win32' ? 'pwsh-engine.exe' : 'pwsh-engine';
}

/** A `dotnet` with an SDK that can build net10.0, and the root of its installation. @returns {Promise<{ executable: string, root: string } | undefined>} */
async function findDotnet(/** @type {NodeJS.ProcessEnv} */ env, /** @type {NodeJS.Platform} */ platform) {
  const name = platform === 'win32' ? 'dotnet.exe' : 'dotnet';
  const places = env.DOTNET_ROOT ? [path.join(env.DOTNET_ROOT, name)].filter((candidate) => existsSync(candidate)) : [];
  for (const executable of [...places, ...searchPath('dotnet', env, platform)]) {
    try {
      const { stdout } = await run(executable, ['--list-sdks'], { env: quietDotnet(env), timeout: versionTimeoutMs });
      // Lines such as `10.0.401 [/usr/share/dotnet/sdk]`.
      const sdk = [...stdout.matchAll(/^(\d+)\.\S+ \[(.+)\]\r?$/gm)].find((match) => Number(match[1]) >= 10);
      if (sdk?.[2]) {
        return { executable, root: path.dirname(sdk[2]) };
      }
    } catch {
      // A dotnet that does not start is as good as none.
    }
  }

  return undefined;
}

/** No telemetry, no greeting, no build server that outlives the build (docs: dotnet environment variables). @returns {NodeJS.ProcessEnv} */
function quietDotnet(/** @type {NodeJS.ProcessEnv} */ env) {
  return {
    ...env,
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_CLI_UI_LANGUAGE: 'en',
    DOTNET_CLI_USE_MSBUILD_SERVER: '0',
    DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
    MSBUILDDISABLENODEREUSE: '1',
  };
}

/**
 * Builds into a folder of its own and renames it, so that nobody ever sees half an engine.
 * @param {{ log: (line: string) => void, folder: string, cacheDir: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform, dotnet: { executable: string, root: string } }} options
 * @returns {Promise<PowerShell>}
 */
async function buildEngine({ log, folder, cacheDir, env, platform, dotnet }) {
  const started = performance.now();
  const work = await mkdtemp(path.join(cacheDir, '.building-'));
  try {
    log(`No PowerShell found: building the stand-in once with ${dotnet.executable} (about 20 s) …`);
    const out = path.join(work, 'out');
    await publish({ out, work, env, dotnet, log });
    // The program looks for its runtime through this link first, so it needs no DOTNET_ROOT (see host/pwsh-engine.csproj).
    await symlink(dotnet.root, path.join(out, 'dotnet'), 'junction');
    const version = await askVersion(path.join(out, engineFile(platform)), env);
    await writeFile(path.join(out, 'engine.json'), `${JSON.stringify({ version })}\n`);
    // Only an incomplete folder can be there: the lock is ours and readEngine has just looked.
    await rm(folder, { recursive: true, force: true });
    await rename(out, folder);
    log(`Built ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    return { executable: path.join(folder, engineFile(platform)), kind: 'engine', version };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Compiled ahead of time where the registry has the compiler (starts in 0.2 s instead of 0.7 s), otherwise as it is.
 * @param {{ out: string, work: string, env: NodeJS.ProcessEnv, dotnet: { executable: string }, log: (line: string) => void }} options
 */
async function publish({ out, work, env, dotnet, log }) {
  const args = (/** @type {boolean} */ aheadOfTime) => [
    'publish',
    path.join(engineSources, 'host', 'pwsh-engine.csproj'),
    '--configuration',
    'Release',
    '--use-current-runtime',
    '--output',
    out,
    `-p:EngineBuildDir=${path.join(work, aheadOfTime ? 'ready' : 'plain')}`,
    `-p:PublishReadyToRun=${aheadOfTime}`,
    '-p:UseSharedCompilation=false',
    '-nodeReuse:false',
    '--disable-build-servers',
  ];
  const options = { env: quietDotnet(env), cwd: work, timeout: buildTimeoutMs };
  try {
    await run(dotnet.executable, args(true), options);
  } catch (error) {
    log(`Compiling ahead of time failed (${firstLine(error)}); building without it.`);
    await rm(out, { recursive: true, force: true });
    try {
      await run(dotnet.executable, args(false), options);
    } catch (second) {
      throw new Error(
        `The stand-in for PowerShell could not be built (${firstLine(second)}): install PowerShell 7 (https://aka.ms/powershell), or look at the build in ${engineSources}.`,
        { cause: second },
      );
    }
  }
}

/**
 * Runs `action` while no other process holds the lock file. A lock whose process is gone is taken over.
 * @template T
 * @param {string} file
 * @param {(line: string) => void} log
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
async function withLock(file, log, action) {
  let told = false;
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') {
        throw error;
      }
    }

    if (await isAbandoned(file)) {
      await rm(file, { force: true });
      continue;
    }

    if (!told) {
      told = true;
      log('Another process is building the stand-in for PowerShell; waiting for it.');
    }

    await sleep(lockPollMs);
  }

  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

/** @returns {Promise<boolean>} */
async function isAbandoned(/** @type {string} */ file) {
  try {
    const [{ mtimeMs }, text] = await Promise.all([stat(file), readFile(file, 'utf8')]);
    if (Date.now() - mtimeMs > 2 * buildTimeoutMs) {
      return true;
    }

    // An empty file is one that is being written this moment.
    return text !== '' && Number(text) !== process.pid && !isAlive(Number(text));
  } catch {
    // It has just been released.
    return false;
  }
}

/** @returns {boolean} */
function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Runs a program to its end with stdin closed; rejects with an Error whose `output` is all it printed.
 * @param {string} file @param {string[]} args @param {{ env: NodeJS.ProcessEnv, timeout: number, cwd?: string }} options
 * @returns {Promise<{ stdout: string }>}
 */
function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      args,
      { ...options, encoding: 'utf8', windowsHide: true, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error) {
          reject(Object.assign(error, { output: `${stdout}\n${stderr}` }));
        } else {
          resolve({ stdout });
        }
      },
    );
    child.stdin?.end();
  });
}

/** The line of a failed run that says why. @returns {string} */
function firstLine(/** @type {unknown} */ error) {
  const { output, message } = /** @type {{ output?: string, message: string }} */ (error);
  const lines = (output ?? '').split(/\r?\n/).map((line) => line.trim());
  return (
    lines.find((line) => / error [A-Z]+\d+:/.test(line)) ??
    lines.find((line) => line !== '') ??
    message.split('\n', 1)[0] ??
    'no reason given'
  );
}
