// Brings a new reading of the host under a draft: what nobody edited follows, what somebody edited is never overwritten.
import { addKnown, emptyDraft, isKept, isRenamed, withBase, withoutTakenBases } from './draft';
import type { DraftRow, PoolDraft } from './draft';
import type { KvpPair, KvpPoolPairs } from './pools';

/**
 * Rows without edits take the host's value, appear and disappear with it. A row with edits whose pair changed on the host
 * since becomes a conflict, unless the host now has exactly what was typed. An unknown pool (null) changes nothing.
 */
export function mergeReading(draft: PoolDraft, pairs: KvpPoolPairs): PoolDraft {
  if (pairs === null) return draft;
  const now = new Map(pairs.map(({ key, value }) => [key, value]));
  const settled = settleReached(draft, now);
  const rows: DraftRow[] = [];
  const claimed = new Set(settled.rows.flatMap(({ base }) => base?.key ?? []));
  for (const row of settled.rows) {
    const merged = row.base === null ? mergeNew(row, now, claimed) : mergeKnown(row, row.base, now);
    if (merged === undefined) continue;
    rows.push(merged);
    // The pair is shown in the conflict's row.
    if (merged.base === null && merged.theirs !== undefined) claimed.add(merged.key);
  }
  let { nextId } = settled;
  for (const pair of pairs) {
    if (claimed.has(pair.key)) continue;
    rows.push({ id: nextId, base: pair, removed: false, ...pair });
    nextId += 1;
  }
  return { rows, nextId };
}

/** The draft of a pool that was read for the first time. */
export function draftOf(pairs: KvpPoolPairs): PoolDraft {
  return mergeReading(emptyDraft, pairs);
}

/** Kept rows over a first reading, each pair of the host at its place. */
export function restoreDraft(kept: PoolDraft, pairs: KvpPoolPairs): PoolDraft {
  const merged = mergeReading(kept, pairs);
  const place = new Map(pairs?.map(({ key }, index) => [key, index]));
  const placeOf = ({ base }: DraftRow): number => (base && place.get(base.key)) ?? place.size;
  return { ...merged, rows: [...merged.rows].sort((a, b) => placeOf(a) - placeOf(b)) };
}

/** Rows of which the host already has exactly what was typed are over that pair from now on. */
function settleReached(draft: PoolDraft, now: ReadonlyMap<string, string>): PoolDraft {
  const held = new Set(draft.rows.flatMap(({ base, key, removed }) => (base?.key === key && !removed ? key : [])));
  const wanted = new Set(draft.rows.flatMap(({ key, removed }) => (removed ? [] : key)));
  const leftovers: KvpPair[] = [];
  const rows = draft.rows.map((row) => {
    const { base, key, value, removed } = row;
    if (removed || held.has(key) || now.get(key) !== value) return row;
    held.add(key);
    // A rename of which only the first half took place: the old key is still to be removed.
    if (base !== null && now.has(base.key) && !wanted.has(base.key)) leftovers.push(base);
    return withBase(row, { key, value });
  });
  const next = leftovers.reduce<PoolDraft>(removedKnown, { ...draft, rows });
  return withoutTakenBases(next);
}

function removedKnown(draft: PoolDraft, base: KvpPair): PoolDraft {
  const { rows, nextId } = addKnown(draft, base);
  return { rows: rows.map((row) => (row.id === draft.nextId ? { ...row, removed: true } : row)), nextId };
}

function mergeKnown(row: DraftRow, base: KvpPair, now: ReadonlyMap<string, string>): DraftRow | undefined {
  const value = now.get(base.key);
  if (value === undefined) return mergeGone(row);
  if (value === base.value) return row.theirs === undefined ? row : { ...row, theirs: undefined };
  const current = { key: base.key, value };
  if (!isKept(row)) return withBase({ ...row, value }, current);
  if (!row.removed && !isRenamed(row) && row.value === value) return withBase(row, current);
  return { ...row, theirs: value };
}

function mergeGone(row: DraftRow): DraftRow | undefined {
  return !isKept(row) || row.removed ? undefined : { ...row, theirs: null };
}

function mergeNew(row: DraftRow, now: ReadonlyMap<string, string>, claimed: ReadonlySet<string>): DraftRow {
  const value = claimed.has(row.key) ? undefined : now.get(row.key);
  if (value === undefined) return row.theirs === undefined ? row : { ...row, theirs: undefined };
  return { ...row, theirs: value };
}
