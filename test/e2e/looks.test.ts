// How the view looks to eyes and to screen readers: four themes under axe, a narrow side bar, and the pictures of the docs.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { pictureOnFailure } from '../support/failurePicture';
import { openLabWindow, themes } from '../support/labWindow';
import type { LabWindow } from '../support/labWindow';

/** The narrowest side bar that people keep; VS Code itself stops at 170. */
const narrowWidth = 250;

/** Cut there: a person's name for a virtual machine that is too long for any narrow side bar. */
const cutWhenNarrow = [`O'Brien's "lab" [x86] \u{1F680} $(hostname)`];

/** What VS Code's own markup of a tree breaks and an extension cannot change: rules, each with the elements concerned. */
const faultsOfTheEditor: Readonly<Record<string, RegExp>> = {
  // VS Code gives checkboxes of rows the tabindex 1 (its browser/parts/views/checkbox.ts).
  tabindex: /^<div class="monaco-custom-toggle[^>]* role="checkbox"/,
  // An experimental rule, which wants the label "HV-LAB1demo lab": a row's name and description touch in the DOM, and our
  // label has a comma between them.
  'label-content-name-mismatch': /^<div class="monaco-list-row[^>]* role="treeitem"/,
};

describe('the looks of the view', () => {
  let window: LabWindow;

  before(async () => {
    window = await openLabWindow();
    await window.workbench.waitForHosts();
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  it('shows seventeen virtual machines of three hosts without scrolling', async () => {
    const { view, rows: all } = await window.workbench.heights();
    assert.ok(all > 0 && all <= view, `${all} of ${view} pixels`);
    const rows = await window.workbench.rows();
    assert.equal(rows.filter(({ level }) => level === 2).length, 17);
  });

  it('cuts no label in a narrow side bar but one that nobody could fit in', async () => {
    const { workbench } = window;
    await workbench.setExpanded(workbench.row('web-ubuntu'), true);
    await workbench.waitForRows('services', (all) => all.some(({ checked }) => checked !== undefined));
    await workbench.widenSideBar(narrowWidth);
    await window.screenshot('narrow');
    const cut = await workbench.cutLabels();
    assert.deepEqual(cut, cutWhenNarrow);
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    it(`is plain, and axe finds nothing wrong with it, in the theme ${themes[theme].name}`, async () => {
      const { workbench } = window;
      await workbench.widenSideBar(480);
      await window.useTheme(theme);
      await window.screenshot(`looks-${theme}`);
      assert.equal(
        new Set((await workbench.iconColors()).values()).size,
        1,
        'where nothing needs a look, nothing is coloured',
      );
      const { violations } = await new AxeBuilder({ page: workbench.page })
        .include('.part.sidebar .pane-body')
        // In the page itself; the other mode opens a second page for the result.
        .setLegacyMode()
        .analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes
          .filter(({ html }) => faultsOfTheEditor[id]?.test(html) !== true)
          .map(({ html }) => `${id}: ${html.slice(0, 300)}`),
      );
      assert.deepEqual(found, []);
    });
  }
});

describe('the pictures of the docs', () => {
  let window: LabWindow;

  before(async () => {
    window = await openLabWindow({
      // Locked, slow, deaf and dead, side by side.
      spec: {
        hosts: [
          {
            name: 'HV-LAB1',
            vms: [
              { name: 'DC01', guest: 'windowsServer2025' },
              { name: 'erp-legacy', guest: 'windowsServer2019', shutdown: 'ignores' },
              { name: 'web-ubuntu', guest: 'ubuntu' },
              { name: 'WIN11-ANNA', guest: 'windows11', shutdown: 'locked' },
            ],
          },
          { name: 'HV-LAB2', vms: [{ name: 'unseen' }] },
        ],
        faults: [{ kind: 'serviceStopped', host: 'HV-LAB2' }],
      },
      settings: { 'hyperv.shutdown.timeoutSeconds': 5 },
    });
    await window.workbench.waitForVm('DC01', /^running/);
    await window.workbench.waitForHost('HV-LAB2', /service/);
    // Small, as notifications come at the lower right and a picture of the docs shows the upper left.
    await window.workbench.page.setViewportSize({ width: 880, height: 660 });
    await window.workbench.widenSideBar(400);
  });
  after(async () => {
    await window.close();
  });
  pictureOnFailure(() => window);

  const keep = async (name: string): Promise<void> => {
    await window.screenshot(name);
    await window.updatePicture(name);
  };

  it('shows a host that fails', async () => {
    await keep('failed-host');
  });

  it('shows a question about a locked session', async () => {
    const { workbench } = window;
    await workbench.clickInlineAction(workbench.row('WIN11-ANNA'), 'Shut Down');
    const question = workbench.notification('Somebody is signed in to WIN11-ANNA');
    await question.waitFor();
    await keep('locked');
    await question.getByRole('button', { name: 'Keep It Running' }).click();
    await question.waitFor({ state: 'hidden' });
  });

  it('shows the wait for a guest, the question after it, and the one before a power cut', async () => {
    const { workbench } = window;
    await workbench.clickInlineAction(workbench.row('erp-legacy'), 'Shut Down');
    await workbench
      .notification('Shutting down erp-legacy')
      .filter({ hasText: /[2-4] s, the guest was asked/ })
      .waitFor();
    await keep('shutting-down');
    const question = workbench.notification('erp-legacy was asked to shut down');
    await question.waitFor();
    await keep('deadline');
    await question.getByRole('button', { name: 'Turn Off' }).click();
    await workbench.dialog.waitFor();
    await keep('turn-off');
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog.waitFor({ state: 'hidden' });
    await workbench.waitForVm('erp-legacy', /^running/);
  });
});
