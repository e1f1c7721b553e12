// The newcomer's tour on the default lab, as the README and the sample workspace describe it.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow, themes } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';

/** Six services, each with a box, whatever the guest says. */
const services = ['Shutdown', 'Time Synchronization', 'Data Exchange', 'Heartbeat', 'Backup (VSS)', 'Guest Services'];

describe("the newcomer's tour", () => {
  let window: LabWindow;

  before(async () => {
    window = await openLabWindow();
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('shows the hosts of the demo lab and their virtual machines', async () => {
    const rows = await window.workbench.waitForHosts();
    const hosts = rows.filter(({ level }) => level === 1).map(({ label }) => label);
    assert.deepEqual(hosts, ['HV-LAB1', 'HV-LAB2', 'HV-MUENCHEN']);
    // A row may be read while it is painted, so each is waited for.
    await window.workbench.waitForVm('DC01', /^running/);
    await window.workbench.waitForVm('build-golden', /^off$/);
  });

  it('shows a name with quotes, brackets, an emoji and a subexpression as it is', async () => {
    const rows = await window.workbench.rows();
    assert.ok(rows.some(({ label }) => label === `O'Brien's "lab" [x86] \u{1F680} $(hostname)`));
  });

  it('shows six integration services with a box below a virtual machine', async () => {
    const { workbench } = window;
    await workbench.setExpanded(workbench.row('web-ubuntu'), true);
    const rows = await workbench.waitForRows('services', (all) => all.some(({ checked }) => checked !== undefined));
    const shown = rows.filter(({ checked }) => checked !== undefined);
    assert.deepEqual(
      shown.map(({ label }) => label),
      services,
    );
  });

  it('lets the row follow when Time Synchronization is unticked on a running virtual machine', async () => {
    const { workbench } = window;
    await workbench.waitForService('Time Synchronization', { checked: true, description: /^answering/ });
    await workbench.checkbox(workbench.row('Time Synchronization')).click();
    await workbench.waitForService('Time Synchronization', { checked: false, description: /^disabled/ });
    const label = await workbench.checkbox(workbench.row('Time Synchronization')).getAttribute('aria-label');
    assert.equal(label, 'Time Synchronization for web-ubuntu, disabled');
  });

  it('leaves the other services alone', async () => {
    const rows = await window.workbench.rows();
    const ticked = rows.filter(({ checked }) => checked === true).map(({ label }) => label);
    assert.deepEqual(
      ticked,
      services.filter((label) => label !== 'Time Synchronization'),
    );
  });

  it('is painted in dark, light and high contrast', async () => {
    const { workbench } = window;
    await workbench.widenSideBar(480);
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await window.useTheme(theme);
      await window.screenshot(`hosts-${theme}`);
      if (theme === 'dark') {
        await window.updatePicture('hosts');
      }
    }
    await window.useTheme('dark');
  });

  it('shuts a virtual machine down gracefully and then shows it as off, as the host says', async () => {
    const { workbench } = window;
    await workbench.clickInlineAction(workbench.row('web-ubuntu'), 'Shut Down');
    await workbench.waitForVm('web-ubuntu', /^off$/);
    await workbench.statusBar.getByText('web-ubuntu is off.').waitFor();
    await window.screenshot('shut-down');
  });

  it('shows no statuses for the virtual machine that is off', async () => {
    await window.workbench.waitForService('Heartbeat', { checked: true, description: /^$/ });
  });

  it('starts it again by the palette and a quick pick', async () => {
    const { workbench } = window;
    await workbench.runCommand('Hyper-V: Start');
    await workbench.pick(/./, 'web-ubuntu');
    await workbench.waitForVm('web-ubuntu', /^running/);
  });
});
