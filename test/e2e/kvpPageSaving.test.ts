// The page of the data exchange editor, alone in Chromium: what it asks of VS Code, and what it does with the answers.
import assert from 'node:assert/strict';
import { outcome, target } from '../support/kvpPage';
import { kvpPageForSuite, pairs } from '../support/kvpPageSuite';

describe('the page of the data exchange editor', () => {
  const open = kvpPageForSuite();

  describe('saving', () => {
    it('lets nothing be edited while it saves, and can be cancelled', async () => {
      const rig = await open();
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
      const rig = await open();
      await rig.show({ external: pairs });
      await rig.edit('deploy.stage', 'staging');
      await rig.edit('contact', 'boss');
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
      const rig = await open();
      await rig.show({ external: pairs });
      await rig.edit('contact', 'boss');
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
      const rig = await open();
      await rig.show({ external: pairs });
      await rig.edit('contact', 'mine');
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
      const rig = await open();
      await rig.show({ external: pairs });
      await rig.edit('contact', 'mine');
      await rig.show({ external: [{ key: 'contact', value: 'theirs' }] });
      await rig.button('Take Theirs: contact').click();
      assert.equal(await (await rig.field('external', 'contact', 'value')).inputValue(), 'theirs');
      await rig.page.getByText('No edits.').waitFor();
    });

    it('says which pairs were changed by somebody else when that stops a save', async () => {
      const rig = await open();
      await rig.show({ external: pairs });
      await rig.edit('contact', 'mine');
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
      const rig = await open();
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
      const rig = await open();
      await rig.show({ external: pairs });
      const problems = ['The file is not valid JSON.'];
      await rig.send({ type: 'imported', pool: 'external', fileName: 'a.json', pairs: [], problems });
      await rig.dialog.getByText('The file is not valid JSON.').waitFor();
      assert.deepEqual(await rig.dialog.getByRole('button').allInnerTexts(), ['Back']);
    });

    it('exports what stands in the section, and says what was left out', async () => {
      const rig = await open();
      await rig.show({ external: pairs });
      await rig.edit('contact', 'boss');
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
      const rig = await open();
      await rig.show({ external: pairs });
      await rig.edit('contact', 'mine');
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
      const rig = await open({ state: { target, draft: { external: [row], hostOnly: [] } } });
      await rig.show({ external: pairs });
      assert.deepEqual(await rig.keys('external'), ['deploy.stage', 'contact', 'motd']);
      assert.equal(await (await rig.field('external', 'contact', 'value')).inputValue(), 'mine');
    });

    it('leaves the draft of another virtual machine alone', async () => {
      const row = { id: 7, base: null, key: 'other', value: 'vm', removed: false };
      const rig = await open({
        state: { target: { ...target, vmId: 'other' }, draft: { external: [row], hostOnly: [] } },
      });
      await rig.show({ external: pairs });
      assert.deepEqual(await rig.keys('external'), ['deploy.stage', 'contact', 'motd']);
    });
  });
});
