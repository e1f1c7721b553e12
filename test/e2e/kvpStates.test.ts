// The page of the data exchange editor, alone in Chromium, in every situation that it has words for.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { KvpPairOutcome } from '../../src/domain/kvp/changes';
import type { ReportedOutcome } from '../../src/kvpEditor/messages';
import { outcomeText } from '../../src/kvpEditor/texts';
import { pageThemes } from '../support/kvpPage';
import type { KvpPageRig } from '../support/kvpPage';
import { kvpPageForSuite } from '../support/kvpPageSuite';
import { situationNames, snapshotIn, stateTarget } from '../support/kvpStates';

/** A save whose session was lost while it wrote the second of three pairs. */
const lost: readonly KvpPairOutcome[] = [
  { verb: 'add', key: 'first', outcome: 'written' },
  { verb: 'add', key: 'second', outcome: 'unknown', reason: 'sessionLost' },
  { verb: 'add', key: 'third', outcome: 'notTried', reason: 'sessionLost' },
];

/** An information, a warning, an error, and rows that were not saved. */
const ofEachKind = ['off', 'silent guest', 'host failed', 'lost'];

describe('the situations of the data exchange editor', () => {
  const open = kvpPageForSuite();

  /** A picture, and what axe says of it where there is a kind of colours of its own. */
  async function look(rig: KvpPageRig, name: string, theme: string): Promise<string[]> {
    await rig.screenshot(`state-${name.replace(/\W+/g, '-')}-${theme}`);
    if (!ofEachKind.includes(name)) return [];
    const axe = new AxeBuilder({ page: rig.page }).setLegacyMode().withRules(['color-contrast']);
    const { violations } = await axe.analyze();
    return violations.flatMap(({ nodes }) => nodes.map(({ html }) => `${name}: ${html.slice(0, 200)}`));
  }

  for (const theme of pageThemes) {
    it(`are told by a sentence and a next step that can be read: ${theme}`, async () => {
      const rig = await open({ theme });
      const found: string[] = [];
      for (const name of situationNames) {
        const snapshot = snapshotIn(name);
        await rig.send({ type: 'snapshot', snapshot });
        const { notice } = snapshot;
        if (notice !== null) await rig.page.locator('.notice').getByText(notice.text).waitFor();
        assert.doesNotMatch(await rig.page.locator('.facts').innerText(), /·\s*·/, name);
        found.push(...(await look(rig, name, theme)));
      }
      assert.deepEqual(found, []);
    });

    it(`tells of a session lost in the middle of a save what was saved and what is left: ${theme}`, async () => {
      const rig = await open({ theme });
      const before = snapshotIn('running');
      await rig.send({ type: 'snapshot', snapshot: before });
      const { keyboard } = rig.page;
      for (const { key } of lost) {
        await rig.section('external').getByRole('button', { name: 'Add Pair' }).click();
        await rig.waitForFocus('Key');
        await keyboard.type(key);
        await keyboard.press('Enter');
        await keyboard.type('1');
      }
      await keyboard.press('Control+s');
      await rig.waitForMessage('save');
      const { reading } = before;
      assert.ok(reading?.pools.external);
      const external = [...reading.pools.external, { key: 'first', value: '1' }];
      const after = { ...before, reading: { ...reading, pools: { ...reading.pools, external } } };
      await rig.send({ type: 'snapshot', snapshot: after });
      const reported = lost.map((one): ReportedOutcome => ({ ...one, text: outcomeText(one, stateTarget) }));
      await rig.answerSave({ kind: 'done', outcomes: { external: reported, hostOnly: [] } });
      await rig.waitForFocus('Value of second');
      assert.equal(await rig.status.innerText(), '1 saved. 1 not known. 1 not sent.');
      await rig.page.getByText('2 edits.').waitFor();
      await (await rig.row('external', 'second')).getByText('It is not known whether second was saved.').waitFor();
      await (await rig.row('external', 'third')).getByText('Save again to send it.').waitFor();
      assert.deepEqual(await look(rig, 'lost', theme), []);
    });
  }
});
