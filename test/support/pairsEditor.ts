// The page object of the editor of pairs in VS Code's window.
import { setTimeout as delay } from 'node:timers/promises';
import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import type { LabWorkbench } from './workbench';

const focusTimeoutMs = 15_000;
/** More than there are places on a page of a test. */
const maxTabs = 60;

export class PairsEditor {
  constructor(private readonly workbench: LabWorkbench) {}

  /** The page in front: VS Code keeps it two frames deep, and leaves those of hidden tabs where they are. */
  get page(): FrameLocator {
    return this.workbench.page.frameLocator('iframe.webview:visible').frameLocator('#active-frame');
  }

  value(key: string): Locator {
    return this.page.getByRole('textbox', { name: `Value of ${key}`, exact: true });
  }

  section(pool: string): Locator {
    return this.page.locator(`section[data-pool="${pool}"]`);
  }

  get status(): Locator {
    return this.page.getByRole('status');
  }

  async open(vm: string): Promise<void> {
    const { workbench } = this;
    // From the tree: VS Code gives the focus back to a page late, and a quick pick that is open by then goes away.
    await workbench.row(vm).click();
    await workbench.page.locator('.sidebar [role="tree"]:focus-within').waitFor();
    await workbench.typeCommand('Hyper-V: Edit Key-Value Pairs');
    await workbench.typeChoice('Of which virtual machine?', vm);
    await this.page.getByRole('heading', { level: 1, name: new RegExp(vm) }).waitFor();
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
  }

  async closeTab(): Promise<void> {
    await this.workbench.page
      .locator('.tab.active')
      .getByRole('button', { name: /^Close/ })
      .click();
  }

  /** Waits until keys go to the page: VS Code gives it the focus some time after it was opened. */
  async waitForKeyboard(): Promise<void> {
    await this.#until(
      () =>
        this.page
          .locator('body')
          .evaluate((body: { ownerDocument: { hasFocus(): boolean } }) => body.ownerDocument.hasFocus()),
      () => 'the page has no focus',
    );
  }

  /** Waits until the element with this accessible name has the keyboard. */
  async waitForFocus(name: string): Promise<void> {
    let now = '';
    await this.#until(
      async () => (now = await this.#focused()) === name,
      () => `the focus is on "${now}", not on "${name}"`,
    );
  }

  /** Presses Tab until the element with this accessible name has the keyboard. */
  async tabTo(name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const passed: string[] = [];
    for (let now = await this.#focused(); now !== name; now = await this.#focused()) {
      assert.ok(passed.length < maxTabs, `Tab does not reach ${name}, only ${passed.join(', ')}`);
      passed.push(now);
      await this.workbench.page.keyboard.press(key);
    }
  }

  async #until(isSo: () => Promise<boolean>, problem: () => string): Promise<void> {
    const deadline = Date.now() + focusTimeoutMs;
    while (!(await isSo())) {
      assert.ok(Date.now() < deadline, problem());
      await delay(20);
    }
  }

  async #focused(): Promise<string> {
    const focused = this.page.locator(':focus');
    if ((await focused.count()) === 0) return '';
    return focused.first().evaluate((element: { ariaLabel: string | null; textContent: string | null }) => {
      // Without the arrow of a column that is sorted.
      return element.ariaLabel ?? (element.textContent ?? '').replace(/[▲▼]$/, '').trim();
    });
  }
}
