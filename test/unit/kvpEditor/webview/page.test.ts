// The page without a document: what follows from messages and from what a person does.
import assert from 'node:assert/strict';
import type { KvpPair } from '../../../../src/domain/kvp/pools';
import type { FromPage, PageSnapshot } from '../../../../src/kvpEditor/messages';
import { Page } from '../../../../src/kvpEditor/webview/page';

const target = { hostId: 'h', vmId: 'v', hostName: 'HV-LAB1', vmName: 'DC01' };
const a = { key: 'a', value: '1' };
const b = { key: 'b', value: '2' };

function snapshot(external: readonly KvpPair[] | null): PageSnapshot {
  const pools = { external, guest: null, intrinsic: null, hostOnly: [] };
  return {
    vmName: 'DC01',
    hostName: 'HV-LAB1',
    stateText: 'Running',
    reading: { pools, enabled: true, unreadable: 0 },
    readAtMs: 0,
    notice: null,
    poolNotes: { external: null, guest: null, intrinsic: null, hostOnly: null },
    intrinsicLabels: [],
  };
}

function open(external: readonly KvpPair[] | null = [a, b]): { page: Page; said: FromPage[]; focused: string[] } {
  const said: FromPage[] = [];
  const focused: string[] = [];
  const page = new Page({
    post: (message) => said.push(message),
    draw: (_, focusId) => {
      if (focusId !== undefined) focused.push(focusId);
    },
    keptDraft: () => null,
    draftChanged: () => undefined,
  });
  page.receive({ type: 'init', target, contents: null, draft: null });
  page.receive({ type: 'snapshot', snapshot: snapshot(external) });
  return { page, said, focused };
}

const dialogOf = (page: Page): string | undefined => page.model.dialog?.kind;
const keys = (page: Page): string[] => page.model.drafts.external.rows.map(({ key }) => key);
const addPair = (page: Page, key: string): void => {
  page.add('external');
  page.edit({ pool: 'external', id: page.model.drafts.external.nextId - 1, field: 'key' }, key);
};

describe('the page of the data exchange editor, without a document', () => {
  it('edits nothing while it saves, and an import waits for the end', () => {
    const { page, said } = open();
    addPair(page, 'new');
    page.save();
    const save = said.find((message) => message.type === 'save');
    assert.ok(save);
    page.remove('external', 1);
    page.add('external');
    page.edit({ pool: 'external', id: 1, field: 'value' }, 'late');
    page.save();
    page.receive({
      type: 'imported',
      pool: 'external',
      fileName: 'x.env',
      pairs: [{ key: 'C', value: '3' }],
      problems: [],
    });
    assert.equal(dialogOf(page), undefined);
    assert.deepEqual(keys(page), ['a', 'b', 'new']);
    assert.equal(said.filter(({ type }) => type === 'save').length, 1);
    page.receive({ type: 'saveResult', id: save.id, result: { kind: 'failed', text: 'No.' } });
    assert.equal(dialogOf(page), 'import');
    page.confirmDialog();
    assert.deepEqual(keys(page), ['a', 'b', 'new', 'C']);
  });

  it('takes no more pairs for a VM that is gone, and says why', () => {
    const { page, said } = open();
    page.receive({ type: 'snapshot', snapshot: { ...snapshot([a, b]), isGone: true } });
    const before = said.length;
    page.add('external');
    assert.equal(page.model.status, 'DC01 no longer exists on HV-LAB1: nothing more can be saved for it.');
    page.askImport('external');
    assert.deepEqual(keys(page), ['a', 'b']);
    assert.equal(said.length, before);
  });

  it('takes no answer that is not for its own save', () => {
    const { page } = open();
    addPair(page, 'new');
    page.save();
    page.receive({ type: 'saveResult', id: 1, result: { kind: 'failed', text: 'Of an earlier page.' } });
    assert.notEqual(page.model.savingId, null);
  });

  it('moves the focus to the next row after a removal, and to the button when none is left', () => {
    const { page, focused } = open([]);
    addPair(page, 'x');
    addPair(page, 'y');
    page.remove('external', 1);
    page.remove('external', 2);
    assert.deepEqual(focused.slice(-2), ['external-2-key', 'external-add']);
  });

  it('keeps rows of a pool that becomes unknown', () => {
    const { page } = open();
    page.edit({ pool: 'external', id: 1, field: 'value' }, 'mine');
    page.receive({ type: 'snapshot', snapshot: snapshot(null) });
    assert.deepEqual(keys(page), ['a', 'b']);
    page.receive({ type: 'snapshot', snapshot: snapshot([b, a]) });
    assert.equal(page.model.drafts.external.rows.find(({ key }) => key === 'a')?.value, 'mine');
  });

  it('asks no second question while one is open', () => {
    const { page } = open();
    page.edit({ pool: 'external', id: 1, field: 'value' }, 'mine');
    page.save();
    assert.equal(dialogOf(page), 'save');
    page.undoAll();
    page.save();
    assert.equal(dialogOf(page), 'save');
  });

  it('hands out the pairs of a section as they would be saved, and says what could not be taken', () => {
    const { page, said } = open();
    page.edit({ pool: 'external', id: 1, field: 'value' }, 'mine');
    page.remove('external', 2);
    page.add('external');
    said.length = 0;
    page.copyAll('external');
    assert.equal(page.model.status, 'Copied.');
    page.exportPairs('external', 'env');
    assert.equal(page.model.status, '');
    const pairs = [{ key: 'a', value: 'mine' }];
    assert.deepEqual(said, [
      { type: 'copyPairs', pairs },
      { type: 'export', format: 'env', pairs },
    ]);
    page.receive({ type: 'told', text: 'Left out: x' });
    assert.equal(page.model.status, 'Left out: x');
  });

  it('says that there is nothing to save or to undo', () => {
    const { page, said } = open();
    page.save();
    assert.equal(page.model.status, 'No edits.');
    page.undoAll();
    assert.equal(page.model.status, 'Nothing was edited.');
    assert.deepEqual(said, []);
  });
});
