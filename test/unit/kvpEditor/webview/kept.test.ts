import assert from 'node:assert/strict';
import { addRow, editRow, emptyDraft, removeRow } from '../../../../src/domain/kvp/draft';
import { draftOf, mergeReading } from '../../../../src/domain/kvp/merge';
import { draftOfState, keptDraft, withoutSecrets } from '../../../../src/kvpEditor/webview/kept';
import type { SavedDraft } from '../../../../src/kvpEditor/messages';

const read = draftOf([
  { key: 'a', value: '1' },
  { key: 'token', value: '2' },
  { key: 'c', value: '3' },
]);
const keys = (draft: SavedDraft | null): unknown =>
  draft && [draft.external, draft.hostOnly].map((rows) => rows.map(({ key }) => key));

describe('what is kept of a draft', () => {
  it('nothing when nothing was edited', () => {
    assert.equal(keptDraft({ external: read, hostOnly: emptyDraft }), null);
  });

  it('edits, removals and open conflicts, not what follows the host', () => {
    const edited = removeRow(editRow(read, 1, { value: 'mine' }), 3);
    const conflict = mergeReading(edited, [
      { key: 'a', value: 'theirs' },
      { key: 'c', value: '3' },
    ]);
    const kept = keptDraft({ external: conflict, hostOnly: addRow(emptyDraft) });
    assert.deepEqual(keys(kept), [['a', 'c'], ['']]);
    assert.equal(kept?.external[0]?.theirs, 'theirs');
  });

  it('in the window no pair that is named like a secret, or was', () => {
    const edited = editRow(editRow(read, 1, { key: 'Password' }), 2, { key: 'harmless' });
    const kept = keptDraft({ external: edited, hostOnly: addRow(emptyDraft, { key: 'x', value: '' }) });
    assert.deepEqual(keys(kept), [['Password', 'harmless'], ['x']]);
    assert.deepEqual(keys(withoutSecrets(kept)), [[], ['x']]);
  });

  it('is put back for the same virtual machine of the same host only', () => {
    const draft: SavedDraft = { external: [], hostOnly: [] };
    const target = { hostId: 'h', vmId: 'v', hostName: '', vmName: '' };
    assert.equal(draftOfState({ target, draft }, { ...target, vmName: 'renamed' }), draft);
    assert.equal(draftOfState({ target, draft }, { ...target, hostId: 'other' }), null);
    assert.equal(draftOfState(undefined, target), null);
  });
});
