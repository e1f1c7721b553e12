// The page of the data exchange editor, alone in Chromium: what a person does to pairs.
import assert from 'node:assert/strict';
import { kvpPageForSuite, pairs } from '../support/kvpPageSuite';

describe('the page of the data exchange editor: editing', () => {
  const open = kvpPageForSuite();

  it('shows four sections with their purposes, counts, labels and the time of the reading', async () => {
    const rig = await open();
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
    const rig = await open();
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
    const rig = await open();
    await rig.show({ external: pairs });
    await rig.edit('deploy.stage', 'staging');
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
    const rig = await open();
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
    const rig = await open();
    await rig.show({ external: pairs });
    const field = await rig.field('external', 'contact', 'value');
    await field.press('End');
    await rig.page.keyboard.type('!');
    await rig.page.keyboard.press('Control+z');
    assert.equal(await field.inputValue(), 'ops@lab.example');
    await rig.page.getByText('No edits.').waitFor();
    await rig.edit('contact', 'other');
    await rig.button('Undo contact').click();
    assert.equal(await field.inputValue(), 'ops@lab.example');
  });

  it('asks before it takes back everything', async () => {
    const rig = await open();
    await rig.show({ external: pairs });
    await rig.edit('contact', 'other');
    await rig.button('Undo All').click();
    await rig.dialog.getByRole('button', { name: 'Undo All' }).click();
    await rig.page.getByText('No edits.').waitFor();
  });

  it('says at the field what stops a save, and goes there', async () => {
    const rig = await open();
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
    const rig = await open();
    await rig.show({});
    await rig.section('external').getByRole('button', { name: 'Add Pair' }).click();
    await rig.page.keyboard.type('DbPassword');
    await rig.page.getByText('Looks like a secret: every user of the guest can read it.').waitFor();
    await rig.page.keyboard.press('Control+s');
    await rig.waitForMessage('save');
  });

  it('filters all sections and sorts each', async () => {
    const rig = await open();
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
    const rig = await open();
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

  it('keeps the caret in its field when sorting moves the rows around it', async () => {
    const rig = await open();
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
    const rig = await open();
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
