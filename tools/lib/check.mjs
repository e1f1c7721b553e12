// The headless pass of `npm start -- --check`: opens the view as a person would and prints what it shows.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from './browser.mjs';
import { ToolError, say } from './log.mjs';
import { Workbench, formatRows } from './workbench.mjs';

/** Tall enough that the rows of both hosts are on screen: a tree only holds the rows it shows. */
const viewport = { width: 1280, height: 1100 };

/** Resolves when a host, a VM and its integration services were seen; rejects with what was seen instead. */
export async function check({ address, chromium, picture, log }) {
  const { browser, close } = await openBrowser(chromium);
  const page = await browser.newPage({ viewport });
  try {
    const workbench = await Workbench.open(page, address);
    await workbench.openHyperVView();
    const rows = await workbench.waitForHosts();
    const vm = rows.find(({ level, description }) => level === 2 && description.startsWith('running'));
    if (!vm) {
      throw new Error(`no running VM among\n${formatRows(rows)}`);
    }
    await workbench.setExpanded(workbench.row(vm.label).first(), true);
    const shown = await workbench.waitForRows('integration services', (all) => all.some(({ checked }) => checked));
    say(`\nThe view Hosts shows:\n\n${formatRows(shown).replace(/^/gm, '  ')}\n`);
  } catch (error) {
    throw new ToolError(
      [
        `The view did not show what it should (${String(error.message).trim()}).`,
        `Its text was: ${await textOf(page.locator('.sidebar'))}`,
        `Notifications: ${await textOf(page.locator('.notifications-toasts'))}`,
        `code-server wrote:\n${log().trim().slice(-1_000)}`,
      ].join('\n'),
      `look at the picture ${picture}.`,
    );
  } finally {
    await mkdir(path.dirname(picture), { recursive: true });
    await page.screenshot({ path: picture }).catch(() => undefined);
    await close();
  }
}

async function textOf(locator) {
  const texts = await locator.allInnerTexts().catch(() => []);
  return texts.join(' | ').replace(/\s+/g, ' ').trim() || '(nothing)';
}
