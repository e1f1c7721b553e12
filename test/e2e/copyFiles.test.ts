// Files into guests by the keyboard alone: chosen, copied, refused by a full disk, cancelled; with pictures in four themes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

const command = 'Hyper-V: Copy Files to Guest';

describe('files into guests by the keyboard', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  let folder: string;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-e2e-files-'));
    await writeFile(path.join(folder, 'setup.iso'), Buffer.alloc(2_000_000));
    await writeFile(path.join(folder, 'notes.txt'), 'x'.repeat(3_000));
    window = await openLabWindow();
    ({ workbench } = window);
    await workbench.waitForHosts();
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    // Until the focus has come there, it would take away what a command asks.
    await workbench.walkTo('ci-runner-07');
  });
  after(async () => {
    await window.close();
    await rm(folder, { recursive: true });
  });
  pictureOnFailure(() => window);

  /** Types a text into the input with this title or prompt, and takes it. */
  async function enter(prompt: RegExp, text: string): Promise<void> {
    await workbench.quickInput.getByText(prompt).waitFor();
    await press('ControlOrMeta+a');
    await workbench.page.keyboard.insertText(text);
    await press('Enter');
  }

  /** Up to the question for the folder. */
  async function choose(vmName: string, file: string): Promise<void> {
    await workbench.typeCommand(command);
    await workbench.typeChoice(/Into which virtual machine/, vmName);
    await workbench.typeChoice(/What shall be copied/, 'Files');
    await workbench.quickInput.getByRole('button', { name: 'Copy to Guest' }).waitFor();
    await workbench.quickInput.getByRole('option').filter({ hasText: '..' }).waitFor();
    await workbench.typeFile(folder, 'notes.txt', file);
  }

  /** Goes to a button of a toast by Tab, and presses it. */
  async function pressButton(toast: Locator, name: string): Promise<void> {
    await workbench.typeCommand('Notifications: Focus Notification Toast');
    // Where it has the focus a button is named so.
    const button = toast.locator('.monaco-button:focus').getByText(name);
    for (let left = 8; left > 0 && (await button.count()) === 0; left--) await press('Tab');
    await press('Enter');
  }

  async function useThemes(name: string): Promise<void> {
    for (const theme of ['light', 'highContrast', 'highContrastLight', 'dark'] as const) {
      await window.useTheme(theme);
      await window.screenshot(`${name}-${theme}`);
    }
  }

  it('are copied to the folder that was typed, which is told in passing', async () => {
    await choose('ci-runner-07', 'notes.txt');
    await workbench.quickInput.getByText(/Folder in ci-runner-07/).waitFor();
    await window.screenshot('files-folder');
    await enter(/Folder in ci-runner-07/, 'D:\\incoming');
    await workbench.statusBar.getByText('notes.txt (2.9 KB) was copied to ci-runner-07.').waitFor();
  });

  it('are replaced only after a modal', async () => {
    await choose('ci-runner-07', 'notes.txt');
    // The folder is remembered.
    await workbench.quickInput.getByText(/Folder in ci-runner-07/).waitFor();
    await press('Enter');
    await workbench.dialog.getByText(/Replace D:\\incoming\\notes\.txt/).waitFor();
    await window.screenshot('files-replace');
    await press('Escape');
    await workbench.notification(/stays as it is/).waitFor();
    await press('Escape');
  });

  it('of a disk that is full are told with what to do, after the service was enabled', async () => {
    await choose('WIN11-ANNA', 'setup.iso');
    await workbench.quickInput.getByPlaceholder(/Guest Services of WIN11-ANNA/).waitFor();
    await window.screenshot('files-service');
    await workbench.typeChoice(/Guest Services of WIN11-ANNA/, 'Enable, Copy', 'Enable, Copy and Disable Again');
    await workbench.quickInput.getByText(/Folder in WIN11-ANNA/).waitFor();
    await press('Enter');
    const report = workbench.notification(/The disk of WIN11-ANNA is full/);
    await report.waitFor();
    await useThemes('files-full');
    await pressButton(report, 'Select Failures…');
    await workbench.quickInput.getByPlaceholder('Which shall be tried again?').waitFor();
    await workbench.quickInput.getByText('The disk of WIN11-ANNA is full.', { exact: false }).first().waitFor();
    await window.screenshot('files-failures');
    await press('Escape');
    // The service is as it was.
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    await workbench.walkTo('WIN11-ANNA');
    await press('ArrowRight');
    await workbench.waitForService('Guest Services', { checked: false, description: /disabled/ });
    await press('ArrowLeft');
  });

  it('are counted on the way, and a copy is cancelled by the keyboard', async () => {
    await choose('erp-legacy', 'setup.iso');
    await workbench.typeChoice(/Guest Services of erp-legacy/, 'Enable and Copy');
    await workbench.quickInput.getByText(/Folder in erp-legacy/).waitFor();
    await press('Enter');
    const progress = workbench.notification(/Copying setup\.iso to erp-legacy/);
    await progress.getByText(/KB of 1\.9 MB/).waitFor();
    await useThemes('files-progress');
    await pressButton(progress, 'Cancel');
    const told = /was not copied to erp-legacy, as it was cancelled\. A part may be left in the guest: setup\.iso\./;
    await workbench.notification(told).waitFor();
    await window.screenshot('files-cancelled');
  });
});
