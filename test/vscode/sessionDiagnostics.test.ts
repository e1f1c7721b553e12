import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { reportScheme } from '../../src/manifest';
import { hostNode, hosts, openLab, run, until } from './support/window';

describe('Session diagnostics', () => {
  before(async () => {
    await openLab();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const page = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;

  it('open as one page that cannot be edited, and are refreshed by the same command', async () => {
    await run('sessionDiagnostics');
    const first = page();
    assert.equal(first?.uri.scheme, reportScheme);
    assert.match(first.getText(), /Host: LIVE \(lab\)\n {2}session: ready; .*\n(.*\n)* {2}engine: PowerShell \d/);
    // The host which never answers is in it, and was not waited for.
    assert.match(first.getText(), /Host: HANGING \(lab\)/);
    await run('sessionDiagnostics', hostNode(hosts.live));
    await until(() => page()?.getText().includes('HANGING') === false, 'the page is about one host');
    assert.equal(page(), first);
    assert.match(first.getText(), /^Host: LIVE/);
  });

  it('are copied by the button above the page', async () => {
    await run('sessionDiagnostics', hostNode(hosts.live));
    await until(() => page()?.getText().startsWith('Host: LIVE') === true, 'the page is shown');
    await run('copySessionDiagnostics');
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^Host: LIVE \(lab\)/);
  });
});
