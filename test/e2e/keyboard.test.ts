// A virtual machine's life without the mouse: no test in this file moves or clicks a pointer once the view is shown.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

/** The placeholder of the quick picks of virtual machines. */
const whichVm = /virtual machine/;
const toggleService = 'ControlOrMeta+Shift+Enter';

/** Seconds of patience with a guest that was asked: long enough to leave a wait on a busy machine. */
const timeoutSeconds = 8;

/** Virtual machines that are started together. */
const many = Array.from({ length: 14 }, (_, index) => `many-${String(index + 1).padStart(2, '0')}`);
/** Those of them for which the host has no memory. */
const tooBig = ['many-03', 'many-11'];

describe('the keyboard alone', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);
  const run = async (command: string, vm: string): Promise<void> => {
    await workbench.typeCommand(`Hyper-V: ${command}`);
    await workbench.typeChoice(whichVm, vm);
  };

  before(async () => {
    window = await openLabWindow({
      settings: { 'hyperv.shutdown.timeoutSeconds': timeoutSeconds },
      spec: {
        // Quick, but not so quick that a wait is over before it can be left.
        timeScale: 10,
        hosts: [
          {
            name: 'HV-KEYS',
            vms: [
              { name: 'anna', guest: 'windows11', shutdown: 'locked', shutdownMs: 5_000 },
              { name: 'linux', guest: 'ubuntu' },
              { name: 'router', guest: 'none' },
              { name: 'stubborn', guest: 'windowsServer2019', shutdown: 'ignores' },
              ...many.map((name) => ({
                name,
                guest: 'ubuntu',
                state: 'off',
                startMs: 500,
                // Job error 32778: out of memory.
                ...(tooBig.includes(name) && { startError: 32_778 }),
              })),
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

  it('asks a guest that never goes down, and has the hands free', async () => {
    await run('Shut Down', 'stubborn');
    await workbench.notification('Shutting down stubborn').waitFor();
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
  });

  it('toggles a service by its keybinding, there and back', async () => {
    await workbench.walkTo('Heartbeat');
    await press(toggleService);
    await workbench.waitForService('Heartbeat', { checked: false, description: /^disabled/ });
    await press(toggleService);
    await workbench.waitForService('Heartbeat', { checked: true, description: /^answering$/ });
  });

  it('toggles a service by Space on its box', async () => {
    await workbench.walkTo('Backup (VSS)');
    const box = workbench.checkbox(workbench.row('Backup (VSS)'));
    await press('Tab');
    await box.and(focused(workbench)).waitFor();
    await press('Space');
    await workbench.waitForService('Backup (VSS)', { checked: false, description: /^disabled/ });
  });

  it('asks a guest to shut down, and starts it again', async () => {
    await run('Shut Down', 'linux');
    await workbench.waitForVm('linux', /^off$/);
    await run('Start', 'linux');
    await workbench.waitForVm('linux', /^running, heartbeat OK/);
  });

  it('is asked about the late guest meanwhile, and leaves it as it is', async () => {
    const question = workbench.notification('stubborn was asked to shut down');
    await question.waitFor();
    await answer(workbench, 'Leave It');
    await question.waitFor({ state: 'hidden' });
    await workbench.waitForVm('stubborn', /^running/);
  });

  it('hears at once that a guest cannot be asked', async () => {
    await run('Shut Down', 'router');
    const refusal = workbench.notification('router was not shut down.');
    await refusal.waitFor();
    await workbench.typeCommand('Notifications: Clear All');
    await refusal.waitFor({ state: 'hidden' });
    await workbench.waitForVm('router', /^running/);
  });

  it('leaves a wait, and hears that the request stands', async () => {
    await run('Shut Down', 'stubborn');
    const wait = workbench.notification('Shutting down stubborn');
    await wait.filter({ hasText: 'the guest was asked' }).waitFor();
    await answer(workbench, 'Cancel');
    await wait.waitFor({ state: 'hidden' });
    await workbench.notification('The request to shut down stands').waitFor();
    await workbench.waitForVm('stubborn', /^running/);
    await workbench.typeCommand('Notifications: Clear All');
  });

  it('pauses, resumes, saves and starts one virtual machine while another is waited for', async () => {
    await run('Shut Down', 'stubborn');
    await run('Pause', 'linux');
    await workbench.waitForVm('linux', /^paused$/);
    await run('Resume', 'linux');
    await workbench.waitForVm('linux', /^running/);
    await run('Save', 'linux');
    await workbench.waitForVm('linux', /^saved$/);
    await run('Start', 'linux');
    await workbench.waitForVm('linux', /^running, heartbeat OK/);
  });

  it('is asked when the time is over, and waits on', async () => {
    const question = workbench.notification('stubborn was asked to shut down');
    await question.waitFor();
    await answer(workbench, 'Keep Waiting');
    await question.waitFor({ state: 'hidden' });
    await workbench.notification('Shutting down stubborn').waitFor();
  });

  it('restarts a guest and resets a virtual machine meanwhile', async () => {
    await run('Restart Guest', 'linux');
    await workbench.statusBar.getByText('The guest of linux has restarted.').waitFor();
    await run('Reset…', 'linux');
    await workbench.dialog.waitFor();
    assert.match(await workbench.dialog.innerText(), /Reset linux on HV-KEYS\?/);
    await workbench.dialog.getByRole('button', { name: 'Reset', exact: true }).and(focused(workbench)).waitFor();
    await press('Enter');
    await workbench.waitForVm('linux', /^(resetting|running, no heartbeat)/);
    await workbench.waitForVm('linux', /^running, heartbeat OK/);
  });

  it('comes from the question to the one before a power cut, and says no with Escape', async () => {
    await workbench.notification('stubborn was asked to shut down').waitFor();
    await answer(workbench, 'Turn Off…');
    await workbench.dialog.waitFor();
    assert.match(await workbench.dialog.innerText(), /Turn off stubborn on HV-KEYS\?/);
    await press('Escape');
    await workbench.dialog.waitFor({ state: 'hidden' });
    await workbench.waitForVm('stubborn', /^running/);
  });

  it('says yes to a power cut with Enter', async () => {
    await run('Turn Off…', 'stubborn');
    await workbench.dialog.getByRole('button', { name: 'Turn Off', exact: true }).and(focused(workbench)).waitFor();
    await press('Enter');
    await workbench.waitForVm('stubborn', /^off$/);
  });

  it('answers the question about a locked session by keeping it running', async () => {
    await run('Shut Down', 'anna');
    const question = workbench.notification('Somebody is signed in to anna');
    await question.waitFor();
    await answer(workbench, 'Keep It Running');
    await question.waitFor({ state: 'hidden' });
    await workbench.waitForVm('anna', /^running/);
  });

  it('is asked again the next time, and shuts it down anyway', async () => {
    await run('Shut Down', 'anna');
    await workbench.notification('Somebody is signed in to anna').waitFor();
    await answer(workbench, 'Shut Down Anyway');
    await workbench.waitForVm('anna', /^off$/);
  });

  it('selects a range of rows, and starts all of them by the menu of one', async () => {
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    // What is below it would stand between the rows.
    await workbench.walkTo('linux');
    await press('ArrowLeft');
    await workbench.waitForRows('a closed row', (rows) => !rows.some(({ level }) => level === 3));
    await workbench.selectBelow('linux', many.at(-1) ?? '');
    await workbench.waitForSelection(many);
    await workbench.chooseFromMenu('Start');
    const summary = workbench.notification('12 started, 2 failed.');
    await summary.waitFor();
    for (const name of many) await workbench.waitForVm(name, tooBig.includes(name) ? /^off$/ : /^running/);
    // Each of them was drawn anew on the way; whoever goes on with them sees for which ones.
    await workbench.waitForSelection(many);
  });

  it('picks those that failed out of the summary, and tries them again', async () => {
    await answer(workbench, 'Select Failures…');
    const list = workbench.quickInput;
    await list
      .getByText('Which shall be tried again?')
      .or(list.getByPlaceholder('Which shall be tried again?'))
      .waitFor();
    const ticked = list.locator('.monaco-list-row').filter({ has: workbench.page.locator('[aria-checked="true"]') });
    for (const name of tooBig) await ticked.filter({ hasText: name }).waitFor();
    assert.equal(await ticked.count(), tooBig.length);
    await window.screenshot('failures-of-many');
    await press('Enter');
    await workbench.notification('0 started, 2 failed.').waitFor();
    await workbench.typeCommand('Notifications: Clear All');
  });
});

/** The element that the keyboard acts upon. */
function focused({ page }: LabWorkbench): ReturnType<LabWorkbench['page']['locator']> {
  return page.locator(':focus');
}

/** Presses this button of the notification that is on screen. */
async function answer(workbench: LabWorkbench, button: string): Promise<void> {
  await workbench.typeCommand('Notifications: Focus Notification Toast');
  await tabTo(workbench, button);
  await workbench.page.keyboard.press('Enter');
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
