// Another computer in the view: a simulated Hyper-V host behind a real SSH server on the loopback interface. It is added by
// the keyboard alone, lost in several ways, and comes back.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { locateSsh } from '../../src/powershell/locateSsh';
import { pictureOnFailure } from '../support/failurePicture';
import { farHost } from '../support/farHost';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import { isAlive, until } from '../support/sessionHarness';
import { sshdOrSkip, TestSshd } from '../support/sshd';
import type { LabWorkbench } from '../support/workbench';

const far = {
  hosts: [
    {
      name: 'FAR01',
      vms: [
        { name: 'files01', guest: 'windowsServer2025' },
        { name: 'web01', guest: 'ubuntu', state: 'off' },
      ],
    },
  ],
};

describe('a host behind ssh', function () {
  // Every test begins where the one before it ended.
  this.bail(true);
  let folder: string;
  let server: TestSshd;
  let window: LabWindow;
  let workbench: LabWorkbench;
  const press = async (key: string): Promise<void> => workbench.page.keyboard.press(key);

  before(async function () {
    const program = sshdOrSkip(this);
    folder = mkdtempSync(path.join(tmpdir(), 'far-host-'));
    server = new TestSshd(program, farHost(folder, far));
    await server.start();
    window = await openLabWindow({
      spec: { hosts: [{ name: 'HV-HERE', vms: [{ name: 'app01', guest: 'windowsServer2025' }] }] },
      // Said to come from a terminal, as the editor asks the login shell for another PATH otherwise.
      env: { PATH: `${sshOfPerson()}:${process.env['PATH'] ?? ''}`, VSCODE_CLI: '1' },
    });
    ({ workbench } = window);
    await workbench.waitForHosts();
  });
  after(async () => {
    await (window as LabWindow | undefined)?.close();
    await (server as TestSshd | undefined)?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  pictureOnFailure(() => window);

  /** ssh as a person has it who has signed in there before. It takes the configuration from the account's own folder only. */
  function sshOfPerson(): string {
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    const script = `#!/bin/sh\nexec '${locateSsh()}' -F '${server.way().configFile}' "$@"\n`;
    writeFileSync(path.join(bin, 'ssh'), script);
    chmodSync(path.join(bin, 'ssh'), 0o755);
    return bin;
  }

  /** Answers the input box whose title or text has these words, when it is there. */
  async function answer(prompt: RegExp, text?: string): Promise<void> {
    await workbench.quickInput.filter({ hasText: prompt }).waitFor();
    if (text !== undefined) {
      await press('ControlOrMeta+a');
      await workbench.page.keyboard.insertText(text);
    }
    await press('Enter');
  }

  async function waitForFarVms(): Promise<void> {
    await workbench.waitForHost('FAR01', /2 virtual machines/);
    await workbench.waitForVm('files01', /^running/);
  }

  it('is added by the keyboard, step by step, after its connection was tested', async () => {
    const { target } = server.way();
    await workbench.typeCommand('Hyper-V: Add Host');
    await answer(/How is the host reached|SSH/);
    await answer(/Name or address of the host/, `${target.user}@${target.host}:${target.port}`);
    await answer(/User on the host/);
    await answer(/Port on the host/);
    const list = workbench.quickInput;
    await list.getByRole('option').filter({ hasText: 'Continue' }).and(list.locator('.focused')).waitFor();
    const steps = ['Port', 'Sign-in', 'PowerShell', 'Hyper-V', 'Rights', 'Clock', 'Latency'];
    for (const step of steps) {
      const row = list.getByRole('option').filter({ hasText: step });
      await row.first().locator('.codicon-pass').waitFor();
    }
    await window.screenshot('remote-host-test');
    await window.updatePicture('remote-host-test', { width: 960, height: 450 });
    await press('Enter');
    await answer(/Name to show for the host/, 'FAR01');
    await waitForFarVms();
  });

  it('shows its virtual machines beside those of the demo lab', async () => {
    await workbench.waitForVm('web01', /^off/);
    await workbench.waitForVm('app01', /^running/);
    await workbench.widenSideBar(480);
    await window.screenshot('remote-host');
    await window.updatePicture('remote-host', { width: 880, height: 330 });
  });

  it('carries out what a person asks for', async () => {
    await workbench.typeCommand('Hyper-V: Start');
    await workbench.typeChoice(/virtual machine/, 'web01');
    await workbench.waitForVm('web01', /^running/);
  });

  it('comes back by itself when its connection is cut; the rows stay meanwhile', async () => {
    const before = server.connections();
    assert.equal(before.length, 1);
    server.cut();
    await until(() => !before.some(isAlive));
    assert.equal((await workbench.rowsBelowHost('FAR01')).filter(({ level }) => level === 2).length, 2);
    await until(() => server.connections().length === 1);
    await waitForFarVms();
    // The far computer is a new process, and shows the state that it has now.
    await workbench.waitForVm('web01', /^off/);
  });

  it('says that it cannot be reached while its server is down, and is there again soon after it is up', async () => {
    await server.stop();
    await workbench.waitForHost('FAR01', /not reachable/);
    // What it has said before may be wrong by now: what to do stands above it, and it is marked.
    await workbench.waitForVm('files01', /^last known: running/);
    const below = await workbench.rowsBelowHost('FAR01');
    assert.deepEqual(
      below.map(({ label, description }) => [label.includes('SSH server'), description.startsWith('last known: ')]),
      [
        [true, false],
        [false, true],
        [false, true],
      ],
    );
    await workbench.waitForVm('app01', /^running/);
    await window.screenshot('remote-host-lost');
    await server.start();
    await waitForFarVms();
  });

  it('is there at once with Retry', async () => {
    await server.stop();
    await workbench.waitForHost('FAR01', /not reachable/);
    await server.start();
    await workbench.clickInlineAction(workbench.row('FAR01'), 'Retry Host');
    await waitForFarVms();
  });

  it('shows after a reload of the window what it was last seen as, marked so, and then the truth', async () => {
    await server.stop();
    await workbench.typeCommand('Developer: Reload Window');
    // The window before it is gone when its tree is.
    await workbench.tree.waitFor({ state: 'detached' });
    await workbench.openHyperVView();
    await workbench.waitForVm('files01', /^last known: running/);
    await workbench.waitForVm('web01', /^last known: off$/);
    await workbench.waitForHost('FAR01', /not reachable/);
    await window.screenshot('remote-host-reloaded');
    await server.start();
    await waitForFarVms();
    await workbench.waitForVm('web01', /^off$/);
  });
});
