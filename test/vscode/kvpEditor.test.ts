// Tabs of pairs and what their pages are told, seen from the extension's side.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { skipUnless } from '../support/skip';
import { useLab } from './support/lab';
import { Pages, pairTabs, title } from './support/pages';
import { killSessions } from './support/sessions';
import { hosts, put, refreshHost, run, until, vm, vmNode } from './support/window';

describe('The editor of key-value pairs', () => {
  const lab = useLab();
  let pages: Pages;

  beforeEach(() => {
    pages = new Pages();
    pages.install();
  });
  afterEach(async () => {
    pages.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => pairTabs().length === 0, 'no tab of pairs is left');
  });

  const labels = (): string[] => pairTabs().map(({ label }) => label);
  const isActive = (name: string): boolean =>
    pairTabs().some(({ label, isActive: active }) => active && label === title(name));
  const notice = (): string | undefined => pages.snapshot('polite')?.notice?.text;

  async function openPolite(): Promise<void> {
    await run('editPairs', vmNode('polite'));
    await until(() => (pages.snapshot('polite')?.reading?.pools.intrinsic ?? []).length > 0, 'the pairs are read');
  }

  it('has one tab for each VM, and brings it to the front when it is asked for again', async () => {
    await run('editPairs', vmNode('polite'));
    await run('editPairs', vmNode('deaf'));
    await until(() => isActive('deaf'), 'the second tab is in front');
    await run('editPairs', vmNode('polite'));
    await until(() => isActive('polite'), 'the first tab is in front again');
    assert.deepEqual(labels(), [title('polite'), title('deaf')]);
  });

  it('opens anew after its tab was closed, and nothing is told to the old one', async () => {
    await openPolite();
    await vscode.window.tabGroups.close(pairTabs());
    await until(() => pairTabs().length === 0, 'the tab is closed');
    await put(lab.api, 'paused', ['polite']);
    assert.equal(notice(), undefined);
    await openPolite();
    await until(() => notice()?.startsWith('polite is paused') === true, 'the new page says that the VM is paused');
  });

  it('opens for a VM that is picked in the palette, and for nobody when nothing is picked', async () => {
    await run('editPairs');
    assert.deepEqual(labels(), []);
    lab.prompts.pick = ['resting'];
    await run('editPairs');
    await until(() => isActive('resting'), 'the tab of the VM that was picked');
    await until(
      () => pages.snapshot('resting')?.notice?.text.startsWith('resting is off') === true,
      'the page says that it is off',
    );
  });

  it('follows the state of the VM, until it is gone, and the lab that is put back', async () => {
    await openPolite();
    assert.equal(notice(), undefined);
    for (const [state, text] of [
      ['saved', 'polite is saved'],
      ['off', 'polite is off'],
      ['paused', 'polite is paused'],
    ] as const) {
      await put(lab.api, state, ['polite']);
      await until(() => notice()?.startsWith(text) === true, text);
    }
    await lab.api.labRequest(hosts.live, 'lab.touch', { action: 'delete', id: vm(lab.api, 'polite').id });
    await refreshHost(hosts.live);
    await until(() => notice() === 'polite no longer exists on LIVE.', 'the page says that the VM is gone');
    // Its tab stays, as somebody may want to copy from it.
    assert.deepEqual(labels(), [title('polite')]);
    await lab.api.labRequest(hosts.live, 'lab.reset', {});
    await refreshHost(hosts.live);
    await until(() => notice() === undefined, 'the page has the VM of the new lab');
  });

  it('shows what it read before while the host cannot be reached, and reads again with the next session', async function () {
    skipUnless(this, process.platform === 'linux', 'sessions are found in /proc, which only Linux has');
    await openPolite();
    await lab.api.labRequest(hosts.live, 'lab.fault', { kind: 'serviceStopped' });
    await refreshHost(hosts.live);
    await until(() => notice()?.startsWith('Hyper-V is not running on LIVE') === true, 'the page says why');
    assert.ok(pages.snapshot('polite')?.reading?.pools.intrinsic);
    // The fault dies with the lab of the session.
    killSessions();
    await refreshHost(hosts.live);
    await until(() => notice() === undefined, 'the new session has read the VM');
  });
});
