// Explain This VM, the number on the icon and Wait for Heartbeat, in a real window on the demo lab.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { HeartbeatRequest, HeartbeatResult } from '../../src/commands/waitForHeartbeat';
import { pageScheme } from '../../src/manifest';
import { useLab } from './support/lab';
import { hosts, refreshHost, run, until, vm, vmNode } from './support/window';

/** The page which the preview shows, as its own source. */
function page(name: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === pageScheme && uri.path === `/${name}.md`);
}

function previews(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);
}

describe('The report on a VM', () => {
  const lab = useLab();
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it("opens in the editor's own preview, says what is true, and is fresh on each command", async () => {
    await run('explainVm', vmNode('polite'));
    await until(() => previews().some((label) => label.includes('polite.md')), 'the preview is there');
    await until(() => page('polite') !== undefined, 'the page is open');
    assert.match(page('polite')?.getText() ?? '', /^# polite on LIVE\n/);
    assert.match(page('polite')?.getText() ?? '', /\*\*Application-consistent\.\*\*/);
    await lab.api.labRequest(hosts.live, 'lab.touch', {
      action: 'service',
      id: vm(lab.api, 'polite').id,
      service: 'vss',
      enabled: false,
    });
    await run('explainVm', vmNode('polite'));
    await until(() => page('polite')?.getText().includes('**Crash-consistent') === true, 'the page is made anew');
    assert.equal(previews().filter((label) => label.includes('polite.md')).length, 1);
  });

  it('is one page on several VMs, with a table first', async () => {
    const rows = [vmNode('polite'), vmNode('silent'), vmNode('resting')];
    await run('explainVm', rows[0], rows);
    await until(() => page('3 virtual machines') !== undefined, 'the page is open');
    const text = page('3 virtual machines')?.getText() ?? '';
    assert.match(text, /^# 3 virtual machines on LIVE\n\n\| Virtual machine/);
    assert.deepEqual(text.match(/^## .*$/gm), ['## polite on LIVE', '## silent on LIVE', '## resting on LIVE']);
  });

  it('shows what a name or a guest says as text: no link, no picture, no HTML', async () => {
    const { id } = vm(lab.api, 'polite');
    const name = '[x](command:workbench.action.quit) ![y](https://evil.example/p.png) <img src=z> https://evil.example';
    await lab.api.labRequest(hosts.live, 'lab.touch', { action: 'rename', id, name });
    await refreshHost(hosts.live);
    await run('explainVm', vmNode('polite'));
    // VS Code keeps pages of earlier tests for a while.
    const hostile = (): vscode.TextDocument | undefined =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === pageScheme && uri.path.includes('evil'));
    await until(() => hostile() !== undefined, 'the page is open');
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', hostile());
    assert.match(html, /evil\.example/);
    assert.doesNotMatch(html, /<a [^>]*href="(?!#)/);
    assert.doesNotMatch(html, /<script/);
    // The console of the guest, which we draw, and no other picture.
    const pictures = [...html.matchAll(/<img [^>]*>/g)].map(([tag]) => tag);
    assert.equal(pictures.length, 1);
    assert.match(pictures[0] ?? '', /src="data:image\/png;base64,[A-Za-z0-9+/=]+"/);
  });
});

describe('The heartbeat', () => {
  const lab = useLab();
  const hang = async (enabled: boolean): Promise<void> => {
    await lab.api.labRequest(hosts.live, 'lab.touch', { action: 'hang', id: vm(lab.api, 'polite').id, enabled });
    await refreshHost(hosts.live);
  };
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('that is lost while the VM runs is told with its time, and so is its return', async () => {
    await hang(true);
    await run('explainVm', vmNode('polite'));
    await until(() => page('polite')?.getText().includes('fell silent') === true, 'the report tells the loss');
    assert.match(
      page('polite')?.getText() ?? '',
      /\| running \| heartbeat lost \|\n\| .* \| running \| heartbeat OK \|/,
    );
    await hang(false);
    await run('explainVm', vmNode('polite'));
    await until(() => page('polite')?.getText().includes('fell silent') === false, 'the report tells the return');
    assert.match(
      page('polite')?.getText() ?? '',
      /\| running \| heartbeat OK \|\n\| .* \| running \| heartbeat lost \|/,
    );
  });

  it('can be waited for by other commands, which get a result', async () => {
    const id = vm(lab.api, 'polite').id;
    const wait = (request: HeartbeatRequest): Thenable<HeartbeatResult | undefined> =>
      vscode.commands.executeCommand('hyperv.waitForHeartbeat', request);
    const { waitedSeconds, ...result } = (await wait({ host: 'LIVE', vm: 'polite' })) ?? {};
    assert.equal(typeof waitedSeconds, 'number');
    assert.deepEqual(result, { outcome: 'answered', host: hosts.live, id, message: 'polite answers.' });
    assert.equal((await wait({ id: vm(lab.api, 'resting').id }))?.outcome, 'notRunning');
    assert.equal((await wait({ vm: 'nobody' }))?.outcome, 'noSuchVm');
    await hang(true);
    assert.equal((await wait({ id, deadlineSeconds: 0.2 }))?.outcome, 'deadline');
    const waiting = wait({ id, deadlineSeconds: 60 });
    await hang(false);
    assert.equal((await waiting)?.outcome, 'answered');
  });
});
