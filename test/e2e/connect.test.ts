// Connect by the keyboard, in the demo lab, where nothing is started.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

describe('connecting by the keyboard', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;

  before(async () => {
    window = await openLabWindow();
    ({ workbench } = window);
    await workbench.waitForHosts();
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('offers what can work, with the address and its age, and says what the rest needs', async () => {
    await workbench.typeCommand('Hyper-V: Connect…');
    await workbench.typeChoice(/virtual machine/, 'web-ubuntu');
    await workbench.quickInput.getByPlaceholder(/How shall web-ubuntu be reached/).waitFor();
    const text = await workbench.quickInput.innerText();
    assert.match(text, /SSH Terminal\s*10\.20\.0\.30 \/ 172\.17\.0\.1, by Data Exchange, just now/);
    assert.match(text, /Virtual Machine Connection\s*needs Windows on this computer/);
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await workbench.page.keyboard.press('Escape');
      await window.useTheme(theme);
      await workbench.typeCommand('Hyper-V: Connect…');
      await workbench.typeChoice(/virtual machine/, 'web-ubuntu');
      await workbench.quickInput.getByPlaceholder(/How shall web-ubuntu be reached/).waitFor();
      await window.screenshot(`connect-${theme}`);
    }
  });

  it('starts nothing in the demo lab, and says what it would be', async () => {
    await workbench.typeChoice(/How shall web-ubuntu be reached/, 'SSH Terminal');
    await workbench.typeChoice(/At which address/, '10.20.0.30');
    await workbench.quickInput.getByText(/User name for ssh at 10\.20\.0\.30/).waitFor();
    await workbench.page.keyboard.insertText('anna');
    await workbench.page.keyboard.press('Enter');
    const told = workbench.notification('web-ubuntu is in the demo lab, so nothing is started');
    await told.waitFor();
    assert.match(await told.innerText(), /ssh -l anna -- 10\.20\.0\.30/);
    await window.screenshot('connect-lab');
    assert.equal(await workbench.page.locator('.terminal-tab, .xterm').count(), 0);
  });
});
