// The stand-in for PowerShell of tools/powershell-engine: taken from the cache folder, or built into it. Used by powershell.mjs.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './fileLock.mjs';
import { askVersion, searchPath, versionTimeoutMs } from './programs.mjs';
import { firstLine, runToEnd } from './runToEnd.mjs';

/** @typedef {import('./powershell.mjs').PowerShell} PowerShell */

const engineSources = fileURLToPath(new URL('../powershell-engine', import.meta.url));

/** Restoring 10 MB of packages and compiling took 20 s on two cores; a slow line may take ten times as long. */
const buildTimeoutMs = 300_000;

/**
 * The stand-in of this source tree: from the cache, or built into it.
 * @param {{ log: (line: string) => void, cacheDir: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform, allowBuild: boolean }} options
 * @returns {Promise<PowerShell>}
 */
export async function engine({ log, cacheDir, env, platform, allowBuild }) {
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
  const onWait = () => log('Another process is building the stand-in for PowerShell; waiting for it.');
  return await withLock(`${folder}.lock`, { staleMs: 2 * buildTimeoutMs, onWait }, async () => {
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
      const { stdout } = await runToEnd(executable, ['--list-sdks'], {
        env: quietDotnet(env),
        timeout: versionTimeoutMs,
      });
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
    await runToEnd(dotnet.executable, args(true), options);
  } catch (error) {
    log(`Compiling ahead of time failed (${firstLine(error)}); building without it.`);
    await rm(out, { recursive: true, force: true });
    try {
      await runToEnd(dotnet.executable, args(false), options);
    } catch (second) {
      throw new Error(
        `The stand-in for PowerShell could not be built (${firstLine(second)}): install PowerShell 7 (https://aka.ms/powershell), or look at the build in ${engineSources}.`,
        { cause: second },
      );
    }
  }
}
