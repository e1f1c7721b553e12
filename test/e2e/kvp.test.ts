// The editor of key-value pairs in VS Code, over a real session: from the row to the host and back.
import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import { PairsEditor } from '../support/pairsEditor';

const spec = {
  hosts: [
    {
      name: 'HV-LAB1',
      vms: [
        {
          name: 'web01',
          guest: 'ubuntu',
          exchange: {
            external: [
              { name: 'deploy.stage', data: 'production' },
              { name: 'release', data: '2026.11' },
            ],
            guest: [{ name: 'health', data: '</script><img src=x onerror=alert(1)>' }],
            hostOnly: [{ name: 'owner', data: 'Anna' }],
            // A second administrator, all the time.
            later: [{ afterMs: 200, everyMs: 200, pool: 'external', name: 'release', data: 'round {n}' }],
          },
        },
        { name: 'old-guest', guest: 'windowsServer2019', exchange: { valueLimit: 40 } },
        { name: 'resting', guest: 'windowsServer2025', state: 'off' },
      ],
    },
  ],
};

describe('the editor of key-value pairs', () => {
  let window: LabWindow;
  let editor: PairsEditor;

  before(async () => {
    window = await openLabWindow({ spec });
    editor = new PairsEditor(window.workbench);
    await window.workbench.waitForVm('web01', /^running/);
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  const page = (): FrameLocator => editor.page;
  const value = (key: string): Locator => editor.value(key);
  const section = (pool: string): Locator => editor.section(pool);
  const open = (vm: string): Promise<void> => editor.open(vm);
  const save = (): Promise<void> => editor.save();
  const closeTab = (): Promise<void> => editor.closeTab();
  /** Wider than the docs' other pictures: in a narrow tab the rows of the table stack. */
  async function picture(name: string): Promise<void> {
    await window.screenshot(name);
    await window.updatePicture(name, { width: 1280, height: 760 });
  }

  it('opens from the row below the virtual machine', async () => {
    const { workbench } = window;
    await workbench.setExpanded(workbench.row('web01'), true);
    await workbench.row('Key-Value Pairs').click();
    await value('deploy.stage').waitFor();
    assert.equal(await value('deploy.stage').inputValue(), 'production');
    await section('guest').getByText('</script><img src=x onerror=alert(1)>').waitFor();
    await section('intrinsic').getByText('Operating system').waitFor();
  });

  it('adds a pair by keyboard alone, and the host has it', async () => {
    const { keyboard } = window.workbench.page;
    await section('external').getByRole('button', { name: 'Add Pair' }).focus();
    await keyboard.press('Enter');
    await keyboard.type('region');
    await keyboard.press('Enter');
    await keyboard.type('eu-central');
    await keyboard.press('Control+s');
    await page().getByRole('status').filter({ hasText: 'saved' }).waitFor();
    await closeTab();
    await open('web01');
    await value('region').waitFor();
    assert.equal(await value('region').inputValue(), 'eu-central');
  });

  it('shows its plan before it replaces a value, and saves when a person agrees', async () => {
    await value('deploy.stage').fill('staging');
    await save();
    const plan = page().getByRole('dialog');
    await plan.getByText('production').waitFor();
    await window.screenshot('pairs-plan');
    await plan.getByRole('button', { name: 'Save', exact: true }).click();
    await plan.waitFor({ state: 'hidden' });
    await page().getByRole('status').filter({ hasText: 'saved' }).waitFor();
    await picture('pairs');
  });

  it('shows what somebody else did meanwhile as a conflict, and overwrites nothing', async () => {
    await value('release').fill('mine');
    await page().getByRole('button', { name: 'Refresh' }).click();
    await page().getByRole('button', { name: 'Take Theirs' }).waitFor();
    await window.screenshot('pairs-conflict');
    await page().getByRole('button', { name: 'Take Theirs' }).click();
    assert.match(await value('release').inputValue(), /^round \d+$/);
  });

  it('keeps what an old guest refuses as it was typed, and says why', async () => {
    const { keyboard } = window.workbench.page;
    await open('old-guest');
    for (const [key, text] of [
      ['short', 'fits'],
      ['long', 'x'.repeat(60)],
    ] as const) {
      await section('external').getByRole('button', { name: 'Add Pair' }).click();
      await keyboard.type(key);
      await keyboard.press('Enter');
      await keyboard.type(text);
    }
    await save();
    await page().getByText('long was refused.').first().waitFor();
    assert.equal(await value('long').inputValue(), 'x'.repeat(60));
    await picture('pairs-refused');
  });

  it('has a tab for each virtual machine, and one only', async () => {
    await open('web01');
    await open('old-guest');
    assert.equal(await value('short').inputValue(), 'fits');
    const tabs = window.workbench.page.getByRole('tab', { name: /Key-Value Pairs/ });
    assert.equal(await tabs.count(), 2);
  });

  it('says of a virtual machine that is off what is unknown, takes pairs for its start, and offers to start it', async () => {
    const { keyboard } = window.workbench.page;
    await open('resting');
    await page().getByText('resting is off: pairs for the guest are delivered when it starts.').waitFor();
    await section('guest').getByText('Unknown: the host sees the pairs of a guest only while it runs.').waitFor();
    await section('external').getByRole('button', { name: 'Add Pair' }).click();
    await keyboard.type('first.boot');
    await keyboard.press('Enter');
    await keyboard.type('yes');
    await save();
    await page().getByRole('status').filter({ hasText: 'saved' }).waitFor();
    await window.screenshot('pairs-off');
    await page().getByRole('button', { name: 'Start' }).click();
    await window.workbench.waitForVm('resting', /^(starting|running)/);
    await page().getByText('resting is off').waitFor({ state: 'hidden' });
    assert.equal(await value('first.boot').inputValue(), 'yes');
  });

  it('keeps the draft of a tab that is closed, and of a window that is reloaded', async () => {
    const { workbench } = window;
    await open('web01');
    await value('owner').fill('Bob');
    await closeTab();
    await open('web01');
    await value('owner').waitFor();
    assert.equal(await value('owner').inputValue(), 'Bob');
    await workbench.typeCommand('Developer: Reload Window');
    await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
    await value('owner').waitFor({ timeout: 60_000 });
    assert.equal(await value('owner').inputValue(), 'Bob');
    await page().getByRole('button', { name: 'Undo All' }).click();
    await page().getByRole('dialog').getByRole('button', { name: 'Undo All' }).click();
    assert.equal(await value('owner').inputValue(), 'Anna');
  });
});
