// The data exchange editor's built page alone in Chromium: under the policy VS Code gives it, with a stand-in for VS
// Code's side that records what the page says.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import type { KvpPairOutcome } from '../../src/domain/kvp/changes';
import type { KvpPair, KvpPool } from '../../src/domain/kvp/pools';
import type { FromPage, PageSnapshot, PageState, SavedDraft, SaveResult, ToPage } from '../../src/kvpEditor/messages';
import { pageHtml } from '../../src/kvpEditor/pageHtml';
import recorded from './webviewThemes.json';

/** From out/test/e2e, where the compiled tests are. */
const root = path.resolve(__dirname, '../../..');
const waitTimeoutMs = 15_000;
const origin = 'https://page.test';

export const pageThemes = ['dark', 'light', 'highContrast', 'highContrastLight'] as const;
export type PageTheme = (typeof pageThemes)[number];

export const target = { hostId: 'lab1', vmId: 'dc01', hostName: 'HV-LAB1', vmName: 'DC01' };

export type Pools = Readonly<Record<KvpPool, readonly KvpPair[] | null>>;

const noPools: Pools = { external: [], guest: [], intrinsic: [], hostOnly: [] };

function snapshotOf(pools: Partial<Pools>, change: Partial<PageSnapshot> = {}): PageSnapshot {
  return {
    vmName: target.vmName,
    hostName: target.hostName,
    stateText: 'Running',
    reading: { pools: { ...noPools, ...pools }, enabled: true, unreadable: 0 },
    readAtMs: Date.UTC(2026, 0, 15, 10, 30, 5),
    notice: null,
    poolNotes: { external: null, guest: null, intrinsic: null, hostOnly: null },
    intrinsicLabels: [['OSName', 'Operating system']],
    ...change,
  };
}

export interface PageOptions {
  readonly theme?: PageTheme;
  readonly width?: number;
  readonly height?: number;
  /** What the window kept from before. */
  readonly state?: PageState;
  /** What the extension kept from before. */
  readonly draft?: SavedDraft;
  readonly contents?: Readonly<Record<string, string>>;
  readonly forcedColors?: 'active';
}

export class KvpPageRig {
  /** Every request that was not for the page's own three files. */
  readonly strayRequests: string[] = [];
  /** Dialogs of the browser, errors of scripts, refusals of the policy. */
  readonly surprises: string[] = [];

  private constructor(readonly page: Page) {}

  static async open(browser: Browser, options: PageOptions = {}): Promise<KvpPageRig> {
    const { theme = 'dark', width = 1000, height = 800, state, draft, contents, forcedColors } = options;
    const context = await browser.newContext({
      viewport: { width, height },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      ...(forcedColors && { forcedColors }),
    });
    const page = await context.newPage();
    const rig = new KvpPageRig(page);
    page.on('dialog', (dialog) => {
      rig.surprises.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => rig.surprises.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') rig.surprises.push(`console: ${message.text()}`);
    });
    await rig.#serve();
    await page.addInitScript({ path: path.join(root, 'test', 'support', 'kvpPageStandIn.js') });
    await page.addInitScript(`rig.keep(${JSON.stringify(state ?? null)})`);
    await page.goto(`${origin}/`);
    await rig.useTheme(theme);
    await rig.waitForMessage('ready');
    await rig.send({ type: 'init', target, contents: contents ?? null, draft: draft ?? null });
    return rig;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async useTheme(theme: PageTheme): Promise<void> {
    const { variables, bodyClass } = recorded[theme];
    await this.#ask('theme', variables, bodyClass);
  }

  async send(message: ToPage): Promise<void> {
    await this.#ask('send', message);
  }

  async show(pools: Partial<Pools>, change: Partial<PageSnapshot> = {}): Promise<void> {
    await this.send({ type: 'snapshot', snapshot: snapshotOf(pools, change) });
  }

  /** The newest message of this type; waits for the first. */
  async waitForMessage<T extends FromPage['type']>(type: T): Promise<Extract<FromPage, { type: T }>> {
    await this.until(async () => (await this.messages(type)).length > 0, `a message ${type}`);
    const all = await this.messages(type);
    return all.at(-1) ?? assert.fail();
  }

  async messages<T extends FromPage['type']>(type: T): Promise<Extract<FromPage, { type: T }>[]> {
    return (await this.#ask('said', type)) as Extract<FromPage, { type: T }>[];
  }

  async state(): Promise<PageState | undefined> {
    return (await this.#ask('kept')) as PageState | undefined;
  }

  /** The keys of a section's rows, as they are shown. */
  async keys(pool: KvpPool): Promise<string[]> {
    return (await this.#ask('keys', pool)) as string[];
  }

  async widths(): Promise<{ content: number; window: number }> {
    return (await this.#ask('widths')) as { content: number; window: number };
  }

  /** Answers the last save. */
  async answerSave(result: SaveResult): Promise<void> {
    const { id } = await this.waitForMessage('save');
    await this.send({ type: 'saveResult', id, result });
  }

  section(pool: KvpPool): Locator {
    return this.page.locator(`section[data-pool="${pool}"]`);
  }

  /** The row with this key; waits until there is one. */
  async row(pool: KvpPool, key: string): Promise<Locator> {
    await this.until(async () => (await this.keys(pool)).includes(key), `a row ${key}`);
    const index = (await this.keys(pool)).indexOf(key);
    return this.section(pool).locator('tbody > tr').nth(index);
  }

  async field(pool: KvpPool, key: string, field: 'key' | 'value'): Promise<Locator> {
    return (await this.row(pool, key)).locator(`textarea[data-field="${field}"]`);
  }

  /** Puts a value into the draft of a pair of the host. */
  async edit(key: string, value: string): Promise<void> {
    await (await this.field('external', key, 'value')).fill(value);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get status(): Locator {
    return this.page.getByRole('status');
  }

  /** Waits until the element with the focus has this accessible name. */
  async waitForFocus(name: string): Promise<void> {
    await this.until(() => this.hasFocus(name), `the focus on ${name}`);
  }

  async hasFocus(name: string): Promise<boolean> {
    return (await this.#ask('hasFocus', name)) === true;
  }

  /** Asks until it is so. Not by Playwright's waitForFunction, which needs `eval`, which the page's policy forbids. */
  async until(isSo: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + waitTimeoutMs;
    while (!(await isSo())) {
      assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
      await delay(20);
    }
  }

  async screenshot(name: string): Promise<void> {
    const folder = path.join(root, 'out', 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `kvp-${name}.png`), animations: 'disabled' });
  }

  /** A question to kvpPageStandIn.js. */
  async #ask(name: string, ...values: unknown[]): Promise<unknown> {
    return this.page.evaluate(`rig.${name}(${values.map((value) => JSON.stringify(value)).join()})`);
  }

  async #serve(): Promise<void> {
    const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
      [`${origin}/`]: [
        'text/html',
        pageHtml({ cspSource: origin, script: '/kvpPage.js', style: '/kvpEditor.css', language: 'en' }),
      ],
      [`${origin}/kvpPage.js`]: ['text/javascript', await readFile(path.join(root, 'dist', 'kvpPage.js'), 'utf8')],
      [`${origin}/kvpEditor.css`]: ['text/css', await readFile(path.join(root, 'media', 'kvpEditor.css'), 'utf8')],
    };
    await this.page.route('**/*', async (route) => {
      const url = route.request().url();
      const file = files[url];
      if (file !== undefined) {
        await route.fulfill({ contentType: `${file[0]}; charset=utf-8`, body: file[1] });
        return;
      }
      // The browser asks for it by itself.
      if (url !== `${origin}/favicon.ico`) this.strayRequests.push(url);
      await route.abort();
    });
  }
}

/** An outcome with the sentence the extension would give it. */
export function outcome(
  verb: KvpPairOutcome['verb'],
  key: string,
  what: KvpPairOutcome['outcome'],
  text: string | null = null,
): KvpPairOutcome & { readonly text: string | null } {
  return { verb, key, outcome: what, text };
}
