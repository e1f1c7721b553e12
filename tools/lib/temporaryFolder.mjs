// One folder for everything a run of a tool puts aside: processes that are ended leave sockets and pipes behind, which nobody
// else clears away (.NET's diagnostics, PowerShell's own pipe, the editor's hooks). Used by start, test and bench.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What Node, .NET, Chromium and shells ask for the folder. */
const variables = ['TMPDIR', 'TMP', 'TEMP'];

/** From now on this process and its children use a folder of their own, which goes with this process. Short: socket paths are limited to 107 bytes. */
export function useTemporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'hv-'));
  for (const name of variables) {
    process.env[name] = folder;
  }
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
}
