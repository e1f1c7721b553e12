// The page of the data exchange editor, alone in Chromium: hostile texts, the keyboard alone, and its looks in every theme.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { pageThemes } from '../support/kvpPage';
import type { KvpPageRig } from '../support/kvpPage';
import { kvpPageForSuite, pairs } from '../support/kvpPageSuite';

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

describe('the page of the data exchange editor, as it is seen', () => {
  const open = kvpPageForSuite();

  describe('text of guests', () => {
    it('is text, whatever it is, and makes the round trip unchanged', async () => {
      const rig = await open();
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
      const rig = await open({ contents: { Save: 'Speichern' } });
      await rig.show({});
      await rig.button('Speichern').waitFor();
    });
  });

  describe('the keyboard alone', () => {
    it('adds, changes, removes and saves', async () => {
      const rig = await open();
      await rig.show({ external: pairs });
      const { keyboard } = rig.page;
      await keyboard.press('Control+f');
      await tabTo(rig, 'Add Pair');
      await keyboard.press('Enter');
      await rig.waitForFocus('Key');
      await keyboard.type('a');
      await keyboard.press('Enter');
      await keyboard.type('1');
      await keyboard.press('Enter');
      await rig.waitForFocus('Add Pair');
      await tabTo(rig, 'Remove contact');
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

    const tabTo = async (rig: KvpPageRig, name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await rig.page.keyboard.press('Tab');
        if (await rig.hasFocus(name)) return;
      }
      assert.fail(`Tab does not reach ${name}`);
    };
  });

  describe('the looks', () => {
    const prepare = async (rig: KvpPageRig): Promise<void> => {
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
      await rig.edit('contact', 'mine');
      await (await rig.field('external', 'deploy.stage', 'key')).fill('');
      await (await rig.row('external', 'motd')).getByRole('button', { name: 'Remove motd' }).click();
      await rig.show({ external: [{ key: 'contact', value: 'theirs' }, ...pairs.slice(0, 1), ...pairs.slice(2)] });
    };

    for (const theme of pageThemes) {
      it(`has nothing that axe finds wrong: ${theme}`, async () => {
        const rig = await open({ theme });
        await prepare(rig);
        await rig.screenshot(`looks-${theme}`);
        assert.deepEqual(await violations(rig), []);
        await rig.button('Keep Mine: contact').click();
        await (await rig.field('external', '', 'key')).fill('stage');
        await rig.button('Save').click();
        await rig.dialog.waitFor();
        await rig.screenshot(`looks-${theme}-dialog`);
        assert.deepEqual(await violations(rig), []);
      });
    }

    for (const [name, options] of [
      ['320 pixels', { width: 320 }],
      ['200 % zoom', { width: 500 }],
      ['forced colours', { forcedColors: 'active' }],
    ] as const) {
      it(`needs no scrolling to the side: ${name}`, async () => {
        const rig = await open(options);
        await prepare(rig);
        await rig.screenshot(`looks-${name.replace(/\W+/g, '-')}`);
        const { content, window } = await rig.widths();
        assert.ok(content <= window, `${content} > ${window}`);
      });
    }

    const violations = async (rig: KvpPageRig): Promise<string[]> => {
      const found = await new AxeBuilder({ page: rig.page }).setLegacyMode().analyze();
      return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
    };
  });
});
