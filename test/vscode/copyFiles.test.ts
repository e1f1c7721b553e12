import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { skipUnless } from '../support/skip';
import { fileDrop } from '../../src/views/fileDrop';
import { answeringByEnter } from './support/enter';
import { useLab } from './support/lab';
import { killSessions } from './support/sessions';
import { hostNode, hosts, until, vm, vmNode } from './support/window';

describe('Files that are dropped on a row', () => {
  const lab = useLab();
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-drop-'));
    for (const name of ['a b.txt', 'c.txt']) await writeFile(path.join(folder, name), name);
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });

  /** As VS Code hands over what was dropped. */
  async function drop(row: object, ...names: readonly string[]): Promise<void> {
    const data = new vscode.DataTransfer();
    const list = names.map((name) => vscode.Uri.file(path.join(folder, name)).toString()).join('\r\n');
    data.set('text/uri-list', new vscode.DataTransferItem(list));
    const { token } = new vscode.CancellationTokenSource();
    await fileDrop.handleDrop?.(row as never, data, token);
  }

  const told = (): readonly string[] => [
    ...lab.prompts.mentioned,
    ...lab.prompts.shown.map(({ kind, message }) => `${kind}: ${message}`),
  ];

  it('are copied after the service was enabled, and replaced after one question', async () => {
    assert.equal(vm(lab.api, 'polite').services.guestServiceInterface.enabled, false);
    await answeringByEnter(async () => {
      await drop(vmNode('polite'), 'a b.txt', 'c.txt');
      await until(() => told().length > 0, 'something is told');
    });
    assert.deepEqual(told(), ['2 files (12 B) were copied to polite.']);
    assert.equal(vm(lab.api, 'polite').services.guestServiceInterface.enabled, true);

    lab.prompts.forget();
    lab.prompts.answer = ({ kind }) => (kind === 'modal' ? 'Replace' : undefined);
    await answeringByEnter(async () => {
      await drop(vmNode('polite'), 'c.txt');
      await until(() => lab.prompts.mentioned.length > 0, 'it was replaced');
    });
    assert.deepEqual(told(), [
      'c.txt (5 B) was copied to polite.',
      'modal: Replace C:\\Users\\Public\\Downloads\\c.txt in polite?',
    ]);
  });

  it('are not known to be there when the session is lost meanwhile, and the next copy works', async function () {
    skipUnless(this, process.platform === 'linux', 'sessions are found in /proc, which only Linux has');
    await writeFile(path.join(folder, 'large.bin'), Buffer.alloc(1_048_576));
    await answeringByEnter(async () => {
      await drop(vmNode('deaf'), 'large.bin', 'c.txt');
      const counted = (): boolean =>
        lab.prompts.progress.some(({ messages }) => messages.some((text) => text.includes('KB of 1')));
      await until(counted, 'it is counted');
    });
    killSessions();
    await until(() => lab.prompts.shown.length > 0, 'the loss is told');
    const [first] = lab.prompts.shown;
    assert.match(first?.message ?? '', /^0 of 2 files were copied to deaf: 1 not known; 1 failed\. /);
    assert.deepEqual(first?.buttons, ['Retry', 'Select Failures…', 'Show Log']);
    lab.prompts.forget();
    await answeringByEnter(async () => {
      await drop(vmNode('polite'), 'c.txt');
      await until(() => told().length > 0, 'something is told');
    });
    assert.deepEqual(told(), ['c.txt (5 B) was copied to polite.']);
  });

  it('on a VM that is off, or on a host, are refused with the reason', async () => {
    await drop(vmNode('resting'), 'c.txt');
    await until(() => told().length > 0, 'the reason is told');
    assert.match(told()[0] ?? '', /^information: resting does not run/);
    lab.prompts.forget();
    await drop(hostNode(hosts.live), 'c.txt');
    await until(() => told().length > 0, 'the reason is told');
    assert.match(told()[0] ?? '', /^information: Files go into a virtual machine/);
  });
});
