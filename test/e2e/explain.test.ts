// Explain This VM from the tree by the keyboard: what helps is offered and works, and many virtual machines are one page.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow, themes } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

describe('the report on virtual machines by the keyboard', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;

  before(async () => {
    window = await openLabWindow({
      spec: {
        hosts: [
          {
            name: 'HV-ONE',
            vms: [
              { name: 'nas', guest: 'windowsServer2025', services: { vss: false } },
              { name: 'db-debian', guest: 'debian', uptimeSeconds: 86_400 },
              { name: 'web', guest: 'ubuntu' },
            ],
          },
          { name: 'HV-MANY', vmsPerHost: 120 },
        ],
      },
      settings: { 'hyperv.groups.above': 1_000 },
    });
    ({ workbench } = window);
    await workbench.waitForVm('nas', /^running/);
    await workbench.waitForHost('HV-MANY', /120 virtual machines/);
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  /** The page in the editor's own preview. */
  function report(): FrameLocator {
    return workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  async function closeEditors(): Promise<void> {
    // Takes the keyboard from the page; a click on a row would open or close it.
    await workbench.page.locator('.sidebar .title-label').first().click();
    await workbench.typeCommand('View: Close All Editors');
    await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
  }

  async function focusTree(): Promise<void> {
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
  }

  /** VS Code's trees select what is beside a row before they select everything. */
  async function selectSiblings(label: string): Promise<void> {
    await workbench.page.keyboard.press('Escape');
    await workbench.walkTo(label);
    await workbench.page.keyboard.press('Control+a');
  }

  it('offers the service that backups need, enables it, and is made anew', async () => {
    await focusTree();
    await workbench.walkTo('nas');
    await workbench.chooseFromMenu('Explain This VM');
    await report().getByText('“Enable Integration Service” for Backup (VSS), or accept it.').waitFor();
    // It has gone from the corner when nobody took it for a while; the list of notifications still has it.
    await workbench.typeCommand('Notifications: Show Notifications');
    const offer = workbench.page
      .locator('.notifications-center .notification-list-item')
      .filter({ hasText: 'Backups do not ask the guest of nas' });
    await offer.waitFor();
    await window.screenshot('explain-offer');
    await offer.getByRole('button', { name: 'Enable Backup (VSS)', exact: true }).focus();
    await workbench.page.keyboard.press('Enter');
    await report().getByText('Application-consistent.').waitFor();
    await closeEditors();
  });

  it('is a table first for several', async () => {
    await focusTree();
    await selectSiblings('db-debian');
    await workbench.waitForSelection(['db-debian', 'nas', 'web']);
    await workbench.chooseFromMenu('Explain This VM');
    await report().getByRole('heading', { name: '3 virtual machines on HV-ONE' }).waitFor();
    const rows = report().locator('table').first().locator('tbody tr');
    assert.equal(await rows.count(), 3);
    assert.match(await rows.first().innerText(), /db-debian\s+running\s+heartbeat OK\s+Crash-consistent/);
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await window.useTheme(theme);
      await window.screenshot(`explain-several-${theme}`);
    }
    await closeEditors();
  });

  it('tells of many those that need a look first, and only them in full', async () => {
    await focusTree();
    await selectSiblings('app-0003');
    await workbench.chooseFromMenu('Explain This VM');
    await report().getByRole('heading', { name: '120 virtual machines on HV-MANY' }).waitFor();
    const rows = report().locator('table').first().locator('tbody tr');
    const told = await report().locator('h2').count();
    assert.equal(await rows.count(), 120);
    assert.ok(told > 0 && told <= 50, `${told} told of in full`);
    assert.deepEqual(window.complaints, []);
    await window.screenshot('explain-many');
  });
});
