import assert from 'node:assert/strict';
import type { KvpPairOutcome } from '../../../../src/domain/kvp/changes';
import {
  addRow,
  applyOutcomes,
  editRow,
  hasConflict,
  isDrafted,
  removeRow,
  resolveConflict,
  undoAll,
  undoRow,
} from '../../../../src/domain/kvp/draft';
import type { PoolDraft } from '../../../../src/domain/kvp/draft';
import { draftOf, mergeReading, restoreDraft } from '../../../../src/domain/kvp/merge';
import { outdatedKeys, planOf } from '../../../../src/domain/kvp/plan';
import type { KvpPair } from '../../../../src/domain/kvp/pools';

const a = { key: 'a', value: '1' };
const b = { key: 'b', value: '2' };
const read = draftOf([a, b]);

const shown = ({ rows }: PoolDraft): unknown[] =>
  rows.map((row) => [
    row.key,
    row.value,
    ...(row.removed ? ['removed'] : []),
    ...(hasConflict(row) ? [row.theirs] : []),
  ]);
const outcome = (verb: KvpPairOutcome['verb'], key: string, what: KvpPairOutcome['outcome']): KvpPairOutcome => ({
  verb,
  key,
  outcome: what,
});

describe('a draft over a new reading', () => {
  it('follows the host where nobody edited', () => {
    const next = mergeReading(read, [
      { key: 'a', value: 'new' },
      { key: 'c', value: '3' },
    ]);
    assert.deepEqual(shown(next), [
      ['a', 'new'],
      ['c', '3'],
    ]);
    assert.equal(next.rows.some(isDrafted), false);
  });

  it('changes nothing when the pool is unknown', () => {
    const draft = editRow(read, 1, { value: 'mine' });
    assert.equal(mergeReading(draft, null), draft);
  });

  it('makes a conflict of a pair that was changed or removed under an edit', () => {
    const draft = editRow(editRow(read, 1, { value: 'mine' }), 2, { value: 'mine' });
    const merged = mergeReading(draft, [{ key: 'a', value: 'theirs' }]);
    assert.deepEqual(shown(merged), [
      ['a', 'mine', 'theirs'],
      ['b', 'mine', null],
    ]);
    assert.deepEqual(planOf(merged).changes, { add: [], change: [], remove: [] });
    const mine = resolveConflict(resolveConflict(merged, 1, 'mine'), 2, 'mine');
    assert.deepEqual(planOf(mine), {
      changes: { add: [{ key: 'b', value: 'mine' }], change: [{ key: 'a', value: 'mine' }], remove: [] },
      expected: [{ key: 'a', value: 'theirs' }],
    });
    const theirs = resolveConflict(resolveConflict(merged, 1, 'theirs'), 2, 'theirs');
    assert.deepEqual(shown(theirs), [['a', 'theirs']]);
  });

  it('has no conflict when the host has just what was typed, or has again what it had', () => {
    const draft = editRow(read, 1, { value: 'mine' });
    const reached = mergeReading(draft, [{ key: 'a', value: 'mine' }, b]);
    assert.equal(reached.rows.some(isDrafted), false);
    const back = mergeReading(mergeReading(draft, [{ key: 'a', value: 'theirs' }, b]), [a, b]);
    assert.deepEqual(shown(back), shown(draft));
  });

  it('keeps a conflict open while the old value is being typed again', () => {
    const conflict = mergeReading(editRow(read, 1, { value: 'mine' }), [{ key: 'a', value: 'theirs' }, b]);
    const typing = mergeReading(editRow(conflict, 1, { value: '1' }), [{ key: 'a', value: 'again theirs' }, b]);
    assert.deepEqual(shown(typing)[0], ['a', '1', 'again theirs']);
  });

  it('shows a new pair that the host has meanwhile as a conflict in one row', () => {
    const merged = mergeReading(addRow(read, { key: 'c', value: 'mine' }), [a, b, { key: 'c', value: 'theirs' }]);
    assert.deepEqual(shown(merged), [
      ['a', '1'],
      ['b', '2'],
      ['c', 'mine', 'theirs'],
    ]);
    assert.deepEqual(shown(editRow(merged, 3, { key: 'd' })), [
      ['a', '1'],
      ['b', '2'],
      ['d', 'mine'],
      ['c', 'theirs'],
    ]);
    assert.deepEqual(shown(removeRow(merged, 3))[2], ['c', 'theirs']);
  });

  it('lets a pair go that was removed here and there', () => {
    assert.deepEqual(shown(mergeReading(removeRow(read, 1), [b])), [['b', '2']]);
    const gone = mergeReading(editRow(read, 1, { value: 'mine' }), [b]);
    assert.deepEqual(shown(removeRow(gone, 1)), [['b', '2']]);
  });

  it('still removes the old key of a pair that was renamed by half', () => {
    const merged = mergeReading(editRow(read, 1, { key: 'c' }), [a, b, { key: 'c', value: '1' }]);
    assert.deepEqual(shown(merged), [
      ['c', '1'],
      ['b', '2'],
      ['a', '1', 'removed'],
    ]);
    assert.deepEqual(planOf(merged).changes, { add: [], change: [], remove: [{ key: 'a' }] });
  });

  it('puts kept rows back at their places', () => {
    const kept = { rows: editRow(read, 2, { value: 'mine' }).rows.slice(1), nextId: 3 };
    assert.deepEqual(shown(restoreDraft(addRow(kept, { key: 'n', value: '' }), [a, b])), [
      ['a', '1'],
      ['b', 'mine'],
      ['n', ''],
    ]);
  });
});

describe('undoing', () => {
  it('takes a row back to what the host has, and a new one away', () => {
    const draft = addRow(editRow(removeRow(read, 2), 1, { key: 'x', value: 'y' }), a);
    assert.deepEqual(shown(undoRow(undoRow(undoRow(draft, 1), 2), 3)), shown(read));
    assert.deepEqual(undoAll(draft).rows, read.rows);
  });
});

describe('the plan of a draft', () => {
  const changesOf = (draft: PoolDraft): unknown => planOf(draft).changes;

  it('names each key once, also when one row takes the key that another gives up', () => {
    assert.deepEqual(changesOf(addRow(removeRow(read, 1), { key: 'a', value: 'x' })), {
      add: [],
      change: [{ key: 'a', value: 'x' }],
      remove: [],
    });
    assert.deepEqual(changesOf(editRow(editRow(read, 1, { key: 'b' }), 2, { key: 'a' })), {
      add: [],
      change: [
        { key: 'b', value: '1' },
        { key: 'a', value: '2' },
      ],
      remove: [],
    });
  });

  it('removes a renamed key only after the new one', () => {
    assert.deepEqual(changesOf(editRow(read, 1, { key: 'c' })), {
      add: [{ key: 'c', value: '1' }],
      change: [],
      remove: [{ key: 'a', renamedTo: 'c' }],
    });
  });

  it('is outdated by a change, a removal or an addition of somebody else, not by the same one', () => {
    const plan = planOf(addRow(removeRow(editRow(read, 1, { value: 'mine' }), 2), { key: 'c', value: '3' }));
    const keys = (...pairs: KvpPair[]): readonly string[] => outdatedKeys(plan, pairs);
    assert.deepEqual(keys(a, b), []);
    assert.deepEqual(keys({ key: 'a', value: 'theirs' }, b), ['a']);
    assert.deepEqual(keys(b), ['a']);
    assert.deepEqual(keys(a, { key: 'b', value: 'theirs' }), ['b']);
    assert.deepEqual(keys(a, b, { key: 'c', value: 'theirs' }), ['c']);
    assert.deepEqual(keys({ key: 'a', value: 'mine' }, { key: 'c', value: '3' }, { key: 'z', value: '' }), []);
    assert.deepEqual(outdatedKeys(plan, null), []);
  });
});

describe('outcomes of a save', () => {
  it('make what was written the host’s, and keep the rest with the reason', () => {
    const draft = removeRow(editRow(read, 1, { value: 'mine' }), 2);
    const after = applyOutcomes(draft, [outcome('change', 'a', 'already'), outcome('remove', 'b', 'refused')]);
    assert.deepEqual(shown(after), [
      ['a', 'mine'],
      ['b', '2', 'removed'],
    ]);
    assert.deepEqual(
      after.rows.map(({ report }) => report?.outcome),
      [undefined, 'refused'],
    );
    assert.equal(after.rows.filter(isDrafted).length, 1);
  });

  it('keep a renamed pair when its old key could not be removed', () => {
    const draft = editRow(read, 1, { key: 'c' });
    const half = [outcome('add', 'c', 'written'), outcome('remove', 'a', 'refused')];
    assert.equal(applyOutcomes(draft, half).rows[0]?.report?.outcome, 'refused');
    const merged = applyOutcomes(mergeReading(draft, [a, b, { key: 'c', value: '1' }]), half);
    assert.deepEqual(planOf(merged).changes.remove, [{ key: 'a' }]);
    assert.equal(merged.rows.find(({ removed }) => removed)?.report?.outcome, 'refused');
  });

  it('never make one row remove what another has just written', () => {
    const chain = editRow(editRow(read, 1, { key: 'b' }), 2, { key: 'c' });
    const after = applyOutcomes(chain, [
      outcome('change', 'b', 'written'),
      outcome('remove', 'a', 'written'),
      outcome('add', 'c', 'refused'),
    ]);
    assert.deepEqual(planOf(after).changes, { add: [{ key: 'c', value: '2' }], change: [], remove: [] });
  });

  it('vanish from a row with the next edit', () => {
    const after = applyOutcomes(editRow(read, 1, { value: 'x' }), [outcome('change', 'a', 'refused')]);
    assert.equal(editRow(after, 1, { value: 'y' }).rows[0]?.report, undefined);
  });
});
