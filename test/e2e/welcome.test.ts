// What somebody sees who opens the view on a computer whose Hyper-V cannot be used, and how it ends by itself.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';

const member = { platform: 'win32', moduleFound: true, serviceState: 'running', tokenHasGroup: true, elevated: false };
const outsider = { ...member, tokenHasGroup: false, accountSid: 'S-1-5-21-1-2-3-1001' };

/** In the order in which the retries meet them. */
const states = [
  { name: 'featureOff', facts: { ...outsider, serviceState: 'missing' }, says: /turned off/, copies: true },
  { name: 'noModule', facts: { ...member, moduleFound: false }, says: /module of Hyper-V/, copies: true },
  { name: 'serviceStopped', facts: { ...member, serviceState: 'stopped' }, says: /is not running/, copies: true },
  { name: 'notInGroup', facts: outsider, says: /not in the group/, copies: true },
  { name: 'needsSignIn', facts: { ...outsider, accountInGroup: true }, says: /signed in before/, copies: false },
] as const;

describe('the welcome view on a computer whose Hyper-V cannot be used', () => {
  let window: LabWindow;

  before(async () => {
    const probes = [...states.map(({ facts }) => facts), { ...member, canRead: true }];
    window = await openLabWindow({ env: { HYPERV_LAB_AUTOSTART: '', HYPERV_LAB_PROBE: JSON.stringify(probes) } });
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('names each reason with one way out, and makes place for the host once a read works', async () => {
    const { page } = window.workbench;
    const welcome = page.locator('.sidebar .welcome-view-content');
    for (const { name, says, copies } of states) {
      await welcome.filter({ hasText: says }).waitFor();
      assert.equal(await welcome.getByRole('button', { name: 'Copy Command' }).count(), copies ? 1 : 0, name);
      await window.screenshot(`welcome-${name}`);
      await welcome.getByText('Retry', { exact: true }).click();
    }
    await window.workbench.waitForRows('the local host', (rows) =>
      (rows[0]?.description ?? '').startsWith('0 virtual machines'),
    );
  });
});

describe('the welcome view where there is no Hyper-V', () => {
  let window: LabWindow;

  before(async () => {
    window = await openLabWindow({ env: { HYPERV_LAB_AUTOSTART: '' } });
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('offers the demo lab', async () => {
    const welcome = window.workbench.page.locator('.sidebar .welcome-view-content');
    await welcome.filter({ hasText: /Hyper-V runs on Windows/ }).waitFor();
    await window.screenshot('welcome-notWindows');
    await welcome.getByText('Open Demo Lab', { exact: true }).click();
    await window.workbench.waitForHosts();
  });
});
