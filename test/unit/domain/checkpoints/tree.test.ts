import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Checkpoint } from '../../../../src/domain/checkpoints/checkpoint';
import { checkpointTree, subtreeOf } from '../../../../src/domain/checkpoints/tree';
import { checkpointId, makeCheckpoint } from '../../../support/checkpoints';

/** Whatever hosts say: parents that are gone, circles, the same checkpoint twice, no dates. */
const anyList = fc.array(
  fc.record({
    number: fc.integer({ min: 1, max: 8 }),
    parent: fc.option(fc.integer({ min: 1, max: 10 })),
    dated: fc.boolean(),
  }),
  { maxLength: 12 },
);

function listOf(plan: readonly { number: number; parent: number | null; dated: boolean }[]): Checkpoint[] {
  return plan.map(({ number, parent, dated }) =>
    makeCheckpoint(number, {
      parentId: parent === null ? null : checkpointId(parent),
      ...(!dated && { createdAtMs: null }),
    }),
  );
}

describe('the tree of checkpoints', () => {
  it('has every checkpoint once, whatever the host says of parents', () => {
    fc.assert(
      fc.property(anyList, (plan) => {
        const list = listOf(plan);
        const tree = checkpointTree(list);
        const walked = tree.roots.flatMap((root) => subtreeOf(tree, root)).map(({ id }) => id);
        assert.equal(new Set(walked).size, walked.length);
        assert.deepEqual(new Set(walked), new Set(list.map(({ id }) => id)));
      }),
    );
  });

  it('does not depend on the order in which the host tells', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 })
          .chain((numbers) =>
            fc.tuple(
              fc.constant(numbers),
              fc.shuffledSubarray(numbers, { minLength: numbers.length, maxLength: numbers.length }),
            ),
          ),
        ([numbers, shuffled]) => {
          const make = (order: readonly number[]): Checkpoint[] => order.map((number) => makeCheckpoint(number));
          assert.deepEqual(checkpointTree(make(shuffled)), checkpointTree(make(numbers)));
        },
      ),
    );
  });

  it('makes a root of one whose parent is not shown, and of one that would close a circle', () => {
    const list = listOf([
      { number: 1, parent: 2, dated: true },
      { number: 2, parent: 1, dated: true },
      { number: 3, parent: 9, dated: true },
      { number: 4, parent: 4, dated: true },
    ]);
    const { roots, children } = checkpointTree(list);
    assert.deepEqual(roots, [checkpointId(2), checkpointId(3), checkpointId(4)]);
    assert.deepEqual(children.get(checkpointId(2)), [checkpointId(1)]);
  });

  it('tells a checkpoint with all that came after it, parents first', () => {
    const list = listOf([
      { number: 1, parent: null, dated: true },
      { number: 2, parent: 1, dated: true },
      { number: 3, parent: 2, dated: true },
      { number: 4, parent: 2, dated: true },
      { number: 5, parent: 1, dated: true },
    ]);
    const found = subtreeOf(checkpointTree(list), checkpointId(2));
    assert.deepEqual(
      found.map(({ id }) => id),
      [2, 3, 4].map(checkpointId),
    );
    assert.deepEqual(subtreeOf(checkpointTree(list), checkpointId(99)), []);
  });
});
