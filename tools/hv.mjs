// `npm run hv`: builds the headless client if its sources are newer than it, then runs it. What the build says goes to stderr.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const client = path.join(root, 'out', 'hv.js');

function newestSource() {
  const files = ['src', 'tools/hv'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|ps1)$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return Math.max(...[...files, path.join(root, 'tools', 'hv.ts')].map((file) => statSync(file).mtimeMs));
}

if (!existsSync(client) || statSync(client).mtimeMs < newestSource()) {
  try {
    execFileSync(process.execPath, ['esbuild.js', '--headless', '--quiet'], { cwd: root, stdio: ['ignore', 2, 2] });
  } catch {
    // esbuild has said why.
    process.exit(1);
  }
}
await import(pathToFileURL(client).href);
