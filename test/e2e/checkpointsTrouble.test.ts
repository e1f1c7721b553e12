// Checkpoints when things go wrong, by the keyboard alone: hostile names, disks that are merged, checkpoints that are
// disabled, and a host that dies in the middle.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import { needed } from '../support/needed';
import { skipUnless } from '../support/skip';
import type { LabWorkbench } from '../support/workbench';

const mark = randomUUID();
const long = 'ß'.repeat(100);
const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        {
          name: 'hostile',
          state: 'off',
          checkpointTree: [
            { name: '\u202e$(zap) **[x](command:y)**\u202c \u200b', hoursAgo: 3 },
            { name: long, after: 1, hoursAgo: 2 },
            { name: ' \u200b ', after: 1, hoursAgo: 1 },
          ],
        },
        { name: 'merging', state: 'off', checkpoints: 1, mergingMs: 86_400_000 },
        { name: 'disabled', state: 'off', checkpointType: 2 },
        { name: 'dies', state: 'off' },
      ],
    },
  ],
  // A checkpoint takes half a minute: nobody waits for its end here.
  timeScale: 0.03,
};

/** Ends the PowerShell of this window's lab, and nothing else: its environment has the mark of this run. */
function killHost(): void {
  const engine = needed('HYPERV_LAB_POWERSHELL');
  const own = readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const isEngine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(engine);
      return isEngine && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
  assert.equal(own.length, 1);
  process.kill(Number(own[0]), 'SIGKILL');
}

describe('trouble with checkpoints, by the keyboard', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);

  before(async () => {
    window = await openLabWindow({ spec, env: { HYPERV_TEST_MARK: mark } });
    ({ workbench } = window);
    await workbench.waitForVm('hostile', /^off$/);
    await workbench.widenSideBar(640);
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  /** The entries of the menu of the focused row; it is closed again. */
  async function menu(): Promise<string[]> {
    await press('Shift+F10');
    const entries = workbench.page.locator('.context-view .action-item .action-label:not(.separator)');
    await entries.first().waitFor();
    const texts = await entries.allInnerTexts();
    await press('Escape');
    await entries.first().waitFor({ state: 'hidden' });
    return texts.map((text) => text.trim());
  }

  /** Takes an entry of the menu of the focused row. */
  async function choose(entry: string): Promise<void> {
    const at = (await menu()).indexOf(entry);
    assert.ok(at >= 0, entry);
    await press('Shift+F10');
    await workbench.page.locator('.context-view .action-item').first().waitFor();
    const focused = workbench.page.locator('.context-view .action-item.focused').filter({ hasText: entry });
    for (let turn = 0; turn < 20 && (await focused.count()) === 0; turn++) await press('ArrowDown');
    await press('Enter');
  }

  /** The button of the focused row that makes a checkpoint. */
  const plus = (): Locator => workbench.focusedRow.locator('.actions [aria-label^="Create Checkpoint"]');

  async function open(vm: string): Promise<void> {
    await workbench.walkTo(vm);
    await press('ArrowRight');
    await workbench.waitForRows(`below ${vm}`, (rows) => rows.some(({ label }) => label === 'Checkpoints'));
    await workbench.walkTo('Checkpoints');
    await press('ArrowRight');
  }

  async function close(vm: string): Promise<void> {
    await workbench.walkTo(vm);
    await press('ArrowLeft');
    await workbench.waitForRows('closed again', (rows) => !rows.some(({ label }) => label === 'Checkpoints'));
  }

  it('names that mean something elsewhere are text, and a blank one has a row that can be pointed at', async () => {
    await open('hostile');
    const rows = await workbench.waitForRows('the tree', (all) => all.some(({ label }) => label === long));
    assert.deepEqual(
      rows.filter(({ level }) => level > 3).map(({ label }) => label),
      ['$(zap) **[x](command:y)**', long, '(without a name)'],
    );
    await window.screenshot('checkpoints-hostile');
    await workbench.walkTo('$(zap) **[x](command:y)**');
    await choose('Delete Checkpoint…');
    await workbench.dialog.waitFor();
    await window.screenshot('checkpoints-hostile-delete');
    assert.match(await workbench.dialog.innerText(), /Delete \$\(zap\) \*\*\[x\]\(command:y\)\*\* of hostile on HV\?/);
    await press('Escape');
    await workbench.dialog.waitFor({ state: 'hidden' });
  });

  it('the focus is back on the row after a question', async () => {
    await workbench.focusedRow.getByText('$(zap)').waitFor();
    await close('hostile');
  });

  it('disks that are merged are told of, and nothing is offered that the host would refuse', async () => {
    await open('merging');
    await workbench.waitForRows('the work', (rows) =>
      rows.some(({ description }) => /^1, .*merging disks$/.test(description)),
    );
    assert.equal(await plus().count(), 0);
    await workbench.walkTo('merging - 1');
    const entries = await menu();
    assert.deepEqual(
      entries.filter((entry) => entry.includes('Checkpoint')),
      ['Rename Checkpoint…'],
    );
    await workbench.typeCommand('Hyper-V: Delete Checkpoint');
    await workbench.typeChoice(/virtual machine/, 'merging');
    await workbench.notification('The host still merges disks of merging').waitFor();
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    await close('merging');
  });

  it('checkpoints that are disabled are told of where they would be', async () => {
    await open('disabled');
    await workbench.waitForRows('the note', (rows) =>
      rows.some(({ label }) => label === 'No checkpoints, and none can be made: they are disabled'),
    );
    await workbench.typeCommand('Hyper-V: Create Checkpoint');
    const offered = workbench.quickInput.getByRole('option');
    await offered.filter({ hasText: 'dies' }).waitFor();
    assert.equal(await offered.filter({ hasText: 'disabled' }).count(), 0);
    await press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await close('disabled');
  });

  it('a host that dies in the middle leaves it unknown, and its tree comes back by itself', async function () {
    skipUnless(this, process.platform === 'linux', 'finds the process in /proc');
    await open('dies');
    await workbench.waitForRows('none', (rows) => rows.some(({ label }) => label === 'No checkpoints'));
    assert.equal(await plus().count(), 1);
    await choose('Create Checkpoint…');
    await workbench.quickInput.getByText(/Name of the checkpoint/).waitFor();
    await press('Enter');
    await workbench.notification('Creating a checkpoint of dies').first().waitFor();
    await window.screenshot('checkpoints-creating');
    killHost();
    const told = workbench.notification('It is not known whether a checkpoint of dies was made');
    await told.waitFor();
    await window.screenshot('checkpoints-died');
    await workbench.waitForVm('dies', /^off$/);
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    await workbench.waitForRows('the tree again', (rows) => rows.some(({ label }) => label === 'No checkpoints'));
  });
});
