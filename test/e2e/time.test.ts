// Check Time by the keyboard alone: allowed, signed in, read, and the clock set; with pictures in three themes.
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

describe('the check of a clock by the keyboard', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);

  before(async () => {
    window = await openLabWindow();
    ({ workbench } = window);
    await workbench.waitForHosts();
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  /** The page in the editor's own preview. */
  function report(): FrameLocator {
    return workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  async function enter(prompt: RegExp, text: string): Promise<void> {
    await workbench.quickInput.getByText(prompt).first().waitFor();
    await workbench.page.keyboard.insertText(text);
    await press('Enter');
  }

  it('begins with what will run in the guest, and goes there as whom the person says', async () => {
    await workbench.typeCommand('Hyper-V: Check Time');
    await workbench.typeChoice(/virtual machine/, 'sql-prod');
    await workbench.quickInput.getByPlaceholder(/Shall the guest be asked/).waitFor();
    await window.screenshot('time-consent');
    await workbench.quickInput.locator('.monaco-list-row.focused').filter({ hasText: 'Ask the Guest Too' }).waitFor();
    await press('Enter');
    await enter(/User name/, 'CORP\\anna');
    await enter(/Password of/, 'not a real one');
    await report().getByText('The host slept while this virtual machine was running').waitFor();
    for (const theme of ['light', 'highContrast', 'highContrastLight', 'dark'] as const) {
      await window.useTheme(theme);
      await window.screenshot(`time-report-${theme}`);
    }
    await window.updatePicture('check-time', { width: 1280, height: 760 });
  });

  it('offers what helps, asks before it sets the clock, and shows what is true then', async () => {
    // It has gone from the corner when nobody took it for a while; the list of notifications still has it.
    await workbench.typeCommand('Notifications: Show Notifications');
    const offer = workbench.page
      .locator('.notifications-center .notification-list-item')
      .filter({ hasText: 'Who sets the clock of sql-prod' });
    await offer.waitFor();
    assert.match(await offer.innerText(), /Disable and Enable/);
    await window.screenshot('time-offer');
    await offer.getByRole('button', { name: 'Set the Clock', exact: true }).focus();
    await press('Enter');
    await workbench.dialog.waitFor();
    assert.match(await workbench.dialog.innerText(), /w32tm \/resync/);
    await window.screenshot('time-dialog');
    await workbench.dialog.getByRole('button', { name: 'Set the Clock', exact: true }).focus();
    await press('Enter');
    await report().getByText('The clocks of guest and host agree within a second.').waitFor();
  });
});
