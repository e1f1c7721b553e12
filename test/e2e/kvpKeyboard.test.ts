// The editor of key-value pairs by keyboard alone, and live: in VS Code, over a real session.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import { PairsEditor } from '../support/pairsEditor';

const pairs = [
  { name: 'beta', data: '2' },
  { name: 'alpha', data: '1' },
  { name: 'gamma', data: '3' },
];
const spec = {
  hosts: [
    {
      name: 'HV-LAB1',
      vms: [
        { name: 'keys', guest: 'ubuntu', exchange: { external: pairs } },
        {
          name: 'lively',
          guest: 'ubuntu',
          exchange: {
            external: [{ name: 'mine', data: 'read' }],
            later: [{ afterMs: 200, everyMs: 200, pool: 'guest', name: 'tick', data: 'round {n}' }],
          },
        },
      ],
    },
  ],
};

/** Shows that a dialog has come to the folder of the test. */
const marker = 'marker.json';

describe('the editor of key-value pairs, by keyboard', () => {
  let window: LabWindow;
  let editor: PairsEditor;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pairs-'));
    await writeFile(path.join(folder, marker), '{}');
    window = await openLabWindow({ spec });
    editor = new PairsEditor(window.workbench);
    await window.workbench.waitForVm('keys', /^running/);
  });
  after(async () => {
    await window.close();
    await rm(folder, { recursive: true, force: true });
  });
  pictureOnFailure(() => window);

  const press = (key: string): Promise<void> => window.workbench.page.keyboard.press(key);
  const type = (text: string): Promise<void> => window.workbench.page.keyboard.type(text);
  const told = (text: string): Promise<void> => editor.status.filter({ hasText: text }).waitFor();
  const rows = (): Locator => editor.section('external').locator('tbody > tr');

  /** To the filter, from where Tab goes through the page. */
  async function toTop(): Promise<void> {
    await press('Control+f');
    await editor.waitForFocus('Filter pairs');
  }
  /** Puts this in place of what stands in the field with the focus. */
  async function replace(text: string): Promise<void> {
    // Not by Ctrl+A, which VS Code carries out a second time, some keys later.
    await press('Home');
    await press('Shift+End');
    await type(text);
  }
  /** Answers VS Code's own dialog for files. It looks the folder up as it is typed, and takes no name before it has. */
  async function chooseFile(name: string): Promise<void> {
    await window.workbench.typeFile(folder, marker, name);
    await window.workbench.quickInput.waitFor({ state: 'hidden' });
  }

  it('filters, sorts and copies', async () => {
    await editor.open('keys');
    await editor.value('alpha').waitFor();
    await editor.waitForKeyboard();
    await toTop();
    await type('alp');
    await editor.value('beta').waitFor({ state: 'hidden' });
    assert.equal(await rows().count(), 1);
    await replace('a');
    await press('Backspace');
    await editor.value('beta').waitFor();
    await editor.tabTo('Copy as JSON');
    await press('Enter');
    await told('Copied.');
    await editor.waitForFocus('Copy as JSON');
    await editor.tabTo('Key');
    await press('Enter');
    await editor.section('external').locator('[aria-sort="ascending"]').waitFor();
    assert.equal(await rows().first().locator('textarea').first().inputValue(), 'alpha');
    await editor.waitForFocus('Key');
  });

  it('changes, renames and removes, and takes back one row and all', async () => {
    await toTop();
    await editor.tabTo('Value of alpha');
    await replace('10');
    await press('Enter');
    await editor.waitForFocus('Key');
    await replace('bravo');
    await editor.tabTo('Undo bravo');
    await press('Enter');
    await editor.waitForFocus('Key');
    await editor.value('beta').waitFor();
    await editor.tabTo('Remove gamma');
    await press('Space');
    await editor.page.getByText('2 edits.').waitFor();
    await editor.waitForFocus('Key');
    await toTop();
    await editor.tabTo('Undo All');
    await press('Enter');
    await editor.page.getByRole('dialog').waitFor();
    await press('Enter');
    await told('All edits were undone.');
    await editor.waitForFocus('Undo All');
    assert.equal(await editor.value('alpha').inputValue(), '1');
  });

  it('saves after its plan, and reads again', async () => {
    await toTop();
    await editor.tabTo('Value of alpha');
    await replace('10');
    await press('Enter');
    await replace('bravo');
    await editor.tabTo('Remove gamma');
    await press('Space');
    await press('Control+s');
    await editor.page.getByRole('dialog').getByText('gamma').waitFor();
    await editor.waitForFocus('Save');
    await press('Enter');
    await told('saved');
    await toTop();
    await editor.tabTo('Refresh', 'Shift+Tab');
    await press('Enter');
    await editor.waitForFocus('Refresh');
    await editor.value('bravo').waitFor();
    assert.equal(await editor.value('alpha').inputValue(), '10');
    assert.equal(await rows().count(), 2);
  });

  it('exports and imports', async () => {
    const exported = path.join(folder, 'out.json');
    await toTop();
    await editor.tabTo('Export JSON');
    await press('Enter');
    await chooseFile('out.json');
    await window.workbench.statusBar.getByText(`Exported to ${exported}`).waitFor();
    assert.deepEqual(JSON.parse(await readFile(exported, 'utf8')), { alpha: '10', bravo: '2' });
    await editor.waitForFocus('Export JSON');
    await writeFile(path.join(folder, 'in.env'), 'alpha=11\nnew=4\n');
    await editor.tabTo('Import…', 'Shift+Tab');
    await press('Enter');
    await chooseFile('in.env');
    await editor.page.getByRole('dialog').getByText('in.env').waitFor();
    await editor.waitForFocus('Apply');
    await press('Enter');
    await told('Imported. Nothing is saved yet.');
    await editor.waitForFocus('Import…');
    assert.equal(await editor.value('new').inputValue(), '4');
  });

  it('follows the guest and the state of the virtual machine, and leaves a draft alone', async () => {
    const { workbench } = window;
    await editor.open('lively');
    const tick = editor.section('guest').getByText(/^round \d+$/);
    const first = await tick.innerText();
    await editor.value('mine').fill('draft');
    // By itself: nobody asks for it.
    await tick.filter({ hasNotText: new RegExp(`^${first}$`) }).waitFor({ timeout: 30_000 });
    assert.equal(await editor.value('mine').inputValue(), 'draft');
    await workbench.row('lively').click();
    await workbench.typeCommand('Hyper-V: Pause');
    await workbench.typeChoice(/virtual machine/i, 'lively');
    await editor.page.getByText('lively is paused').waitFor();
    assert.equal(await editor.value('mine').inputValue(), 'draft');
    await editor.page.getByText('1 edit.').waitFor();
  });
});
