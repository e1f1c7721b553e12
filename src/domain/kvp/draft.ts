// What a person has typed over one editable pool and not saved: rows over the host's pairs. Pure values, every function
// returns a new draft. Used by the editor's page; mergeReading (merge.ts) brings in what the host says meanwhile.
import type { KvpPairOutcome } from './changes';
import { isDone } from './changes';
import type { KvpPair } from './pools';

export interface DraftRow {
  /** Stable for the life of the draft, unlike the key, which is being edited. */
  readonly id: number;
  /** The host's pair under the row; null for one that is new. */
  readonly base: KvpPair | null;
  readonly key: string;
  readonly value: string;
  readonly removed: boolean;
  /** Changed on the host since the row was edited: its value there now, null when it was removed; undefined: no conflict. */
  readonly theirs?: string | null | undefined;
  /** What the last save said of it, if that was not success. */
  readonly report?: KvpPairOutcome | undefined;
}

export interface PoolDraft {
  readonly rows: readonly DraftRow[];
  readonly nextId: number;
}

export const emptyDraft: PoolDraft = { rows: [], nextId: 1 };

export function isDrafted({ base, key, value, removed }: DraftRow): boolean {
  return base === null || removed || key !== base.key || value !== base.value;
}

export function isRenamed({ base, key, removed }: DraftRow): boolean {
  return base !== null && !removed && key !== base.key;
}

export function hasConflict({ theirs }: DraftRow): boolean {
  return theirs !== undefined;
}

/** What must be kept for the person: an edit, or a decision that is open. */
export function isKept(row: DraftRow): boolean {
  return isDrafted(row) || hasConflict(row);
}

/** A new row at the end. */
export function addRow({ rows, nextId }: PoolDraft, pair: KvpPair = { key: '', value: '' }): PoolDraft {
  return { rows: [...rows, { id: nextId, base: null, removed: false, ...pair }], nextId: nextId + 1 };
}

export function editRow(draft: PoolDraft, id: number, edit: Partial<KvpPair & Pick<DraftRow, 'removed'>>): PoolDraft {
  const row = draft.rows.find((each) => each.id === id);
  const next = mapRow(draft, id, (each) => ({ ...each, ...edit, report: undefined }));
  const leavesTheirs = row?.base === null && typeof row.theirs === 'string' && (edit.key ?? row.key) !== row.key;
  if (!leavesTheirs) return next;
  // A new pair met one of the host with its key, and was given another: both stand now, each in a row of its own.
  const met = { key: row.key, value: row.theirs };
  return addKnown(
    mapRow(next, id, (each) => ({ ...each, theirs: undefined })),
    met,
  );
}

/** A new row goes at once; one that the host has is marked, and goes with the next save. */
export function removeRow(draft: PoolDraft, id: number): PoolDraft {
  return mapRow(draft, id, (row) => {
    // Nothing of it is on the host, or something that the person never touched.
    if (row.base === null || row.theirs === null) return undone(row);
    return { ...row, removed: true, report: undefined };
  });
}

/** Takes back all that was done to the row: a new one goes, another is again as it was read. */
export function undoRow(draft: PoolDraft, id: number): PoolDraft {
  return mapRow(draft, id, undone);
}

export function undoAll(draft: PoolDraft): PoolDraft {
  return { ...draft, rows: draft.rows.flatMap((row) => undone(row) ?? []) };
}

/** Decides a conflict: `mine` keeps what was typed, over what the host has now; `theirs` takes the host's. */
export function resolveConflict(draft: PoolDraft, id: number, choice: 'mine' | 'theirs'): PoolDraft {
  return mapRow(draft, id, (row) => {
    if (row.theirs === undefined) return row;
    if (choice === 'theirs' || (row.removed && row.theirs === null)) return undone(row);
    return withBase(row, row.theirs === null ? null : { key: row.base?.key ?? row.key, value: row.theirs });
  });
}

/** What a save reached becomes the host's pair; what it did not stays as it was typed, with the reason. */
export function applyOutcomes(draft: PoolDraft, outcomes: readonly KvpPairOutcome[]): PoolDraft {
  const written = new Map(outcomes.filter(({ verb }) => verb !== 'remove').map((outcome) => [outcome.key, outcome]));
  const removed = new Map(outcomes.filter(({ verb }) => verb === 'remove').map((outcome) => [outcome.key, outcome]));
  return withoutTakenBases({
    ...draft,
    rows: draft.rows.flatMap((row) => {
      if (!isDrafted(row)) return row;
      const write = row.removed ? undefined : written.get(row.key);
      // A key that another row took over was changed, not removed.
      const given = row.base !== null && (row.removed || isRenamed(row)) ? row.base.key : undefined;
      const remove = given === undefined ? undefined : (removed.get(given) ?? written.get(given));
      const all = [write, remove].filter((outcome) => outcome !== undefined);
      if (all.length === 0) return row;
      const failed = all.find((outcome) => !isDone(outcome));
      if (failed !== undefined) return { ...row, report: failed };
      return row.removed ? [] : withBase(row, { key: row.key, value: row.value });
    }),
  });
}

/** A row of the host's pair, at the end. */
export function addKnown({ rows, nextId }: PoolDraft, pair: KvpPair): PoolDraft {
  return { rows: [...rows, { id: nextId, base: pair, removed: false, ...pair }], nextId: nextId + 1 };
}

/** A draft of rows that were kept elsewhere, with nothing else in it. */
export function draftOfRows(rows: readonly DraftRow[]): PoolDraft {
  return { rows, nextId: Math.max(0, ...rows.map(({ id }) => id)) + 1 };
}

/**
 * Where one row took over the key that another gave up, the pair on the host is the first row's from then on: the other
 * must not remove it again.
 */
export function withoutTakenBases(draft: PoolDraft): PoolDraft {
  const holders = new Set(draft.rows.flatMap((row) => (isHolder(row) ? row.key : [])));
  return {
    ...draft,
    rows: draft.rows.flatMap((row) => {
      if (row.base === null || isHolder(row) || !holders.has(row.base.key)) return row;
      return row.removed ? [] : { ...withBase(row, null), report: row.report };
    }),
  };
}

function isHolder({ base, key, removed }: DraftRow): boolean {
  return base?.key === key && !removed;
}

/** The row over another pair of the host, with nothing left of earlier reports. */
export function withBase(row: DraftRow, base: KvpPair | null): DraftRow {
  const { id, key, value, removed } = row;
  return { id, base, key, value, removed: removed && base !== null };
}

function undone(row: DraftRow): DraftRow | undefined {
  const key = row.base?.key ?? row.key;
  const base = row.theirs === undefined ? row.base : row.theirs === null ? null : { key, value: row.theirs };
  return base === null ? undefined : { id: row.id, base, ...base, removed: false };
}

/** A change that gives undefined drops the row. */
function mapRow(draft: PoolDraft, id: number, change: (row: DraftRow) => DraftRow | undefined): PoolDraft {
  return { ...draft, rows: draft.rows.flatMap((row) => (row.id === id ? (change(row) ?? []) : row)) };
}
