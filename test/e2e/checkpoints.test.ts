// Checkpoints by the keyboard alone: opened, made, renamed, applied and deleted; with pictures in three themes.
import assert from 'node:assert/strict';
import type { ShownRow } from '../../tools/lib/workbench.mjs';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

const whichVm = /virtual machine/;

describe('checkpoints by the keyboard', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);

  before(async () => {
    window = await openLabWindow();
    ({ workbench } = window);
    await workbench.waitForHosts();
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  /** Waits until some row is like that. */
  async function shows(what: string, fits: (row: ShownRow) => boolean): Promise<void> {
    await workbench.waitForRows(what, (rows) => rows.some(fits));
  }

  /** Types a text into the input that stands there, and takes it. */
  async function enter(prompt: RegExp, text: string): Promise<void> {
    await workbench.quickInput.getByText(prompt).waitFor();
    await press('ControlOrMeta+a');
    await workbench.page.keyboard.insertText(text);
    await press('Enter');
  }

  async function agree(button: string): Promise<void> {
    await workbench.dialog.waitFor();
    const wanted = workbench.dialog.getByRole('button', { name: button, exact: true });
    // The first button has the focus already.
    await wanted.focus();
    await press('Enter');
    await workbench.dialog.waitFor({ state: 'hidden' });
  }

  it('are read when their row is opened', async () => {
    await workbench.walkTo('WIN11-ANNA');
    await press('ArrowRight');
    await shows('the row Checkpoints', ({ label, description }) => label === 'Checkpoints' && description === '');
    await workbench.walkTo('Checkpoints');
    await press('ArrowRight');
    await shows(
      'the current checkpoint',
      ({ label, description }) =>
        label === 'Before the update' && /^current, .*, 12 GB, with memory$/.test(description),
    );
    await shows('the sum', ({ label, description }) => label === 'Checkpoints' && description === '4, 33 GB in all');
    const rows = await workbench.rows();
    const depths = rows.filter(({ level }) => level > 3).map(({ level, label }) => `${String(level)} ${label}`);
    assert.deepEqual(depths, [
      '4 Clean install',
      '5 Driver experiment',
      '6 Driver experiment, second try',
      '5 Before the update',
    ]);
    // In a narrow side bar the facts of a row are cut off.
    for (let times = 0; times < 5; times++) await workbench.typeCommand('Increase Current View Size');
    // Away from the buttons that the palette had covered.
    await workbench.page.mouse.move(1_000, 700);
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await window.useTheme(theme);
      await window.screenshot(`checkpoints-${theme}`);
    }
    await window.updatePicture('checkpoints');
  });

  it('tell their size and what is counted, in tooltips that the keyboard opens', async () => {
    for (const theme of ['light', 'highContrast', 'dark'] as const) {
      await window.useTheme(theme);
      await workbench.typeCommand('Hyper-V: Focus on Hosts View');
      await workbench.walkTo('Before the update');
      await press('ControlOrMeta+k');
      await press('ControlOrMeta+i');
      const tooltip = workbench.page.locator('.monaco-hover:visible').getByText(/Size on the host: 12 GB/);
      await tooltip.waitFor();
      await window.screenshot(`checkpoints-tooltip-${theme}`);
      await press('Escape');
    }
  });

  it('are made, of the type that was chosen, under the name that was typed', async () => {
    await workbench.typeCommand('Hyper-V: Create Checkpoint');
    await workbench.typeChoice(whichVm, 'WIN11-ANNA');
    await workbench.typeChoice(/type of checkpoint/, 'Production', 'Production');
    await window.screenshot('checkpoints-name');
    await enter(/Name of the checkpoint/, 'by keyboard');
    await shows(
      'the new checkpoint',
      ({ label, description }) => label === 'by keyboard' && /^current, .*, 500 MB, without memory$/.test(description),
    );
  });

  it('are renamed', async () => {
    await workbench.typeCommand('Hyper-V: Rename Checkpoint');
    await workbench.typeChoice(whichVm, 'WIN11-ANNA');
    await workbench.typeChoice(/Which checkpoint/, 'by keyboard');
    await enter(/New name/, 'renamed');
    await shows('the new name', ({ label }) => label === 'renamed');
  });

  it('are applied after a modal, and the row of the virtual machine follows', async () => {
    await workbench.typeCommand('Hyper-V: Apply Checkpoint');
    await workbench.typeChoice(whichVm, 'WIN11-ANNA');
    await workbench.typeChoice(/Which checkpoint/, 'Clean install');
    await workbench.dialog.waitFor();
    assert.match(
      await workbench.dialog.innerText(),
      /since renamed .* is lost.*The disk files that hold it take 4\.0 MB/,
    );
    await window.screenshot('checkpoints-apply');
    await agree('Apply');
    await workbench.waitForVm('WIN11-ANNA', /^saved$/);
    await shows(
      'the applied checkpoint as the current one',
      ({ label, description }) => label === 'Clean install' && description.startsWith('current, '),
    );
  });

  it('are proven to work, and the one that was made is deleted again', async () => {
    await workbench.typeCommand('Hyper-V: Prove Production Checkpoint');
    await workbench.typeChoice(/Which virtual machine shall show it/, 'web-ubuntu');
    await workbench.dialog.waitFor();
    await window.screenshot('checkpoints-prove');
    await agree('Prove');
    await workbench.notification('Proven: the guest of web-ubuntu brought its files to rest').waitFor();
    await window.screenshot('checkpoints-proven');
  });

  it('are deleted with those that came after them', async () => {
    await workbench.typeCommand('Hyper-V: Delete Checkpoint Subtree');
    await workbench.typeChoice(whichVm, 'WIN11-ANNA');
    await workbench.typeChoice(/Which checkpoint/, 'Driver experiment', 'Driver experiment');
    await workbench.dialog.waitFor();
    assert.match(await workbench.dialog.innerText(), /Together they take 16 GB .* deleting them gives this space back/);
    await window.screenshot('checkpoints-delete');
    await agree('Delete All');
    await workbench.waitForRows(
      'a tree without the experiment',
      (rows) => rows.length > 0 && !rows.some(({ label }) => label.startsWith('Driver experiment')),
    );
  });
});
