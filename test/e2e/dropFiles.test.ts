// Files dragged by the mouse to rows of the view: from the Explorer of VS Code, and the tab of an editor.
import type { Locator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

describe('files dropped by the mouse', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  let attempts = 0;

  before(async () => {
    window = await openLabWindow({ files: { 'my notes [1].txt': 'x'.repeat(3_000), 'setup.ini': 'y'.repeat(1_000) } });
    ({ workbench } = window);
    await workbench.waitForHosts();
  });
  after(() => window.close());
  pictureOnFailure(() => window);

  /** A row of the Explorer, once that is shown. */
  async function file(name: string): Promise<Locator> {
    const tab = workbench.page.getByRole('tab', { name: /^Explorer/ });
    // Once more would hide it.
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.locator('a').click();
    return workbench.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name });
  }

  /** While the Explorer is laid out anew it forgets what was selected. */
  async function select(rows: readonly Locator[]): Promise<void> {
    const explorer = workbench.page.locator('.explorer-folders-view');
    const missing = async (): Promise<Locator | undefined> => {
      await workbench.settled(explorer);
      for (const row of rows) if ((await row.getAttribute('aria-selected')) !== 'true') return row;
      return undefined;
    };
    for (let row = await missing(); row !== undefined; row = await missing()) {
      await row.click({ modifiers: ['ControlOrMeta'] });
    }
  }

  /** Over the icon of the view, which opens it as soon as the mouse rests there, to a row. */
  async function drag(what: Locator, label: string): Promise<void> {
    const { mouse } = workbench.page;
    await what.hover();
    await mouse.down();
    const icon = await boxOf(workbench.page.getByRole('tab', { name: 'Hyper-V' }));
    const row = workbench.row(label).first();
    await mouse.move(icon.x + 12, icon.y + 12, { steps: 10 });
    // A browser goes on telling where the mouse is while it does not move; here only moves are told.
    for (let at = 0; !(await row.isVisible()); at = 1 - at) await mouse.move(icon.x + 12 + at, icon.y + 12);
    // The tree may still be laid out anew: until the row shows that it would take what is dropped.
    const target = workbench.page.locator('.monaco-list-row.drop-target').and(row);
    for (let at = 0; !(await target.isVisible()); at = 1 - at) {
      const box = await boxOf(row);
      await mouse.move(box.x + box.width / 2 + at, box.y + box.height / 2, { steps: 3 });
    }
    await mouse.up();
  }

  async function boxOf(one: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    await one.waitFor();
    const box = await one.boundingBox();
    if (box === null) throw new Error('It is not on screen.');
    return box;
  }

  async function refused(reason: RegExp): Promise<void> {
    await workbench.notification(reason).waitFor();
    await workbench.typeCommand('Notifications: Clear All Notifications');
  }

  it('on a virtual machine are copied into it, all that are selected', async () => {
    const notes = await file('my notes');
    await select([await file('setup.ini'), notes]);
    await drag(notes, 'ci-runner-07');
    await workbench.quickInput.getByText(/Folder in ci-runner-07/).waitFor();
    await window.screenshot('files-dropped');
    // A test that is run again finds what it left there, which would be asked about.
    await workbench.page.keyboard.insertText(`C:\\Dropped ${++attempts}`);
    await workbench.page.keyboard.press('Enter');
    await workbench.statusBar.getByText('2 files (3.9 KB) were copied to ci-runner-07.').waitFor();
  });

  it('on a host, or on a service of a virtual machine, are refused with the reason', async () => {
    await drag(await file('setup.ini'), 'HV-LAB1');
    await refused(/drop them on the row of one that runs/);
    await workbench.setExpanded(workbench.row('ci-runner-07').first(), true);
    await drag(await file('setup.ini'), 'Heartbeat');
    await refused(/drop them on the row of one that runs/);
  });

  it('that were never saved are refused with the reason', async () => {
    await workbench.page.keyboard.press('Control+Alt+N');
    const tab = workbench.page.getByRole('tab', { name: /Untitled-1/ });
    await tab.waitFor();
    await workbench.page.keyboard.insertText('x');
    await drag(tab, 'ci-runner-07');
    await refused(/What was dropped is in no file yet/);
  });
});
