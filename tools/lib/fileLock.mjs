// Lets one process at a time do a thing, among processes that know of each other only by a file. Used by powershellEngine.mjs.
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a process looks whether another one has finished. */
const pollMs = 250;

/**
 * Runs `action` while no other process holds the lock file. A lock whose process is gone, or which is older than `staleMs`, is
 * taken over; `onWait` is called once if another process holds it.
 * @template T
 * @param {string} file
 * @param {{ staleMs: number, onWait: () => void }} options
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withLock(file, { staleMs, onWait }, action) {
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

    if (await isAbandoned(file, staleMs)) {
      await rm(file, { force: true });
      continue;
    }

    if (!told) {
      told = true;
      onWait();
    }

    await sleep(pollMs);
  }

  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

/** @returns {Promise<boolean>} */
async function isAbandoned(/** @type {string} */ file, /** @type {number} */ staleMs) {
  try {
    const [{ mtimeMs }, text] = await Promise.all([stat(file), readFile(file, 'utf8')]);
    if (Date.now() - mtimeMs > staleMs) {
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
