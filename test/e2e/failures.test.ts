// What a person sees when a host says no: the box springs back, the reason is told, other hosts go on.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';

describe('a change that the host refuses', () => {
  let window: LabWindow;

  before(async () => {
    window = await openLabWindow({
      spec: {
        hosts: [{ name: 'HV-ONE', vms: [{ name: 'app01', guest: 'windowsServer2025' }] }],
        faults: [{ kind: 'accessDenied', on: 'Disable-VMIntegrationService' }],
      },
    });
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('lets the box spring back and says why', async () => {
    const { workbench } = window;
    await workbench.waitForHosts();
    await workbench.setExpanded(workbench.row('app01'), true);
    await workbench.waitForService('Heartbeat', { checked: true, description: /^answering/ });
    await workbench.checkbox(workbench.row('Heartbeat')).hover();
    await workbench.settled();
    await workbench.checkbox(workbench.row('Heartbeat')).click();
    const toast = workbench.notification('HV-ONE').first();
    await toast.waitFor();
    await workbench.waitForService('Heartbeat', { checked: true, description: /^answering/ });
    assert.match(await toast.innerText(), /app01/);
    await window.screenshot('toggle-refused');
  });

  it('offers the log', async () => {
    const toast = window.workbench.notification('HV-ONE').first();
    await toast.getByRole('button', { name: 'Show Log' }).click();
    const chosen = window.workbench.page.getByLabel('Output Section').locator('option:checked');
    await chosen.filter({ hasText: 'Hyper-V Lab' }).waitFor({ state: 'attached' });
  });
});

describe('a dead host beside a live one', () => {
  let window: LabWindow;

  before(async () => {
    window = await openLabWindow({
      spec: {
        // The live one above: what comes and goes below the dead one moves none of its rows.
        hosts: [
          { name: 'HV-ALIVE', vms: [{ name: 'app02', guest: 'windowsServer2025' }] },
          { name: 'HV-DEAD', vms: [{ name: 'unseen' }] },
        ],
        faults: [{ kind: 'serviceStopped', host: 'HV-DEAD' }],
      },
    });
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('is a row with its cause, while the live host shows its virtual machines', async () => {
    const { workbench } = window;
    await workbench.waitForVm('app02', /^running/);
    const dead = await workbench.waitForHost('HV-DEAD', /service/i);
    await workbench.widenSideBar(640);
    assert.doesNotMatch(dead.description, /demo lab/);
    const colors = await workbench.iconColors();
    assert.notEqual(colors.get('HV-DEAD'), colors.get('HV-ALIVE'));
    assert.equal(dead.description, 'service not running');
    await window.screenshot('dead-host');
  });

  it('says below the host what to do next, in place of an empty list', async () => {
    const below = await window.workbench.rowsBelowHost('HV-DEAD');
    assert.equal(below.length, 1);
    assert.ok((below[0]?.label ?? '').length > 0);
  });

  it('offers to retry, and leaves the live host usable meanwhile', async () => {
    const { workbench } = window;
    await workbench.clickInlineAction(workbench.row('HV-DEAD'), 'Retry Host');
    await workbench.setExpanded(workbench.row('app02'), true);
    await workbench.checkbox(workbench.row('Time Synchronization')).click();
    await workbench.waitForService('Time Synchronization', { checked: false, description: /^disabled/ });
    await workbench.waitForHost('HV-DEAD', /service/i);
  });
});
