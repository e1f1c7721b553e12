import assert from 'node:assert/strict';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import childProcess from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/manifest';
import { extensionUnderTest } from './support/window';

/** Bundles of the extension that this process has loaded. */
function loadedParts(): string[] {
  const dist = path.resolve(__dirname, '../../../dist');
  return Object.keys(createRequire(__filename).cache)
    .filter((file) => path.dirname(file) === dist)
    .map((file) => path.basename(file));
}

describe('Activation', () => {
  it('starts no process and loads no session code', async function () {
    const extension = vscode.extensions.getExtension('hyperv-lab.hyperv-lab');
    // Somebody may have looked at the view already, in a window that was restored.
    if (extension?.isActive !== false) this.skip();
    const { spawn } = childProcess;
    let spawned = 0;
    childProcess.spawn = ((...args: Parameters<typeof spawn>) => {
      spawned += 1;
      return spawn(...args);
    }) as typeof spawn;
    syncBuiltinESMExports();
    try {
      await extensionUnderTest();
    } finally {
      childProcess.spawn = spawn;
      syncBuiltinESMExports();
    }
    assert.equal(spawned, 0);
    assert.deepEqual(loadedParts(), ['extension.js']);
  });

  it('shows the local computer on Windows and nothing elsewhere', async () => {
    const api = await extensionUnderTest();
    const expected = process.platform === 'win32' ? ['local'] : [];
    assert.deepEqual(
      api.snapshot().map(({ id }) => id),
      expected,
    );
  });

  it('registers every command of the manifest', async () => {
    await extensionUnderTest();
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(commands)) assert.ok(registered.includes(id), id);
  });
});
