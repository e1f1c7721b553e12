// Finds an SSH server for the tests, or installs Debian's. The tests start their own, with keys, a port and a configuration
// of their own; the system's is never touched. Used by the tests of sessions over ssh.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { step } from './log.mjs';
import { run } from './processes.mjs';

/** Where packages put it; a server is seldom on the PATH of somebody who is not root. */
const places = ['/usr/sbin', '/usr/local/sbin', '/usr/bin'];
/** What the server gives up its rights in; the service of the system makes it, and that may never have run. */
const emptyFolder = '/run/sshd';

/**
 * @returns {Promise<{sshd: string} | {reason: string}>} the absolute path of an SSH server, or why there is none. Installs
 * one by apt when that is possible (about 15 s, once).
 */
export async function ensureSshd() {
  const found = findSshd();
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if ('sshd' in found || !canInstall) {
    return found;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await step('SSH server', 'installing it with apt-get (once)', async () => {
      await run('apt-get', ['update'], { env });
      await run('apt-get', ['install', '--yes', '--no-install-recommends', 'openssh-server', 'openssh-client'], {
        env,
      });
    });
  } catch (error) {
    return { reason: `apt-get could not install openssh-server: ${String(error.message).split('\n')[0]}` };
  }
  return findSshd();
}

/** @returns {{sshd: string} | {reason: string}} without installing anything */
export function findSshd() {
  if (process.platform !== 'linux') {
    return { reason: 'an SSH server of their own is started by the tests on Linux only' };
  }
  const named = process.env.HYPERV_LAB_SSHD;
  const sshd = [...(named ? [named] : []), ...places.map((folder) => path.join(folder, 'sshd'))].find(isExecutable);
  if (sshd === undefined) {
    return { reason: 'no SSH server was found; Debian has it in the package openssh-server' };
  }
  if (process.getuid?.() === 0) {
    mkdirSync(emptyFolder, { recursive: true, mode: 0o755 });
  }
  return { sshd };
}

function isExecutable(/** @type {string} */ file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
