// Many virtual machines and the list of those that failed, without the mouse; and how that list looks in four themes.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow, themes } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

const count = 14;
const names = Array.from({ length: count }, (_, index) => `node-${String(index + 1).padStart(2, '0')}`);
const lacking = names.slice(1, 4);
const inUse = names.slice(6, 7);

/** For each try of the test one. */
function sixTimes<T>(fault: T): T[] {
  return Array.from({ length: 6 }, () => fault);
}

describe('many virtual machines by the keyboard alone', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);
  const pictures = async (name: string): Promise<void> => window.screenshot(`bulk-${name}`);

  before(async () => {
    window = await openLabWindow({
      spec: {
        timeScale: 10,
        hosts: [
          {
            name: 'HV-MANY',
            vms: names.map((name) => ({ name, guest: 'windowsServer2025', state: 'off', startMs: 3_000 })),
          },
        ],
        faults: [
          ...lacking.flatMap((vm) => sixTimes({ kind: 'errorOnce', on: 'Msvm_ConcreteJob', vm, code: 32_778 })),
          ...inUse.flatMap((vm) => sixTimes({ kind: 'errorOnce', on: 'Msvm_ConcreteJob', vm, code: 32_772 })),
        ],
      },
    });
    ({ workbench } = window);
    await workbench.waitForHosts();
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('start from the selection, in one progress with counts and Cancel', async () => {
    await workbench.typeCommand('Explorer: Focus on');
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    await workbench.walkTo(names[0] ?? '');
    for (let more = 1; more < count; more += 1) await press('Shift+ArrowDown');
    await press('Shift+F10');
    await chooseInMenu(workbench, 'Start');
    const progress = workbench.notification(`Starting ${count} virtual machines`);
    await progress.filter({ hasText: new RegExp(`of ${count}`) }).waitFor();
    await progress.getByRole('button', { name: 'Cancel' }).waitFor();
    await pictures('progress');
  });

  it('end in one summary', async () => {
    const summary = workbench.notification('10 started, 4 failed.');
    await summary.waitFor();
    await pictures('summary');
    for (const name of lacking) await workbench.waitForVm(name, /^off/);
  });

  it('lead to a list by cause, in which the keyboard shows a row in the view', async () => {
    await answer(workbench, 'Select Failures…');
    const list = workbench.quickInput;
    await list.getByText('3 · HV-MANY does not have enough free memory.').waitFor();
    await list
      .locator('.monaco-list-row')
      .filter({ hasText: lacking[1] ?? '' })
      .waitFor();
    await press('ArrowDown');
    await press('ArrowDown');
    await tabBackTo(workbench, 'Show in the View');
    await press('Enter');
    await workbench.page.locator('.sidebar .monaco-list-row.selected').filter({ hasText: 'node-' }).waitFor();
    assert.ok(await list.isVisible());
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`is kept as a picture: ${theme}`, async () => {
      await press('Escape');
      await window.useTheme(theme);
      await workbench.typeCommand('Hyper-V: Focus on Hosts View');
      await workbench.walkTo(lacking[0] ?? '');
      for (let more = 1; more < 6; more += 1) await press('Shift+ArrowDown');
      await press('Shift+F10');
      await chooseInMenu(workbench, 'Start');
      await workbench.notification(/0 started, 4 failed\./).waitFor();
      await answer(workbench, 'Select Failures…');
      await workbench.quickInput.getByText('3 · HV-MANY').waitFor();
      await pictures(`list-${theme}`);
    });
  }
});

async function chooseInMenu({ page }: LabWorkbench, name: string): Promise<void> {
  const focused = page.locator('.monaco-menu .action-item.focused').filter({ hasText: new RegExp(`^${name}$`) });
  await page.locator('.monaco-menu').waitFor();
  for (let steps = 30; steps > 0; steps -= 1) {
    await page.keyboard.press('ArrowDown');
    if ((await focused.count()) > 0) {
      await page.keyboard.press('Enter');
      return;
    }
  }
  throw new Error(`Thirty times Down do not lead to ${name}.`);
}

/** Presses this button of the notification that is on screen. */
async function answer(workbench: LabWorkbench, button: string): Promise<void> {
  await workbench.typeCommand('Notifications: Focus Notification Toast');
  await tabTo(workbench, button, 'Tab');
  await workbench.page.keyboard.press('Enter');
}

async function tabBackTo(workbench: LabWorkbench, name: string): Promise<void> {
  await tabTo(workbench, name, 'Shift+Tab');
}

async function tabTo({ page }: LabWorkbench, name: string, key: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).and(page.locator(':focus'));
  for (let stops = 12; stops > 0; stops -= 1) {
    if ((await button.count()) > 0) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Twelve times ${key} do not lead to the button ${name}.`);
}
