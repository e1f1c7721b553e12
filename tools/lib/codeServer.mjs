// Gets code-server, the VS Code workbench with its extension host that npm can deliver, into the cache folder.
// Used by `npm start`, by the extension host tests and by the end-to-end tests.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ToolError, step } from './log.mjs';
import { npm } from './npm.mjs';

/** code-server 4.139.1 is VS Code 1.139.1 and wants Node 24. */
const codeServerVersion = '4.139.1';
const codeServerNodeVersion = '24.21.0';

/**
 * npm's package `node` fetches the binary in an install script, which npm 11 withholds. The package it would fetch is
 * named after the platform and needs no script.
 */
const nodePackage = `${process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${process.platform}-${process.arch}`;

/** Nothing needs compiling for our use; with install scripts npm would build native modules for over a minute. */
const npmOptions = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Returns {node, entry, version}: run `node entry ...`. Installs it the first time (about 25 s, 600 MB). */
export async function ensureCodeServer({ cacheDir }) {
  const folder = path.join(cacheDir, `code-server-${codeServerVersion}-node-${codeServerNodeVersion}`);
  if (!existsSync(folder)) {
    if (process.platform === 'win32') {
      throw new ToolError(
        'code-server does not run on Windows.',
        'install VS Code so that `code` is on PATH, then run the command again.',
      );
    }
    await removeLeftovers(cacheDir);
    await install(folder);
  }
  const modules = path.join(folder, 'node_modules');
  return {
    node: path.join(modules, nodePackage, 'bin', 'node'),
    entry: path.join(modules, 'code-server', 'out', 'node', 'entry.js'),
    version: codeServerVersion,
  };
}

/** Installs beside the target and renames, so that an interrupted installation is never taken for a whole one. */
async function install(folder) {
  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    await writeFile(path.join(partial, 'package.json'), '{"private":true}\n');
    await step('VS Code', `getting code-server ${codeServerVersion} (600 MB, once)`, async () => {
      const packages = [`${nodePackage}@${codeServerNodeVersion}`, `code-server@${codeServerVersion}`];
      await npm(['install', ...packages, ...npmOptions], { cwd: partial });
      const workbench = path.join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
      await npm(['install', '--omit=dev', ...npmOptions], { cwd: workbench });
    });
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another run may have finished first: its installation is as good as ours.
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

/** Removes what an interrupted installation left, unless the process that makes it still runs. */
async function removeLeftovers(cacheDir) {
  await mkdir(cacheDir, { recursive: true });
  for (const name of await readdir(cacheDir)) {
    const pid = /^code-server-.*\.partial-(\d+)$/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) {
      await rm(path.join(cacheDir, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
