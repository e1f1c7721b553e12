import assert from 'node:assert/strict';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import childProcess from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/manifest';
import { skipUnless } from '../support/skip';
import { extensionUnderTest } from './support/window';

const dist = path.resolve(__dirname, '../../../dist');

/** Bundles of the extension that this process has loaded. */
function loadedParts(): string[] {
  return Object.keys(createRequire(__filename).cache)
    .filter((file) => path.dirname(file) === dist)
    .map((file) => path.basename(file));
}

describe('Activation', () => {
  it('starts no process and loads no session code', async function () {
    const extension = vscode.extensions.getExtension('hyperv-lab.hyperv-lab');
    skipUnless(this, extension?.isActive === false, 'the view was shown before the tests began');
    const { spawn } = childProcess;
    const { stackTraceLimit } = Error;
    const spawned: string[] = [];
    childProcess.spawn = ((...args: Parameters<typeof spawn>) => {
      const { stack = '' } = new Error(args[0]);
      // Other extensions live in this process too.
      if (stack.includes(dist)) spawned.push(stack);
      return spawn(...args);
    }) as typeof spawn;
    syncBuiltinESMExports();
    Error.stackTraceLimit = Infinity;
    try {
      await extensionUnderTest();
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
      childProcess.spawn = spawn;
      syncBuiltinESMExports();
    }
    assert.deepEqual(spawned, []);
    assert.deepEqual(loadedParts(), ['extension.js']);
  });

  it('shows this computer, which is read when somebody looks', async () => {
    const api = await extensionUnderTest();
    assert.deepEqual(
      api.snapshot().map(({ id, status }) => [id, status]),
      [['local', 'idle']],
    );
  });

  it('registers every command of the manifest', async () => {
    await extensionUnderTest();
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(commands)) assert.ok(registered.includes(id), id);
  });
});
