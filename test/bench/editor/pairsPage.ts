// The editor's page with 1,000 pairs in Chromium, beside a page that does nothing but hold the same fields.
import type { Page } from 'playwright-core';
import { openBrowser } from '../../../tools/lib/browser.mjs';
import { KvpPageRig } from '../../support/kvpPage';
import { race, toRow, type Results } from '../measure';
import type { Plan } from '../plan';

const pairs = Array.from({ length: 1_000 }, (_, i) => ({
  key: `service.${i}.endpoint`,
  value: `10.0.0.${i % 250}:80`,
}));

/** Resolves when what was drawn is on the screen: the frame after the next one begins. */
const painted = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';

const plainTable = `<table>${pairs
  .map(({ key, value }) => `<tr><td><textarea rows="1">${key}</textarea><td><textarea rows="1">${value}</textarea>`)
  .join('')}</table>`;

export async function pairsPage({ chromium, quick }: Plan): Promise<Results> {
  if (chromium === '') return { rows: [], budgets: [], leftOut: { 'Editor of 1,000 pairs': 'no Chromium was found' } };
  const turns = quick ? 3 : 9;
  const { browser, close } = await openBrowser(chromium);
  try {
    const plain = async (): Promise<Page> => {
      const page = await (await browser.newContext()).newPage();
      await page.setContent(plainTable);
      await page.evaluate(painted);
      return page;
    };
    const ours = async (): Promise<KvpPageRig> => {
      const rig = await KvpPageRig.open(browser);
      await rig.show({ external: pairs });
      await rig.page.evaluate(painted);
      return rig;
    };
    const opening = await race(
      [
        { name: 'ours, to the first paint', run: async () => (await ours()).close() },
        { name: 'a plain page of the same fields', run: async () => (await plain()).context().close() },
      ],
      turns,
    );
    const rig = await ours();
    const page = await plain();
    const type = async (on: Page): Promise<void> => {
      await on.keyboard.press('x');
      await on.evaluate(painted);
    };
    await rig.section('external').locator('textarea').nth(1).focus();
    await page.locator('textarea').nth(1).focus();
    const typing = await race(
      [
        { name: 'ours, key to screen', run: () => type(rig.page) },
        { name: 'a plain page of the same fields', run: () => type(page) },
      ],
      turns * 4,
    );
    const rows = [
      toRow('Window', 'Editor of 1,000 pairs: open', opening),
      toRow('Window', 'Editor of 1,000 pairs: a key', typing),
    ];
    return { rows, budgets: [] };
  } finally {
    await close();
  }
}
