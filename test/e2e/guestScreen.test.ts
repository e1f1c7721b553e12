// The console of a guest: in the tooltip of its row, and larger in the report on it.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import { witnessCommands } from '../support/witness';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

describe('the screen of a guest, and its sign of life', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;

  before(async () => {
    window = await openLabWindow({ witness: true });
    ({ workbench } = window);
    await workbench.waitForHosts();
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  /** Points at a row until its tooltip is there: a row that is painted anew meanwhile shows none. */
  async function tooltipOf(label: string, content: string | RegExp, withPicture = false): Promise<Locator> {
    const { page } = workbench;
    const tooltip = page
      .locator('.monaco-hover:visible')
      // A busy machine may be late with the picture: the next look has it.
      .filter({ hasText: content, ...(withPicture && { has: page.locator('img') }) });
    for (let left = 5; ; left--) {
      await workbench.page.mouse.move(900, 700);
      await workbench.row(label).hover();
      try {
        await tooltip.waitFor({ timeout: 4_000 });
        return tooltip;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** Of the picture itself, once it has been decoded. */
  async function sizeOf(picture: Locator): Promise<readonly unknown[]> {
    return picture.evaluate((image) => {
      const { naturalWidth, naturalHeight } = image as unknown as Record<string, unknown>;
      return [naturalWidth, naturalHeight];
    });
  }

  it('is in the tooltip of its row, above the facts', async () => {
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await window.useTheme(theme);
      const tooltip = await tooltipOf('DC01', 'Root PDC emulator', true);
      const picture = tooltip.locator('img');
      await picture.waitFor();
      assert.equal(await picture.getAttribute('alt'), 'The screen of the guest');
      assert.deepEqual(await sizeOf(picture), [320, 180]);
      await window.screenshot(`guest-screen-${theme}`);
    }
    await window.updatePicture('guest-screen');
  });

  it('is left out where there is none, and the tooltip says why', async () => {
    const refused = await tooltipOf('sql-prod', 'HV-LAB2 shows its console to nobody');
    assert.equal(await refused.locator('img').count(), 0);
    const off = await tooltipOf('build-golden', 'build-golden');
    assert.doesNotMatch(await off.innerText(), /Screen/);
  });

  it('is not waited for where the host takes long', async () => {
    const late = await tooltipOf('erp-legacy', 'Screen: not there yet');
    assert.match(await late.innerText(), /^erp-legacy\n/);
    const there = await tooltipOf('erp-legacy', /^(?![^]*not there yet)[^]*erp-legacy/);
    await there.locator('img').waitFor();
  });

  it('is in the report, by the keyboard', async () => {
    await workbench.typeCommand('Hyper-V: Explain This VM');
    await workbench.typeChoice(/virtual machine/, 'web-ubuntu');
    const report = workbench.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    const picture = report.locator('img[alt="The screen of the guest"]');
    await picture.waitFor();
    assert.deepEqual(await sizeOf(picture), [640, 480]);
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await window.useTheme(theme);
      await window.screenshot(`report-${theme}`);
    }
    await window.updatePicture('report', { width: 1280, height: 900 });
  });

  it('that is lost is a number on the icon, a row in colour, and a sentence in the report', async () => {
    // The keyboard is in the page of the report, which keeps keys to itself for a moment after it was filled.
    await workbench.row('DC01').click();
    await workbench.runCommand(witnessCommands.hangDc01);
    await workbench.waitForVm('DC01', /^heartbeat lost, running/);
    await workbench.page.getByRole('tab', { name: 'Hyper-V' }).locator('.badge-content').getByText('1').waitFor();
    await workbench.typeCommand('Hyper-V: Explain This VM');
    await workbench.typeChoice(/virtual machine/, 'DC01');
    const report = workbench.page.locator('iframe.webview').last().contentFrame().frameLocator('#active-frame');
    await report.getByText('The guest fell silent').waitFor();
    await window.screenshot('lost-contact');
  });
});
