import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answeringByEnter } from './support/enter';
import { useLab } from './support/lab';
import { hosts, put, run, until, vm, vmNode } from './support/window';
import type { VmName } from './support/window';

describe('Checkpoints', () => {
  const lab = useLab();
  afterEach(async () => {
    // A question that nobody answered must not meet the next test.
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });

  const create = (name: VmName): Promise<void> => answeringByEnter(() => run('createCheckpoint', vmNode(name)));

  it('are created with the suggested name, and the type is told in passing', async () => {
    await put(lab.api, 'off', ['polite']);
    await create('polite');
    await until(() => lab.prompts.mentioned.length > 0, 'the checkpoint is mentioned');
    assert.match(lab.prompts.mentioned[0] ?? '', /^Checkpoint of polite made: polite - \d{4}-/);
    assert.deepEqual(lab.prompts.shown, []);
  });

  it('are applied after a question that names the loss, and the row of the VM follows', async () => {
    await put(lab.api, 'off', ['polite']);
    await create('polite');
    await put(lab.api, 'running', ['polite']);
    lab.prompts.forget();
    lab.prompts.pick = [];
    const picked = vscode.window.showQuickPick;
    (vscode.window as unknown as Record<string, unknown>)['showQuickPick'] = (items: readonly unknown[]) =>
      Promise.resolve(items[0]);
    lab.prompts.answer = ({ kind }) => (kind === 'modal' ? 'Apply' : undefined);
    try {
      await run('applyCheckpoint', vmNode('polite'));
    } finally {
      (vscode.window as unknown as Record<string, unknown>)['showQuickPick'] = picked;
    }
    const [modal] = lab.prompts.shown;
    assert.equal(modal?.kind, 'modal');
    assert.match(modal.detail ?? '', /written to its disks since .* is lost/);
    assert.match(modal.detail ?? '', /It is saved first/);
    assert.equal(vm(lab.api, 'polite').state, 'off');
    assert.deepEqual(
      lab.prompts.progress.map(({ title }) => title.replace(/polite - [\d :-]+\d/, '<name>')),
      ['Applying <name> to polite'],
    );
  });

  it('that cannot be deleted are told of with the reason of the host', async () => {
    await create('resting');
    lab.prompts.forget();
    await lab.api.labRequest(hosts.live, 'lab.fault', { kind: 'errorOnce', on: 'DestroySnapshot', code: 32_774 });
    const picked = vscode.window.showQuickPick;
    (vscode.window as unknown as Record<string, unknown>)['showQuickPick'] = (items: readonly unknown[]) =>
      Promise.resolve(items[0]);
    lab.prompts.answer = ({ kind }) => (kind === 'modal' ? 'Delete' : undefined);
    try {
      await run('deleteCheckpoint', vmNode('resting'));
    } finally {
      (vscode.window as unknown as Record<string, unknown>)['showQuickPick'] = picked;
    }
    const error = lab.prompts.shown.find(({ kind }) => kind === 'error');
    assert.match(error?.message ?? '', /was not deleted\. resting or one of its files is in use/);
  });
});
