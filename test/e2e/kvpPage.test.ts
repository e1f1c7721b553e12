// The data exchange editor's page, alone in Chromium: what a person sees and does, and what the page asks of VS Code.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { openBrowser } from '../../tools/lib/browser.mjs';
import { KvpPageRig, outcome, pageThemes, target } from '../support/kvpPage';
import type { PageOptions } from '../support/kvpPage';
import { needed } from '../support/needed';

const pairs = [
  { key: 'deploy.stage', value: 'production' },
  { key: 'contact', value: 'ops@lab.example' },
  { key: 'motd', value: 'line one\r\nline two' },
];

/** Texts that break out of markup, turn text around or do not show. */
const hostile: readonly { key: string; value: string }[] = [
  { key: '</script><img src=x onerror=alert(1)>', value: `"'><svg onload=alert(2)>` },
  { key: 'xml', value: `<a b="c">&amp;&#x41;</a> ]]>` },
  { key: 'emoji \u{1F468}\u200D\u{1F469}\u200D\u{1F467}', value: '\u{1F680}\u{1D11E} é' },
  { key: 'evil\u202Egnp.exe', value: 'שלום \u2066x\u2069 مرحبا' },
  { key: 'long', value: 'x'.repeat(1023) },
  { key: 'javascript:alert(3)', value: '${alert(4)} {{alert(5)}} `' },
  { key: '__proto__', value: 'constructor' },
];

describe('the page of the data exchange editor', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let rig: KvpPageRig;
  const open = async (options?: PageOptions): Promise<KvpPageRig> => {
    rig = await KvpPageRig.open(browser.browser, options);
    return rig;
  };

  before(async () => {
    browser = await openBrowser(needed('HYPERV_LAB_CHROMIUM'));
  });
  after(async () => {
    await browser.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await rig.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-').slice(0, 60)}`);
    }
    const { surprises, strayRequests } = rig;
    await rig.close();
    assert.deepEqual([...surprises, ...strayRequests], []);
  });

  const edit = async (key: string, value: string): Promise<void> => {
    await (await rig.field('external', key, 'value')).fill(value);
  };

  describe('editing', () => {
    it('shows four sections with their purposes, counts, labels and the time of the reading', async () => {
      await open();
      await rig.show({ external: pairs, intrinsic: [{ key: 'OSName', value: 'Ubuntu' }], guest: null });
      assert.deepEqual(await rig.page.getByRole('heading', { level: 2 }).allInnerTexts(), [
        'Host → Guest 3 pairs',
        'Guest → Host unknown',
        'About the Guest 1 pair',
        'Host Only 0 pairs',
      ]);
      await rig.page.getByText('read at 10:30:05').waitFor();
      const about = rig.page.getByRole('table', { name: 'About the Guest' });
      await about.getByRole('rowheader', { name: 'Operating system (OSName)' }).waitFor();
    });

    it('sends what was typed, when a pair is only added, without a question', async () => {
      await open();
      await rig.show({ external: pairs });
      await rig.section('external').getByRole('button', { name: 'Add Pair' }).click();
      await rig.waitForFocus('Key');
      await rig.page.keyboard.type('region');
      await rig.page.keyboard.press('Enter');
      await rig.page.keyboard.type('eu');
      await rig.page.keyboard.press('Control+s');
      const { plans } = await rig.waitForMessage('save');
      assert.deepEqual(plans, {
        external: { changes: { add: [{ key: 'region', value: 'eu' }], change: [], remove: [] }, expected: [] },
      });
    });

    it('asks before it replaces or removes, and shows what', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('deploy.stage', 'staging');
      await (await rig.row('external', 'contact')).getByRole('button', { name: 'Remove contact' }).click();
      await rig.waitForFocus('Key');
      await rig.button('Save').click();
      assert.match(
        await rig.dialog.innerText(),
        /deploy\.stage\s+from\s+production →\s+to\s+staging[^]*Remove 1\s+contact/,
      );
      await rig.screenshot('plan');
      await rig.page.keyboard.press('Escape');
      await rig.dialog.waitFor({ state: 'hidden' });
      assert.deepEqual(await rig.messages('save'), []);
      await rig.button('Save').click();
      await rig.dialog.getByRole('button', { name: 'Save' }).click();
      const { plans } = await rig.waitForMessage('save');
      assert.deepEqual(plans.external?.changes, {
        add: [],
        change: [{ key: 'deploy.stage', value: 'staging' }],
        remove: [{ key: 'contact' }],
      });
    });

    it('keeps the line ends of a value that is edited', async () => {
      await open();
      await rig.show({ external: pairs });
      const field = await rig.field('external', 'motd', 'value');
      await field.press('Control+End');
      await rig.page.keyboard.press('Shift+Enter');
      await rig.page.keyboard.type('line three');
      await rig.button('Save').click();
      await rig.dialog.getByRole('button', { name: 'Save' }).click();
      const { plans } = await rig.waitForMessage('save');
      assert.equal(plans.external?.changes.change[0]?.value, 'line one\r\nline two\r\nline three');
    });

    it('leaves Ctrl+Z to the field, and takes a row back with its button', async () => {
      await open();
      await rig.show({ external: pairs });
      const field = await rig.field('external', 'contact', 'value');
      await field.press('End');
      await rig.page.keyboard.type('!');
      await rig.page.keyboard.press('Control+z');
      assert.equal(await field.inputValue(), 'ops@lab.example');
      await rig.page.getByText('No edits.').waitFor();
      await edit('contact', 'other');
      await rig.button('Undo contact').click();
      assert.equal(await field.inputValue(), 'ops@lab.example');
    });

    it('asks before it takes back everything', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('contact', 'other');
      await rig.button('Undo All').click();
      await rig.dialog.getByRole('button', { name: 'Undo All' }).click();
      await rig.page.getByText('No edits.').waitFor();
    });

    it('says at the field what stops a save, and goes there', async () => {
      await open();
      await rig.show({ external: pairs });
      const value = await rig.field('external', 'contact', 'value');
      await value.fill('é'.repeat(1023));
      await rig.page.getByText('1023 of 1023 characters, 2046 of 2047 bytes').waitFor();
      await value.fill('é'.repeat(1024));
      await rig.section('external').getByRole('button', { name: 'Add Pair' }).click();
      await rig.page.keyboard.type('motd');
      await rig.button('Save').click();
      await rig.waitForFocus('Value of contact');
      assert.equal(await value.getAttribute('aria-invalid'), 'true');
      const described = (await value.getAttribute('aria-describedby')) ?? '';
      const hints = rig.page.locator(
        described
          .split(' ')
          .map((id) => `#${id}`)
          .join(),
      );
      assert.match((await hints.allInnerTexts()).join(' '), /Too long: at most 1023 characters and 2047 bytes\./);
      await rig.page.getByText('Another pair has this key.').waitFor();
      assert.deepEqual(await rig.messages('save'), []);
      await rig.screenshot('problems');
    });

    it('warns of names that look like secrets, without stopping a save', async () => {
      await open();
      await rig.show({});
      await rig.section('external').getByRole('button', { name: 'Add Pair' }).click();
      await rig.page.keyboard.type('DbPassword');
      await rig.page.getByText('Looks like a secret: every user of the guest can read it.').waitFor();
      await rig.page.keyboard.press('Control+s');
      await rig.waitForMessage('save');
    });

    it('filters all sections and sorts each', async () => {
      await open();
      await rig.show({ external: pairs, guest: [{ key: 'contact', value: '1' }] });
      await rig.page.keyboard.press('Control+f');
      await rig.waitForFocus('Filter pairs');
      await rig.page.keyboard.type('CONT');
      assert.deepEqual([await rig.keys('external'), await rig.keys('guest')], [['contact'], ['contact']]);
      await rig.page.getByText('1 of 3 pairs').waitFor();
      await rig.page.keyboard.press('Control+a');
      await rig.page.keyboard.press('Delete');
      await rig.section('external').getByRole('button', { name: 'Key', exact: true }).click();
      assert.deepEqual(await rig.keys('external'), ['contact', 'deploy.stage', 'motd']);
      assert.equal(
        await rig.section('external').getByRole('columnheader').first().getAttribute('aria-sort'),
        'ascending',
      );
    });

    it('copies a key, a value and a section', async () => {
      await open();
      await rig.show({ guest: [{ key: 'a', value: '1' }], external: pairs });
      const row = await rig.row('guest', 'a');
      await row.hover();
      await row.getByRole('button', { name: 'Copy value of a' }).click();
      await row.getByRole('button', { name: 'Copy key a' }).click();
      await rig.section('guest').getByRole('button', { name: 'Copy as JSON' }).click();
      assert.deepEqual(
        (await rig.messages('copy')).map(({ text }) => text),
        ['1', 'a'],
      );
      assert.deepEqual(await rig.messages('copyPairs'), [{ type: 'copyPairs', pairs: [{ key: 'a', value: '1' }] }]);
    });
  });

  describe('saving', () => {
    it('lets nothing be edited while it saves, and can be cancelled', async () => {
      await open();
      await rig.show({ external: pairs });
      await rig.section('external').getByRole('button', { name: 'Add Pair' }).click();
      await rig.page.keyboard.type('new');
      await rig.page.keyboard.press('Control+s');
      await rig.waitForMessage('save');
      assert.equal(await (await rig.field('external', 'contact', 'value')).getAttribute('readonly'), '');
      await rig.screenshot('saving');
      await rig.button('Cancel').click();
      await rig.waitForMessage('cancelSave');
      await rig.answerSave({ kind: 'failed', text: 'The save was cancelled.' });
      assert.equal(await rig.status.innerText(), 'The save was cancelled.');
      assert.equal(await (await rig.field('external', 'contact', 'value')).getAttribute('readonly'), null);
      assert.deepEqual(await rig.keys('external'), ['deploy.stage', 'contact', 'motd', 'new']);
    });

    it('keeps what failed as a draft, says why at its row, and goes there', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('deploy.stage', 'staging');
      await edit('contact', 'boss');
      await rig.button('Save').click();
      await rig.dialog.getByRole('button', { name: 'Save' }).click();
      await rig.waitForMessage('save');
      await rig.show({ external: [{ key: 'deploy.stage', value: 'staging' }, ...pairs.slice(1)] });
      await rig.answerSave({
        kind: 'done',
        outcomes: {
          external: [
            outcome('change', 'deploy.stage', 'written'),
            outcome('change', 'contact', 'refused', 'contact was refused. The guest is not ready.'),
          ],
          hostOnly: [],
        },
      });
      await rig.waitForFocus('Value of contact');
      const row = await rig.row('external', 'contact');
      await row.getByText('contact was refused. The guest is not ready.').waitFor();
      assert.equal(await (await rig.field('external', 'contact', 'value')).inputValue(), 'boss');
      assert.equal(await rig.status.innerText(), '1 saved. 1 refused.');
      await rig.page.getByText('1 edit.').waitFor();
      await rig.screenshot('failed-save');
    });

    it('gives the focus back when everything was saved', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('contact', 'boss');
      await rig.page.keyboard.press('Control+s');
      await rig.dialog.waitFor();
      await rig.page.keyboard.press('Enter');
      await rig.waitForMessage('save');
      await rig.answerSave({
        kind: 'done',
        outcomes: { external: [outcome('change', 'contact', 'written')], hostOnly: [] },
      });
      await rig.waitForFocus('Value of contact');
      await rig.page.getByText('No edits.').waitFor();
    });

    it('shows a change by somebody else as a conflict: mine', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('contact', 'mine');
      await rig.show({ external: [{ key: 'contact', value: 'theirs' }] });
      await rig.page.getByText('Meanwhile it was changed on the host, to:').waitFor();
      await rig.screenshot('conflict');
      await rig.page.keyboard.press('Control+s');
      await rig.waitForFocus('Value of contact');
      assert.equal(await rig.status.innerText(), '1 conflict is open.');
      await rig.button('Keep Mine: contact').click();
      await rig.page.keyboard.press('Control+s');
      assert.match(await rig.dialog.innerText(), /from\s+theirs →\s+to\s+mine/);
    });

    it('shows a change by somebody else as a conflict: theirs', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('contact', 'mine');
      await rig.show({ external: [{ key: 'contact', value: 'theirs' }] });
      await rig.button('Take Theirs: contact').click();
      assert.equal(await (await rig.field('external', 'contact', 'value')).inputValue(), 'theirs');
      await rig.page.getByText('No edits.').waitFor();
    });

    it('says which pairs were changed by somebody else when that stops a save', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('contact', 'mine');
      await rig.button('Save').click();
      await rig.dialog.getByRole('button', { name: 'Save' }).click();
      await rig.waitForMessage('save');
      await rig.show({ external: [{ key: 'contact', value: 'theirs' }] });
      await rig.answerSave({ kind: 'outdated', keys: ['contact'] });
      assert.match(await rig.status.innerText(), /^Nothing was saved: .*: contact$/);
      await rig.waitForFocus('Value of contact');
    });
  });

  describe('import and export', () => {
    it('shows what an import would do, and does it to the draft only', async () => {
      await open();
      await rig.show({ external: pairs });
      await rig.section('external').getByRole('button', { name: 'Import…' }).click();
      assert.deepEqual(await rig.waitForMessage('import'), { type: 'import', pool: 'external' });
      await rig.send({
        type: 'imported',
        pool: 'external',
        fileName: 'prod.env',
        pairs: [
          { key: 'contact', value: 'boss' },
          { key: 'region', value: 'eu' },
        ],
        problems: ['Line 4: not of the form NAME=value.'],
      });
      assert.match(
        await rig.dialog.innerText(),
        /Import prod\.env[^]*Line 4: not of the form[^]*region\s+eu[^]*contact\s+from\s+ops@lab.example →\s+to\s+boss/,
      );
      await rig.screenshot('import');
      await rig.dialog.getByRole('button', { name: 'Apply' }).click();
      assert.deepEqual(await rig.keys('external'), ['deploy.stage', 'contact', 'motd', 'region']);
      await rig.page.getByText('2 edits.').waitFor();
      assert.deepEqual(await rig.messages('save'), []);
    });

    it('offers nothing to apply when a file is not readable', async () => {
      await open();
      await rig.show({ external: pairs });
      const problems = ['The file is not valid JSON.'];
      await rig.send({ type: 'imported', pool: 'external', fileName: 'a.json', pairs: [], problems });
      await rig.dialog.getByText('The file is not valid JSON.').waitFor();
      assert.deepEqual(await rig.dialog.getByRole('button').allInnerTexts(), ['Back']);
    });

    it('exports what stands in the section, and says what was left out', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('contact', 'boss');
      await rig.section('external').getByRole('button', { name: 'Export JSON' }).click();
      await rig.section('external').getByRole('button', { name: 'Export .env' }).click();
      const exported = pairs.map(({ key, value }) => ({ key, value: key === 'contact' ? 'boss' : value }));
      assert.deepEqual(await rig.messages('export'), [
        { type: 'export', format: 'json', pairs: exported },
        { type: 'export', format: 'env', pairs: exported },
      ]);
      await rig.send({ type: 'told', text: 'Left out: two words' });
      assert.equal(await rig.status.innerText(), 'Left out: two words');
    });
  });

  describe('what it keeps', () => {
    it('gives the extension the whole draft, and the window the part without secrets', async () => {
      await open();
      await rig.show({ external: pairs });
      await edit('contact', 'mine');
      await rig.section('external').getByRole('button', { name: 'Add Pair' }).click();
      await rig.page.keyboard.type('token');
      await rig.until(async () => {
        const { draft } = await rig.waitForMessage('draft');
        return draft?.external.map(({ key }) => key).join() === 'contact,token';
      }, 'a draft with both rows');
      assert.deepEqual(
        (await rig.state())?.draft?.external.map(({ key }) => key),
        ['contact'],
      );
    });

    it('puts a draft back over a new reading, each pair at its place', async () => {
      const row = { id: 7, base: pairs[1] ?? null, key: 'contact', value: 'mine', removed: false };
      await open({ state: { target, draft: { external: [row], hostOnly: [] } } });
      await rig.show({ external: pairs });
      assert.deepEqual(await rig.keys('external'), ['deploy.stage', 'contact', 'motd']);
      assert.equal(await (await rig.field('external', 'contact', 'value')).inputValue(), 'mine');
    });

    it('leaves the draft of another virtual machine alone', async () => {
      const row = { id: 7, base: null, key: 'other', value: 'vm', removed: false };
      await open({ state: { target: { ...target, vmId: 'other' }, draft: { external: [row], hostOnly: [] } } });
      await rig.show({ external: pairs });
      assert.deepEqual(await rig.keys('external'), ['deploy.stage', 'contact', 'motd']);
    });
  });

  describe('text of guests', () => {
    it('is text, whatever it is, and makes the round trip unchanged', async () => {
      await open();
      await rig.show({ guest: hostile, external: hostile, intrinsic: hostile });
      await rig.section('guest').getByText('U+202E').waitFor();
      // A joiner that makes one picture of several is none of the characters to be wary of.
      assert.equal(await rig.page.getByText('U+200D').count(), 0);
      assert.deepEqual(
        await rig.keys('external'),
        hostile.map(({ key }) => key),
      );
      assert.equal(await rig.page.locator('img, script:not([nonce]), svg[onload]').count(), 0);
      for (const pool of ['guest', 'external'] as const) {
        await rig.section(pool).getByRole('button', { name: 'Copy as JSON' }).click();
      }
      const copied = await rig.messages('copyPairs');
      assert.deepEqual(copied, [
        { type: 'copyPairs', pairs: hostile },
        { type: 'copyPairs', pairs: hostile },
      ]);
      await rig.screenshot('hostile');
    });

    it('is shown with the translations of a language that is not ours', async () => {
      await open({ contents: { Save: 'Speichern' } });
      await rig.show({});
      await rig.button('Speichern').waitFor();
    });
  });

  describe('the keyboard alone', () => {
    it('adds, changes, removes and saves', async () => {
      await open();
      await rig.show({ external: pairs });
      const { keyboard } = rig.page;
      await keyboard.press('Control+f');
      await tabTo('Add Pair');
      await keyboard.press('Enter');
      await rig.waitForFocus('Key');
      await keyboard.type('a');
      await keyboard.press('Enter');
      await keyboard.type('1');
      await keyboard.press('Enter');
      await rig.waitForFocus('Add Pair');
      await tabTo('Remove contact');
      await keyboard.press('Space');
      await rig.waitForFocus('Key');
      await keyboard.press('Control+s');
      await rig.waitForFocus('Save');
      await keyboard.press('Enter');
      const { plans } = await rig.waitForMessage('save');
      assert.deepEqual(plans.external?.changes, {
        add: [{ key: 'a', value: '1' }],
        change: [],
        remove: [{ key: 'contact' }],
      });
    });

    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await rig.page.keyboard.press('Tab');
        if (await rig.hasFocus(name)) return;
      }
      assert.fail(`Tab does not reach ${name}`);
    };
  });

  describe('the looks', () => {
    const prepare = async (): Promise<void> => {
      await rig.show(
        {
          external: pairs,
          guest: hostile.slice(0, 4),
          intrinsic: [{ key: 'OSName', value: 'Ubuntu' }],
          hostOnly: null,
        },
        {
          notice: {
            severity: 'warning',
            text: 'The guest of DC01 does not take part in data exchange.',
            nextStep: 'It may still be starting.',
            actions: ['enableService', 'showLog'],
          },
          poolNotes: { external: null, guest: null, intrinsic: null, hostOnly: 'The host does not say.' },
        },
      );
      await edit('contact', 'mine');
      await (await rig.field('external', 'deploy.stage', 'key')).fill('');
      await (await rig.row('external', 'motd')).getByRole('button', { name: 'Remove motd' }).click();
      await rig.show({ external: [{ key: 'contact', value: 'theirs' }, ...pairs.slice(0, 1), ...pairs.slice(2)] });
    };

    for (const theme of pageThemes) {
      it(`has nothing that axe finds wrong: ${theme}`, async () => {
        await open({ theme });
        await prepare();
        await rig.screenshot(`looks-${theme}`);
        assert.deepEqual(await violations(), []);
        await rig.button('Keep Mine: contact').click();
        await (await rig.field('external', '', 'key')).fill('stage');
        await rig.button('Save').click();
        await rig.dialog.waitFor();
        await rig.screenshot(`looks-${theme}-dialog`);
        assert.deepEqual(await violations(), []);
      });
    }

    for (const [name, options] of [
      ['320 pixels', { width: 320 }],
      ['200 % zoom', { width: 500 }],
      ['forced colours', { forcedColors: 'active' }],
    ] as const) {
      it(`needs no scrolling to the side: ${name}`, async () => {
        await open(options);
        await prepare();
        await rig.screenshot(`looks-${name.replace(/\W+/g, '-')}`);
        const { content, window } = await rig.widths();
        assert.ok(content <= window, `${content} > ${window}`);
      });
    }

    const violations = async (): Promise<string[]> => {
      const found = await new AxeBuilder({ page: rig.page }).setLegacyMode().analyze();
      return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
    };
  });

  it('keeps the caret in its field when sorting moves the rows around it', async () => {
    await open();
    await rig.show({ external: pairs });
    const field = await rig.field('external', 'deploy.stage', 'value');
    await field.press('Home');
    await rig.page.keyboard.type('ab');
    // By a script, as a click would take the focus.
    await rig.section('external').locator('button.sort').dispatchEvent('click');
    assert.deepEqual(await rig.keys('external'), ['contact', 'deploy.stage', 'motd']);
    await rig.section('external').locator('button.sort').dispatchEvent('click');
    assert.deepEqual(await rig.keys('external'), ['motd', 'deploy.stage', 'contact']);
    await rig.page.keyboard.type('c');
    assert.equal(await rig.page.locator('textarea:focus').inputValue(), 'abcproduction');
  });

  it('shows a thousand pairs of each section, and keeps the place of the caret and of the pairs while one is edited', async () => {
    await open();
    const many = Array.from({ length: 1000 }, (_, index) => ({ key: `key.${index}`, value: `value ${index}` }));
    await rig.show({ external: many, guest: many, intrinsic: many, hostOnly: many });
    await rig.page.getByText('1000 pairs').first().waitFor();
    const field = await rig.field('external', 'key.500', 'value');
    await field.press('Home');
    await rig.page.keyboard.type('abc');
    await rig.show({ external: many.slice(1), guest: many, intrinsic: many, hostOnly: many });
    await rig.page.keyboard.type('def');
    assert.equal(await rig.page.locator('textarea:focus').inputValue(), 'abcdefvalue 500');
    await rig.waitForFocus('Value of key.500');
  });
});
