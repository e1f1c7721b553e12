// The page object of the end-to-end tests: what a person does with Hyper-V Lab in VS Code's window.
import type { Locator } from 'playwright-core';
import { Workbench, formatRows } from '../../tools/lib/workbench.mjs';
import type { ShownRow } from '../../tools/lib/workbench.mjs';

const inlineActionTries = 5;
const inlineActionTimeoutMs = 3_000;
const keyTimeoutMs = 3_000;

/** As long as a row is waited for. */
const selectionTimeoutMs = 30_000;
const lookAgainMs = 50;

export class LabWorkbench extends Workbench {
  /** The checkbox of a row. */
  checkbox(row: Locator): Locator {
    return row.getByRole('checkbox');
  }

  /** Waits until the row with this label shows a box in this state, and returns the row. */
  async waitForService(label: string, wanted: { checked: boolean; description: RegExp }): Promise<ShownRow> {
    const fits = (row: ShownRow): boolean =>
      row.label === label && row.checked === wanted.checked && wanted.description.test(row.description);
    return this.waitForRow(`${label} with ${JSON.stringify(wanted.checked)} and ${String(wanted.description)}`, fits);
  }

  /** Waits until the VM's row says so, for instance "off". */
  async waitForVm(label: string, description: RegExp): Promise<ShownRow> {
    const fits = (row: ShownRow): boolean =>
      row.level === 2 && row.label === label && description.test(row.description);
    return this.waitForRow(`${label} as ${String(description)}`, fits);
  }

  /** Waits until a host's row says so. */
  async waitForHost(label: string, description: RegExp): Promise<ShownRow> {
    const fits = (row: ShownRow): boolean =>
      row.level === 1 && row.label === label && description.test(row.description);
    return this.waitForRow(`host ${label} as ${String(description)}`, fits);
  }

  /** Rows below this host, in order. */
  async rowsBelowHost(label: string): Promise<ShownRow[]> {
    const rows = await this.rows();
    const first = rows.findIndex((row) => row.level === 1 && row.label === label) + 1;
    const next = rows.findIndex((row, index) => index >= first && row.level === 1);
    return rows.slice(first, next === -1 ? undefined : next);
  }

  /** An action at the right end of a row; VS Code shows it while the pointer is there. */
  async clickInlineAction(row: Locator, name: string): Promise<void> {
    const action = row.getByRole('button', { name, exact: true });
    for (let left = inlineActionTries; ; left -= 1) {
      await row.hover();
      try {
        await action.click({ timeout: inlineActionTimeoutMs });
        return;
      } catch (error) {
        // The row was painted anew or moved after the pointer had come, so the pointer has to come again.
        if (left === 1) {
          throw error;
        }
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /** Runs a command by the palette, as F1 and typing does. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.quickInput.getByRole('textbox').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.quickInput.getByRole('option').filter({ hasText: title }).first().click();
  }

  /** Runs a command by the palette without the mouse. */
  async typeCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.typeChoice(/type the name of a command/i, `>${title}`, title);
  }

  /** Types into the quick pick with this placeholder, and presses Enter when it would choose the entry with this text. */
  async typeChoice(prompt: string | RegExp, typed: string, entry = typed): Promise<void> {
    // One quick pick follows another in the same widget, and between them the keyboard is elsewhere: the one that is meant
    // must have it before a key is pressed.
    await this.quickInput.getByPlaceholder(prompt).and(this.page.locator(':focus')).waitFor();
    // Replaces what is in the box, as fill does, but by keys.
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(typed);
    await this.quickInput.locator('.monaco-list-row.focused').filter({ hasText: entry }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /**
   * Types a file into VS Code's own dialog, which a browser has in place of the system's.
   * @param listed something in the folder: the list follows the typing
   */
  async typeFile(folder: string, listed: string, name: string): Promise<void> {
    const { keyboard } = this.page;
    const input = this.quickInput.getByRole('textbox').first();
    await input.waitFor();
    await this.quickInput.getByRole('option').first().waitFor();
    await keyboard.press('Control+a');
    await keyboard.insertText(`${folder}/`);
    await this.quickInput.getByRole('option').filter({ hasText: listed }).waitFor();
    await keyboard.press('End');
    await keyboard.insertText(name);
    await keyboard.press('Enter');
  }

  /** The row that the keyboard acts upon, while the tree has the focus. */
  get focusedRow(): Locator {
    return this.page.locator('.sidebar [role="tree"]:focus-within .monaco-list-row.focused');
  }

  /** Walks to the nth row with this label by arrow keys, once the tree has the focus. */
  async walkTo(label: string, nth = 0): Promise<void> {
    const { keyboard } = this.page;
    // A command that moves the focus to the tree ends before the focus is there, and a key before that is lost.
    await this.page.locator('.sidebar [role="tree"]:focus-within').waitFor();
    await keyboard.press('Home');
    const rows = await this.waitForRows(label, (all) => all.some((row) => row.label === label));
    const target = rows.map((row, index) => (row.label === label ? index : -1)).filter((index) => index >= 0)[nth];
    if (target === undefined) {
      throw new Error(`The tree has no row number ${nth} named ${label}, but:\n${formatRows(rows)}`);
    }
    // Looks after every key where the focus is: that command may put it on the first row a second time.
    for (let at = await this.focusedIndex(); at !== target; at = await this.focusedIndex()) {
      await keyboard.press(at < target ? 'ArrowDown' : 'ArrowUp');
      // A key may be lost to what takes the focus for a moment: then it is pressed again.
      const moved = this.focusedRow.and(this.page.locator(`:not([data-index="${at}"])`));
      await moved.waitFor({ timeout: keyTimeoutMs }).catch(() => undefined);
    }
    await this.focusedRow.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) }).waitFor();
  }

  /** Selects rows by Shift+Down from the one above them to the last one, once the tree has the focus. */
  async selectBelow(above: string, last: string): Promise<void> {
    await this.page.locator('.sidebar [role="tree"]:focus-within').waitFor();
    // Rows that are selected already would stay so.
    await this.page.keyboard.press('Escape');
    await this.walkTo(above);
    for (let selected: string[] = []; selected.at(-1) !== last; selected = await this.selectedLabels()) {
      const before = await this.focusedIndex();
      await this.page.keyboard.press('Shift+ArrowDown');
      await this.focusedRow.and(this.page.locator(`[data-index="${before + 1}"][aria-selected="true"]`)).waitFor();
    }
  }

  /** Waits until exactly these rows are selected, from top to bottom. */
  async waitForSelection(labels: readonly string[]): Promise<void> {
    const deadline = performance.now() + selectionTimeoutMs;
    for (;;) {
      const selected = await this.selectedLabels();
      if (selected.join('\n') === labels.join('\n')) return;
      if (performance.now() > deadline)
        throw new Error(`Selected is not ${labels.join(', ')} but ${selected.join(', ')}.`);
      await this.page.waitForTimeout(lookAgainMs);
    }
  }

  /** Opens the menu of the row that the keyboard is at, and chooses from it, without the mouse. */
  async chooseFromMenu(title: string): Promise<void> {
    await this.page.keyboard.press('Shift+F10');
    const item = this.page.getByRole('menuitem', { name: title, exact: true });
    await item.waitFor();
    const chosen = item.and(this.page.locator(':focus'));
    // Twice around: on a busy machine the menu may be behind the keys.
    for (let left = 2 * (await this.page.getByRole('menuitem').count()); (await chosen.count()) === 0; left -= 1) {
      if (left === 0) throw new Error(`The keyboard does not reach ${title} in the menu.`);
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  private async focusedIndex(): Promise<number> {
    return Number(await this.focusedRow.getAttribute('data-index'));
  }

  /** Types this text into the quick pick with this title or placeholder, and chooses the first entry that has it. */
  async pick(prompt: string | RegExp, text: string): Promise<void> {
    const input = this.quickInput.getByPlaceholder(prompt);
    await input.fill(text);
    await this.quickInput.getByRole('option').filter({ hasText: text }).first().click();
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** The quick pick or palette on screen. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Toasts on screen whose message contains this. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** A modal question. */
  get dialog(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.locator('.dialog-message') });
  }

  /** The status bar at the bottom, where outcomes are mentioned in passing. */
  get statusBar(): Locator {
    return this.page.locator('.statusbar');
  }

  /** Drags the border of the side bar, so that descriptions can be read. */
  async widenSideBar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (!box) {
      throw new Error('There is no side bar.');
    }
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
    // Away from the border, which is lit while the pointer is on it.
    await this.page.mouse.move(box.x + width + 200, y);
  }

  private async waitForRow(what: string, fits: (row: ShownRow) => boolean): Promise<ShownRow> {
    const rows = await this.waitForRows(what, (all) => all.some(fits));
    const row = rows.find(fits);
    if (!row) {
      throw new Error(`The tree no longer shows ${what}, but:\n${formatRows(rows)}`);
    }
    return row;
  }
}
