// From a draft to what is asked of the host, with what was under it, so that a change by somebody else is seen first.
import type { KvpChanges, KvpRemoval } from './changes';
import { isDrafted, isRenamed } from './draft';
import type { PoolDraft } from './draft';
import type { KvpPair, KvpPoolPairs } from './pools';

export interface KvpPlan {
  readonly changes: KvpChanges;
  /** What the host had when the plan was made, of the keys it touches; one that is missing here was not there. */
  readonly expected: readonly KvpPair[];
}

/** Rows without edits and rows in conflict take no part. */
export function planOf({ rows }: PoolDraft): KvpPlan {
  const add: KvpPair[] = [];
  const change: KvpPair[] = [];
  const remove: KvpRemoval[] = [];
  const expected: KvpPair[] = [];
  for (const row of rows) {
    const { base, key, value, removed, theirs } = row;
    if (theirs !== undefined || !isDrafted(row)) continue;
    if (base !== null) expected.push(base);
    if (base === null) add.push({ key, value });
    else if (removed) remove.push({ key: base.key });
    else if (isRenamed(row)) {
      add.push({ key, value });
      remove.push({ key: base.key, renamedTo: key });
    } else change.push({ key, value });
  }
  return { changes: mergedOverRemoved(add, change, remove), expected };
}

/** Asking is due when the host would lose something: a value that is replaced or removed. */
export function needsConfirmation({ change, remove }: KvpChanges): boolean {
  return change.length > 0 || remove.length > 0;
}

/**
 * Keys of the plan whose pair on the host is not what the plan was made from. Empty for an unknown pool: nothing can be
 * compared, and what the host refuses is reported.
 */
export function outdatedKeys({ changes, expected }: KvpPlan, pairs: KvpPoolPairs): readonly string[] {
  if (pairs === null) return [];
  const now = valuesOf(pairs);
  const before = valuesOf(expected);
  const touched = new Set([...changes.add, ...changes.change, ...changes.remove].map(({ key }) => key));
  return [...touched].filter((key) => now.get(key) !== before.get(key) && !isReached(changes, key, now));
}

function valuesOf(pairs: readonly KvpPair[]): Map<string, string> {
  return new Map(pairs.map(({ key, value }) => [key, value]));
}

/** Somebody else did the same: nothing is overwritten. */
function isReached({ add, change, remove }: KvpChanges, key: string, now: ReadonlyMap<string, string>): boolean {
  const wanted = [...add, ...change].find((pair) => pair.key === key);
  if (wanted !== undefined) return now.get(key) === wanted.value;
  return remove.some((pair) => pair.key === key) && !now.has(key);
}

/** A key that one row gives up and another takes is changed, not removed and added: each key occurs once. */
function mergedOverRemoved(add: KvpPair[], change: KvpPair[], remove: KvpRemoval[]): KvpChanges {
  const removed = new Set(remove.map(({ key }) => key));
  const taken = new Set(add.filter(({ key }) => removed.has(key)).map(({ key }) => key));
  return {
    add: add.filter(({ key }) => !taken.has(key)),
    change: [...change, ...add.filter(({ key }) => taken.has(key))],
    remove: remove.filter(({ key }) => !taken.has(key)),
  };
}
