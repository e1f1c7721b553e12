// 10,000 virtual machines in a real window: groups, filter, Find VM, and a change by somebody else. Nothing is timed: what is
// counted is rows, and VS Code's own complaint of an extension host that does not answer.
import assert from 'node:assert/strict';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow, themes } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';
import { watchedVm, witnessCommands } from '../support/witness';

/** As many sessions as start at once; twenty PowerShell processes would be a test of the machine's memory. */
const hosts = ['HV-LAB1', 'HV-LAB2', 'HV-LAB3', 'HV-LAB4'];
const perHost = 2_500;

/** Rows that a tree may hold in a window of 900 pixels, each of 22, with those just outside of it. */
const mostRows = 80;

/** Reading 10,000 simulated virtual machines on a busy machine takes more than one wait for a row. */
const readingTries = 5;

const groupRow = /^\d+$/;

describe('10,000 virtual machines', function () {
  this.timeout(300_000);
  let window: LabWindow;

  before(async () => {
    window = await openLabWindow({
      spec: {
        seed: 7,
        hosts: hosts.map((name, nth) => ({
          name,
          vmsPerHost: nth === 0 ? perHost - 1 : perHost,
          ...(nth === 0 && { vms: [{ name: watchedVm, guest: 'ubuntu', notes: 'look at me #watched' }] }),
        })),
      },
      witness: true,
    });
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('are shown as groups below their hosts, each with its number', async () => {
    const { workbench } = window;
    await again(readingTries, () => workbench.waitForHost('HV-LAB1', /2500 virtual machines/));
    const rows = await workbench.waitForRows('groups', (all) => all.filter(isGroup).length > 20);
    assert.ok(rows.length <= mostRows, `${rows.length} rows`);
    assert.deepEqual(
      rows.filter(({ level }) => level > 2),
      [],
    );
    assert.match(rows[1]?.label ?? '', new RegExp(`^${watchedVm} … `));
  });

  it('are below their group when it is opened, and no more rows are made than are seen', async () => {
    const { workbench } = window;
    const [, first] = await workbench.rows();
    assert.ok(first);
    await workbench.setExpanded(workbench.row(first.label), true);
    const rows = await workbench.waitForRows('VMs', (all) => all.some(({ level }) => level === 3));
    assert.equal(rows.find(({ level }) => level === 3)?.label, watchedVm);
    assert.ok(rows.length <= mostRows, `${rows.length} rows`);
    await window.screenshot('groups-open');
    await workbench.tree.hover();
    await workbench.page.mouse.wheel(0, 1_500);
    const scrolled = await workbench.waitForRows('others', (all) => !all.some(({ label }) => label === watchedVm));
    assert.ok(scrolled.length <= mostRows, `${scrolled.length} rows`);
    await workbench.page.mouse.wheel(0, -100_000);
    await workbench.waitForRows('the top', (all) => all[0]?.label === 'HV-LAB1');
  });

  it('show a change by somebody else', async () => {
    const { workbench } = window;
    await workbench.runCommand(witnessCommands.turnOffWatched);
    await workbench.waitForRows(`${watchedVm} as off`, (all) =>
      all.some(({ label, description }) => label === watchedVm && description === 'off'),
    );
  });

  it('are found by a few letters, and the row of the one that is chosen is selected', async () => {
    const { workbench } = window;
    await workbench.runCommand('Hyper-V: Find VM');
    const input = workbench.quickInput.getByRole('textbox').first();
    await input.fill('-2042');
    await workbench.quickInput.getByRole('option').filter({ hasText: 'HV-LAB1' }).first().click();
    const selected = workbench.tree.locator('.monaco-list-row.selected');
    await selected.filter({ hasText: '-2042' }).waitFor();
    assert.equal(await selected.getAttribute('aria-level'), '3');
    await workbench.page.keyboard.press('Home');
  });

  it('are filtered, without groups where few are left', async () => {
    const { workbench } = window;
    await workbench.runCommand('Hyper-V: Filter VMs');
    await workbench.pick(/what the rows shall contain/, '-204');
    await workbench.waitForHost('HV-LAB1', /10 of 2500 virtual machines/);
    const rows = await workbench.rowsBelowHost('HV-LAB1');
    assert.equal(rows.length, 10);
    assert.ok(rows.every(({ level, label }) => level === 2 && label.includes('-204')));
    await workbench.runCommand('Hyper-V: Clear Filter');
    await workbench.waitForHost('HV-LAB1', /^demo lab, 2500 virtual machines/);
  });

  it('stand together by state, or by tag, as the person chooses', async () => {
    const { workbench } = window;
    await workbench.runCommand('Hyper-V: Group VMs By');
    await workbench.pick(/hosts that show more than/i, 'Tag');
    await workbench.waitForRows('tags', (all) => all.some(({ label }) => label === '#watched'));
    await workbench.runCommand('Hyper-V: Group VMs By');
    await workbench.pick(/hosts that show more than/i, 'State');
    const rows = await workbench.waitForRows('states', (all) => all.some(({ label }) => label.startsWith('Running')));
    assert.ok(rows.filter(isGroup).some(({ label }) => label.startsWith('Off')));
  });

  it('are started as a group by its menu, after a question with their number', async () => {
    const { workbench } = window;
    const off = (await workbench.rows()).find(({ label }) => label.startsWith('Off'));
    assert.ok(off);
    await workbench.typeCommand('Hyper-V: Focus on Hosts View');
    await workbench.walkTo(off.label);
    await workbench.chooseFromMenu('Start');
    await workbench.dialog.waitFor();
    assert.match(
      await workbench.dialog.innerText(),
      new RegExp(
        `Start ${off.description} virtual machines\\?[^]* on HV-LAB1[^]*and ${Number(off.description) - 10} more`,
      ),
    );
    await window.screenshot('group-question');
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog.waitFor({ state: 'hidden' });
    assert.ok(
      (await workbench.rows()).some(({ label, description }) => label === off.label && description === off.description),
    );
  });

  for (const theme of ['light', 'dark', 'highContrast'] satisfies (keyof typeof themes)[]) {
    it(`are painted in the theme ${themes[theme].name}: groups, Find VM and the filter`, async () => {
      const { workbench } = window;
      await window.useTheme(theme);
      await workbench.widenSideBar(400);
      const off = (await workbench.rows()).find(({ label }) => label.startsWith('Off'));
      assert.ok(off);
      await workbench.setExpanded(workbench.row(off.label).first(), true);
      await workbench.settled();
      await window.screenshot(`groups-${theme}`);
      if (theme === 'dark') await window.updatePicture('groups');
      const commands = [
        ['find', 'Hyper-V: Find VM', 'web off', /^web-\d+$/],
        ['filter', 'Hyper-V: Filter VMs', 'of', /^\d+ of \d+$/],
      ] as const;
      for (const [name, command, text, awaited] of commands) {
        await workbench.runCommand(command);
        await workbench.quickInput.getByRole('textbox').first().fill(text);
        await workbench.quickInput.getByText(awaited).first().waitFor();
        await window.screenshot(`${name}-${theme}`);
        if (theme === 'dark') await window.updatePicture(name);
        await workbench.page.keyboard.press('Escape');
        await workbench.quickInput.waitFor({ state: 'hidden' });
      }
    });
  }

  it('never kept the extension host from answering, as far as VS Code noticed', () => {
    assert.deepEqual(window.complaints, []);
  });
});

function isGroup({ level, description }: { readonly level: number; readonly description: string }): boolean {
  return level === 2 && groupRow.test(description);
}

async function again<T>(tries: number, work: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}
