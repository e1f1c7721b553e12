// One Chromium for a suite of tests of the data exchange editor's page, and a page for each of its tests.
import assert from 'node:assert/strict';
import { openBrowser } from '../../tools/lib/browser.mjs';
import { KvpPageRig } from './kvpPage';
import type { PageOptions } from './kvpPage';
import { needed } from './needed';

export const pairs = [
  { key: 'deploy.stage', value: 'production' },
  { key: 'contact', value: 'ops@lab.example' },
  { key: 'motd', value: 'line one\r\nline two' },
];

/**
 * To be called once in a describe block. A test opens one page; when it has ended, the page must have thrown nothing and
 * asked nobody but us for anything.
 */
export function kvpPageForSuite(): (options?: PageOptions) => Promise<KvpPageRig> {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let rig: KvpPageRig;
  before(async () => {
    browser = await openBrowser(needed('HYPERV_LAB_CHROMIUM'));
  });
  after(async () => {
    await browser.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await rig.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
    }
    const { surprises, strayRequests } = rig;
    await rig.close();
    assert.deepEqual([...surprises, ...strayRequests], []);
  });
  return async (options) => {
    rig = await KvpPageRig.open(browser.browser, options);
    return rig;
  };
}
