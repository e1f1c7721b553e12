// The list that changes while somebody looks at it, and makes room for a password. VS Code shows one of them at a time.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { WindowSteps } from '../../src/commands/hosts/windowSteps';

describe('A list that changes', () => {
  it('is there again after a question that took its place, and was not left', async () => {
    const list = new WindowSteps().list<string>({ title: 'Test Connection', canGoBack: false }, 'Steps');
    try {
      list.show([{ label: 'Port', icon: 'pass', value: 'port' }], true, 0);
      const next = list.next();
      const cancellation = new vscode.CancellationTokenSource();
      const asked = list.aside(async () => await vscode.window.showInputBox({ password: true }, cancellation.token));
      cancellation.cancel();
      assert.equal(await asked, undefined);
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.deepEqual(await next, { kind: 'accepted', value: 'port' });
    } finally {
      list.close();
    }
  });
});
