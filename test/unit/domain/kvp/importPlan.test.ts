import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addRow, editRow, removeRow } from '../../../../src/domain/kvp/draft';
import { applyImport, planImport } from '../../../../src/domain/kvp/importPlan';
import { draftOf } from '../../../../src/domain/kvp/merge';

const read = draftOf([
  { key: 'a', value: '1' },
  { key: 'b', value: '2' },
  { key: 'c', value: '3' },
]);

describe('an import', () => {
  it('adds, changes, and counts what is the same', () => {
    const plan = planImport(read, [
      { key: 'a', value: '1' },
      { key: 'b', value: 'new' },
      { key: 'd', value: '4' },
    ]);
    assert.deepEqual(plan, {
      add: [{ key: 'd', value: '4' }],
      change: [{ key: 'b', value: 'new', id: 2, was: '2' }],
      same: 1,
    });
  });

  it('goes over what was typed, and keeps a pair that was marked for removal', () => {
    const draft = removeRow(editRow(read, 1, { value: 'typed' }), 3);
    const done = applyImport(
      draft,
      planImport(draft, [
        { key: 'a', value: 'file' },
        { key: 'c', value: '3' },
      ]),
    );
    assert.deepEqual(
      done.rows.map(({ key, value, removed }) => [key, value, removed]),
      [
        ['a', 'file', false],
        ['b', '2', false],
        ['c', '3', false],
      ],
    );
  });

  it('changes the row that stays, of two with one key', () => {
    const draft = addRow(removeRow(read, 1), { key: 'a', value: 'typed' });
    const { change } = planImport({ ...draft, rows: draft.rows.toReversed() }, [{ key: 'a', value: 'file' }]);
    assert.deepEqual(change, [{ key: 'a', value: 'file', id: 4, was: 'typed' }]);
  });

  it('leaves every imported pair in the draft, and a second time nothing to do', () => {
    const pair = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), value: fc.string() });
    const pairs = fc.uniqueArray(pair, { selector: ({ key }) => key });
    fc.assert(
      fc.property(pairs, pairs, (host, imported) => {
        const draft = draftOf(host);
        const done = applyImport(draft, planImport(draft, imported));
        const again = planImport(done, imported);
        assert.deepEqual({ ...again, same: again.same }, { add: [], change: [], same: imported.length });
      }),
    );
  });
});
