// Whatever a person types, whatever others do on the host meanwhile, and whatever the host refuses.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KvpChanges, KvpOutcome, KvpPairOutcome } from '../../../../src/domain/kvp/changes';
import {
  addRow,
  applyOutcomes,
  editRow,
  hasConflict,
  isKept,
  removeRow,
  resolveConflict,
  undoAll,
} from '../../../../src/domain/kvp/draft';
import type { PoolDraft } from '../../../../src/domain/kvp/draft';
import { draftOf, mergeReading } from '../../../../src/domain/kvp/merge';
import { outdatedKeys, planOf } from '../../../../src/domain/kvp/plan';
import type { KvpPair } from '../../../../src/domain/kvp/pools';
import { validateDraft } from '../../../../src/domain/kvp/validate';

const key = fc.constantFrom<string>('a', 'b', 'c', 'd');
const pair = fc.record({ key, value: fc.constantFrom('1', '2', '3') });
const pool = fc.uniqueArray(pair, { selector: (each) => each.key });

type Edit = (draft: PoolDraft) => PoolDraft;
/** An edit of the nth row. */
const onRow = (change: (draft: PoolDraft, id: number) => PoolDraft): fc.Arbitrary<Edit> =>
  fc.nat(4).map((nth) => (draft) => {
    const row = draft.rows[nth % Math.max(1, draft.rows.length)];
    return row === undefined ? draft : change(draft, row.id);
  });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  pair.map(
    (each): Edit =>
      (draft) =>
        addRow(draft, each),
  ),
  key.chain((each) => onRow((draft, id) => editRow(draft, id, { key: each }))),
  fc.constantFrom('1', '2', '3').chain((each) => onRow((draft, id) => editRow(draft, id, { value: each }))),
  onRow(removeRow),
);
/** Edits, and readings of what others made of the host. */
const steps = fc.array(
  fc.oneof(
    edit,
    pool.map(
      (pairs): Edit =>
        (draft) =>
          mergeReading(draft, pairs),
    ),
  ),
  { maxLength: 8 },
);
const played = fc
  .tuple(pool, steps)
  .map(([pairs, edits]) => edits.reduce((draft, step) => step(draft), draftOf(pairs)));

const byKey = (pairs: readonly KvpPair[]): readonly KvpPair[] =>
  pairs.map(({ key, value }) => ({ key, value })).sort((x, y) => (x.key < y.key ? -1 : 1));
const wishOf = ({ rows }: PoolDraft): readonly KvpPair[] => byKey(rows.filter(({ removed }) => !removed));
const allMine = (draft: PoolDraft): PoolDraft =>
  draft.rows.reduce((next, { id }) => resolveConflict(next, id, 'mine'), draft);

/** Does what it is asked, in the order of a save, except for what it refuses. */
function applyTo(
  pairs: readonly KvpPair[],
  { add, change, remove }: KvpChanges,
  refuses: (key: string) => boolean,
): { pairs: readonly KvpPair[]; outcomes: KvpPairOutcome[] } {
  const now = new Map(pairs.map((each) => [each.key, each.value]));
  const done = new Set<string>();
  const outcomes: KvpPairOutcome[] = [];
  for (const [verb, list] of [
    ['add', add],
    ['change', change],
  ] as const) {
    for (const each of list) {
      const outcome: KvpOutcome = refuses(each.key) ? 'refused' : 'written';
      outcomes.push({ verb, key: each.key, outcome });
      if (outcome === 'written') now.set(each.key, each.value);
      if (outcome === 'written') done.add(each.key);
    }
  }
  for (const each of remove) {
    const waits = each.renamedTo !== undefined && !done.has(each.renamedTo);
    const outcome: KvpOutcome = waits ? 'notTried' : refuses(each.key) ? 'refused' : 'written';
    outcomes.push({ verb: 'remove', key: each.key, outcome });
    if (outcome === 'written') now.delete(each.key);
  }
  return { pairs: [...now].map(([key, value]) => ({ key, value })), outcomes };
}

describe('any draft', () => {
  it('keeps every edit over every reading, or the host has just that', () => {
    fc.assert(
      fc.property(played, pool, (draft, pairs) => {
        const merged = mergeReading(draft, pairs);
        const kept = new Map(merged.rows.map((row) => [row.id, row]));
        const now = new Map(pairs.map((each) => [each.key, each.value]));
        for (const row of draft.rows.filter(isKept)) {
          const after = kept.get(row.id);
          if (row.removed) {
            const goesStill = after?.removed === true || !now.has(row.base?.key ?? '');
            const takenOver = merged.rows.some((each) => !each.removed && each.base?.key === row.base?.key);
            assert.ok(goesStill || takenOver);
          } else assert.deepEqual([after?.key, after?.value], [row.key, row.value]);
        }
      }),
    );
  });

  it('shows every pair of the host once, and undone it is the reading', () => {
    fc.assert(
      fc.property(played, pool, (draft, pairs) => {
        const undone = undoAll(mergeReading(draft, pairs));
        assert.deepEqual(byKey(undone.rows), byKey(pairs));
        assert.equal(undone.rows.some(isKept), false);
        assert.equal(new Set(undone.rows.map(({ id }) => id)).size, undone.rows.length);
      }),
    );
  });

  it('has nothing to do after the same reading twice', () => {
    fc.assert(
      fc.property(played, pool, (draft, pairs) => {
        const once = mergeReading(draft, pairs);
        assert.deepEqual(mergeReading(once, pairs), once);
      }),
    );
  });

  it('makes a plan that names each key once and overwrites nobody', () => {
    fc.assert(
      fc.property(played, pool, (draft, pairs) => {
        const merged = mergeReading(draft, pairs);
        fc.pre(validateDraft('external', merged).canSave);
        const plan = planOf(merged);
        const { add, change, remove } = plan.changes;
        const keys = [...add, ...change, ...remove].map((each) => each.key);
        assert.equal(new Set(keys).size, keys.length);
        assert.deepEqual(outdatedKeys(plan, pairs), []);
      }),
    );
  });

  it('reaches what was wished by its plan, with nothing left to do', () => {
    fc.assert(
      fc.property(played, pool, (draft, pairs) => {
        const merged = allMine(mergeReading(draft, pairs));
        fc.pre(validateDraft('external', merged).canSave);
        const host = applyTo(pairs, planOf(merged).changes, () => false);
        assert.deepEqual(byKey(host.pairs), wishOf(merged));
        const after = applyOutcomes(mergeReading(merged, host.pairs), host.outcomes);
        assert.equal(after.rows.some(isKept), false);
        assert.deepEqual(byKey(after.rows), wishOf(merged));
      }),
    );
  });

  it('reaches it too when some was refused at first, and loses nothing on the way', () => {
    fc.assert(
      fc.property(played, pool, fc.subarray<string>(['a', 'b', 'c', 'd']), (draft, pairs, refused) => {
        const merged = allMine(mergeReading(draft, pairs));
        fc.pre(validateDraft('external', merged).canSave);
        const first = applyTo(pairs, planOf(merged).changes, (each) => refused.includes(each));
        const again = allMine(applyOutcomes(mergeReading(merged, first.pairs), first.outcomes));
        assert.deepEqual(again.rows.some(hasConflict), false);
        fc.pre(validateDraft('external', again).canSave);
        assert.deepEqual(wishOf(again), wishOf(merged));
        const second = applyTo(first.pairs, planOf(again).changes, () => false);
        assert.deepEqual(byKey(second.pairs), wishOf(merged));
      }),
    );
  });
});
