// A virtual machine's life without the mouse: no test in this file moves or clicks a pointer once the view is shown.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

/** The placeholder of the quick picks of virtual machines. */
const whichVm = /virtual machine/;
const toggleService = 'ControlOrMeta+Shift+Enter';

describe('the keyboard alone', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);

  before(async () => {
    window = await openLabWindow({
      spec: {
        // Quick, but not so quick that a wait is over before it can be left.
        timeScale: 10,
        hosts: [
          {
            name: 'HV-KEYS',
            vms: [
              { name: 'anna', guest: 'windows11', shutdown: 'locked', shutdownMs: 5_000 },
              { name: 'linux', guest: 'ubuntu' },
              { name: 'stubborn', guest: 'windowsServer2019', shutdown: 'ignores' },
            ],
          },
        ],
      },
    });
    ({ workbench } = window);
    await workbench.waitForHosts();
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('reaches the view from anywhere', async () => {
    await workbench.typeCommand('Explorer: Focus on');
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    await workbench.walkTo('HV-KEYS');
  });

  it('closes and opens a host, and opens a virtual machine', async () => {
    await press('ArrowLeft');
    await workbench.waitForRows('a closed host', (rows) => rows.length === 1);
    await press('ArrowRight');
    await workbench.waitForRows('an open host', (rows) => rows.length > 1);
    await workbench.walkTo('linux');
    await press('ArrowRight');
    await workbench.waitForService('Heartbeat', { checked: true, description: /^answering$/ });
  });

  it('toggles a service by its keybinding, there and back', async () => {
    await workbench.walkTo('Heartbeat');
    await press(toggleService);
    await workbench.waitForService('Heartbeat', { checked: false, description: /^disabled/ });
    await press(toggleService);
    await workbench.waitForService('Heartbeat', { checked: true, description: /^answering$/ });
  });

  it('asks a guest to shut down, and starts it again', async () => {
    await workbench.walkTo('linux');
    await workbench.typeCommand('Hyper-V: Shut Down');
    await workbench.typeChoice(whichVm, 'linux');
    await workbench.waitForVm('linux', /^off$/);
    await workbench.typeCommand('Hyper-V: Start');
    await workbench.typeChoice(whichVm, 'linux');
    await workbench.waitForVm('linux', /^running/);
  });

  it('answers the question about a locked session by keeping it running', async () => {
    await workbench.typeCommand('Hyper-V: Shut Down');
    await workbench.typeChoice(whichVm, 'anna');
    const question = workbench.notification('Somebody is signed in to anna');
    await question.waitFor();
    await workbench.typeCommand('Notifications: Focus Notification Toast');
    await tabTo(workbench, 'Keep It Running');
    await press('Enter');
    await question.waitFor({ state: 'hidden' });
    await workbench.waitForVm('anna', /^running/);
  });

  it('leaves a wait, and hears that the request stands', async () => {
    await workbench.typeCommand('Hyper-V: Shut Down');
    await workbench.typeChoice(whichVm, 'stubborn');
    const wait = workbench.notification('Shutting down stubborn');
    await wait.filter({ hasText: 'the guest was asked' }).waitFor();
    await workbench.typeCommand('Notifications: Focus Notification Toast');
    await tabTo(workbench, 'Cancel');
    await press('Enter');
    await wait.waitFor({ state: 'hidden' });
    await workbench.notification('The request to shut down stands').waitFor();
    await workbench.waitForVm('stubborn', /^running/);
  });

  it('says no to a power cut with Escape, and yes with Enter', async () => {
    await workbench.typeCommand('Hyper-V: Turn Off');
    await workbench.typeChoice(whichVm, 'stubborn');
    await workbench.dialog.waitFor();
    assert.match(await workbench.dialog.innerText(), /Turn off stubborn on HV-KEYS\?/);
    await press('Escape');
    await workbench.dialog.waitFor({ state: 'hidden' });
    await workbench.waitForVm('stubborn', /^running/);
    await workbench.typeCommand('Hyper-V: Turn Off');
    await workbench.typeChoice(whichVm, 'stubborn');
    await workbench.dialog.getByRole('button', { name: 'Turn Off', exact: true }).and(focused(workbench)).waitFor();
    await press('Enter');
    await workbench.waitForVm('stubborn', /^off$/);
  });
});

/** The element that the keyboard acts upon. */
function focused({ page }: LabWorkbench): ReturnType<LabWorkbench['page']['locator']> {
  return page.locator(':focus');
}

/** Presses Tab until a button of this name has the focus. */
async function tabTo(workbench: LabWorkbench, name: string): Promise<void> {
  const button = workbench.page.getByRole('button', { name, exact: true }).and(focused(workbench));
  for (let stops = 10; stops > 0; stops -= 1) {
    if ((await button.count()) > 0) return;
    await workbench.page.keyboard.press('Tab');
  }
  throw new Error(`Ten times Tab do not lead to the button ${name}.`);
}
