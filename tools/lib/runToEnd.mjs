// Runs a small program to its end and says in one line why it failed. Used by powershell.mjs and powershellEngine.mjs.
import { execFile } from 'node:child_process';

/**
 * Runs a program to its end with stdin closed; rejects with an Error whose `output` is all it printed.
 * @param {string} file @param {string[]} args @param {{ env: NodeJS.ProcessEnv, timeout: number, cwd?: string }} options
 * @returns {Promise<{ stdout: string }>}
 */
export function runToEnd(file, args, options) {
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
export function firstLine(/** @type {unknown} */ error) {
  const { output, message } = /** @type {{ output?: string, message: string }} */ (error);
  const lines = (output ?? '').split(/\r?\n/).map((line) => line.trim());
  return (
    lines.find((line) => / error [A-Z]+\d+:/.test(line)) ??
    lines.find((line) => line !== '') ??
    message.split('\n', 1)[0] ??
    'no reason given'
  );
}
