// What Check Time offers, carried out from the tree by the keyboard alone, and the sign-in to several guests.
import type { FrameLocator, Locator } from 'playwright-core';
import { chronyLine, udevLine } from '../../src/domain/time/linuxCommands';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import type { LabWorkbench } from '../support/workbench';

/** More than a notification has buttons. */
const mostTabs = 12;

const mostTries = 5;
const lookAgainMs = 5_000;

describe('what Check Time offers', () => {
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);

  before(async () => {
    window = await openLabWindow({
      spec: {
        hosts: [
          {
            name: 'HV-TIME',
            clock: { follows: 'domain', role: 3, server: 'dc.example', sleptMinutesAgo: 5 },
            vms: [
              { name: 'app', guest: 'windowsServer2025', uptimeSeconds: 3_600 },
              { name: 'backup', guest: 'windowsServer2019', uptimeSeconds: 3_600 },
              { name: 'closed', guest: 'windowsServer2019', uptimeSeconds: 3_600, clock: { refuses: true } },
              {
                name: 'dc',
                guest: 'windowsServer2025',
                uptimeSeconds: 3_600,
                fullyQualifiedDomainName: 'dc.example',
                clock: { follows: 'host', role: 5 },
              },
              { name: 'late', guest: 'windows11', uptimeSeconds: 3_600, clock: { offsetMs: -90_000 } },
              {
                name: 'lonely',
                guest: 'ubuntu',
                uptimeSeconds: 3_600,
                services: { timeSynchronization: false },
                clock: { follows: 'itself', daemons: [] },
              },
              { name: 'timesync', guest: 'ubuntu', uptimeSeconds: 3_600 },
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

  function report(): FrameLocator {
    return workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  async function shows(text: string): Promise<void> {
    await report().getByText(text).waitFor();
  }

  /** Nothing is selected then: a menu would be for all that is. */
  async function focusTree(): Promise<void> {
    await command('Hyper-V: Focus on Hosts View');
    await workbench.page.locator('.sidebar [role="tree"]:focus-within').waitFor();
    await press('Escape');
  }

  /** The page of a report takes the keyboard a moment after it was filled, also away from what is being typed. */
  async function command(title: string): Promise<void> {
    const entry = workbench.quickInput.locator('.monaco-list-row.focused').filter({ hasText: title });
    for (let left = mostTries; ; left--) {
      await press('F1');
      try {
        await workbench.quickInput.getByPlaceholder(/type the name of a command/i).waitFor({ timeout: lookAgainMs });
        await press('ControlOrMeta+a');
        await workbench.page.keyboard.insertText(`>${title}`);
        await entry.waitFor({ timeout: lookAgainMs });
        break;
      } catch (error) {
        if (left === 1) throw error;
        await press('Escape');
        // Only a click takes the keyboard from a page that does not pass keys on yet.
        await workbench.page.locator('.part.sidebar .title-label').click();
      }
    }
    await press('Enter');
  }

  /** From the row of the VM to the question what may run in its guest, which is answered with yes. */
  async function check(vm: string): Promise<void> {
    await focusTree();
    await workbench.walkTo(vm);
    await workbench.chooseFromMenu('Check Time');
    await allow();
  }

  async function allow(): Promise<void> {
    await workbench.quickInput.getByPlaceholder(/Shall the guest be asked/).waitFor();
    await workbench.quickInput.locator('.monaco-list-row.focused').filter({ hasText: 'Ask the Guest Too' }).waitFor();
    await press('Enter');
  }

  async function enter(prompt: RegExp, text: string): Promise<void> {
    await workbench.quickInput.getByText(prompt).first().waitFor();
    await workbench.page.keyboard.insertText(text);
    await press('Enter');
  }

  async function signIn(user = 'anna', password = 'not a real one'): Promise<void> {
    await enter(/User name/, user);
    await enter(/Password of/, password);
  }

  /** Walks to a button by Tab, and presses it. */
  async function pressButton(list: Locator, name: string): Promise<void> {
    const button = list.getByRole('button', { name, exact: true });
    await button.waitFor();
    for (let left = mostTabs; (await button.and(workbench.page.locator(':focus')).count()) === 0; left--) {
      if (left === 0) throw new Error(`The keyboard does not reach ${name}.`);
      await press('Tab');
    }
    await press('Enter');
  }

  /** Takes an offer from the list of notifications, where it stays after it has gone from the corner. */
  async function take(message: RegExp, name: string): Promise<void> {
    await workbench.notification(message).waitFor();
    await command('Notifications: Show Notifications');
    const center = workbench.page.locator('.notifications-center');
    await center.locator('.notification-list-item').filter({ hasText: message }).waitFor();
    await pressButton(center, name);
  }

  async function clearNotifications(): Promise<void> {
    await command('Notifications: Clear All Notifications');
  }

  it('copies the line for chrony and the rule for udev', async () => {
    await check('timesync');
    await enter(/User name for ssh/, '');
    await shows('For chrony, in its configuration');
    await take(/Who sets the clock of timesync: A time server/, 'Copy chrony Line');
    await workbench.statusBar.getByText(`Copied: ${chronyLine}`).waitFor();
    await clearNotifications();
    await check('timesync');
    await enter(/User name for ssh/, '');
    await take(/Who sets the clock of timesync/, 'Copy udev Rule');
    await workbench.statusBar.getByText(`Copied: ${udevLine}`).waitFor();
    await clearNotifications();
  });

  it('disables and enables the service, and tells what was measured then', async () => {
    await check('late');
    await signIn();
    await shows('The host slept while this virtual machine was running');
    await take(/Who sets the clock of late/, 'Disable and Enable');
    await shows('The clocks of guest and host agree within a second.');
    await workbench.statusBar.getByText(/The clock of late agrees with that of its host now/).waitFor();
    await clearNotifications();
  });

  it('disables the service of a guest that its host follows, and the row shows it', async () => {
    await check('dc');
    await signIn();
    await shows('The host follows this domain controller');
    await take(/Who sets the clock of dc/, 'Disable Service');
    await shows('The host never sets this clock: Time Synchronization is disabled.');
    await focusTree();
    await workbench.walkTo('dc');
    await press('ArrowRight');
    await workbench.waitForService('Time Synchronization', { checked: false, description: /./ });
    await press('ArrowLeft');
    await clearNotifications();
  });

  it('enables the service of a guest that follows nobody', async () => {
    await check('lonely');
    await enter(/User name for ssh/, '');
    await shows('Nobody sets this clock all the while.');
    await take(/Who sets the clock of lonely: Nobody/, 'Enable Service');
    await shows('The host sets this clock only after a start');
    await clearNotifications();
  });

  it('asks once for several guests, in one table, and again with the reason where one refuses', async () => {
    await focusTree();
    await workbench.selectBelow('HV-TIME', 'closed');
    await workbench.chooseFromMenu('Check Time');
    await allow();
    await signIn('CORP\\anna');
    await workbench.quickInput.getByPlaceholder('Who signs in?').waitFor();
    await window.screenshot('time-who');
    await workbench.typeChoice('Who signs in?', 'Those That Follow');
    await workbench.quickInput.getByText(/The sign-in of CORP\\anna was refused\. User name/).waitFor();
    await window.screenshot('time-refused');
    await press('Enter');
    await enter(/Password of CORP\\anna/, 'another one');
    await shows('The clocks of 3 virtual machines');
    await shows('because it refused the sign-in');
    await window.screenshot('time-several');
  });
});
