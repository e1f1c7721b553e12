// Opens Chromium with Playwright so that Ctrl+C closes it with everything else. Used by the check and the editor tests.
import { chromium } from 'playwright-core';
import { chromiumArgs } from './chromium.mjs';
import { closeOnExit } from './processes.mjs';

/** Returns {browser, close()}. */
export async function openBrowser(executablePath) {
  // Our own signal handling closes it: Playwright's would end the process before our other children are gone.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath, args: chromiumArgs, ...signals });
  const forget = closeOnExit(() => browser.close());
  return {
    browser,
    async close() {
      await browser.close();
      forget();
    },
  };
}
