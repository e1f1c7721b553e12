// Files into several VMs by the keyboard: one question each, one summary, and a VM that fails holds up no other.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pictureOnFailure } from '../support/failurePicture';
import { labGuid } from '../support/labHost';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

const services = { guestServiceInterface: true };
const vms = [
  { name: 'alpha', id: labGuid(1), services },
  { name: 'beta', id: labGuid(2), services, files: { freeMB: 0.001 } },
  { name: 'gamma', id: labGuid(3), services },
];

describe('files into several virtual machines', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-e2e-many-'));
    await writeFile(path.join(folder, 'notes.txt'), 'x'.repeat(3_000));
    window = await openLabWindow({ spec: { hosts: [{ name: 'HV-ONE', vms }] } });
    ({ workbench } = window);
    await workbench.waitForVm('gamma', /^running/);
  });
  after(async () => {
    await window.close();
    await rm(folder, { recursive: true });
  });
  pictureOnFailure(() => window);

  it('are told by one summary, and a VM that fails holds up no other', async () => {
    const { keyboard } = workbench.page;
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    await workbench.selectBelow('HV-ONE', 'gamma');
    await workbench.chooseFromMenu('Copy Files to Guest…');
    await workbench.typeChoice(/What shall be copied/, 'Files');
    await workbench.quickInput.getByRole('button', { name: 'Copy to Guest' }).waitFor();
    await workbench.typeFile(folder, 'notes.txt', 'notes.txt');
    await workbench.quickInput.getByText(/Folder in alpha and 2 more/).waitFor();
    await keyboard.press('Enter');
    const summary = '2 of 3 copies into 3 virtual machines arrived: 1 failed. The disk of beta is full.';
    await workbench.notification(summary).waitFor();
    await window.screenshot('files-many');
  });
});
