// The one password that the tests give to the extension, and the search for places where it was left. Used by tools/test.mjs
// after every suite: what a test finds while it runs is its own matter.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** Characters that every kind of quoting changes; nothing else on this computer has this text. */
export const canary = 'C\u00e4n&ary "<7f>\' pa$$word';

/** Larger files are no logs of ours: browsers, editors, and recordings of code coverage. */
const maxBytes = 64 * 1024 * 1024;

/** Files that hold the password in one of the forms in which it may have been written. */
export function filesWithCanary(/** @type {string} */ root) {
  const forms = formsOf(canary);
  return placesOf(root)
    .flatMap(filesOf)
    .filter((file) => {
      const content = read(file);
      return content !== undefined && forms.some((form) => content.includes(form));
    });
}

/** The folder of this run, what the tests leave in out/, and what shells remember. */
function placesOf(/** @type {string} */ root) {
  const home = homedir();
  return [
    tmpdir(),
    path.join(root, 'out', 'results'),
    path.join(root, 'out', 'screenshots'),
    path.join(home, '.local', 'share', 'powershell'),
    ...['.bash_history', '.zsh_history', '.node_repl_history'].map((name) => path.join(home, name)),
  ];
}

/** @returns {string[]} */
function filesOf(/** @type {string} */ place) {
  if (!existsSync(place)) {
    return [];
  }
  if (statSync(place).isFile()) {
    return [place];
  }
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function read(/** @type {string} */ file) {
  try {
    return statSync(file).size > maxBytes ? undefined : readFileSync(file);
  } catch {
    // It went while we looked.
    return undefined;
  }
}

/** As text of two encodings, in JSON, with every character outside ASCII escaped, in Base64, and as the numbers of the frame. */
function formsOf(/** @type {string} */ text) {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const numbers = Array.from({ length: 6 }, (_, index) => text.charCodeAt(index)).join(',');
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    ...[json, ascii, numbers, encodeURIComponent(text)].map((form) => Buffer.from(form)),
    ...[Buffer.from(text), Buffer.from(text, 'utf16le')].map((bytes) =>
      Buffer.from(bytes.toString('base64').replace(/=+$/, '').slice(0, -1)),
    ),
  ];
}
