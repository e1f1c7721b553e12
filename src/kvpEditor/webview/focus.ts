// Where the focus goes when its place is gone.
import type { EditableKvpPool } from '../../domain/kvp/pools';
import { findingsOf } from './findings';
import type { FieldPlace, Model } from './model';
import { hasConflict } from '../../domain/kvp/draft';
import { editableKvpPools } from '../../domain/kvp/pools';
import { shownRows } from './rows';

/** The keys of the rows before and behind this one, as they are on the page. */
export function neighbours(
  { drafts, filter, sort, focused }: Model,
  pool: EditableKvpPool,
  id: number,
): { readonly before: FieldPlace | undefined; readonly behind: FieldPlace | undefined } {
  const rows = shownRows(drafts[pool].rows, filter, sort[pool], focused?.pool === pool ? focused.id : undefined);
  const index = rows.findIndex((row) => row.id === id);
  const placeAt = (at: number): FieldPlace | undefined => rows[at] && { pool, id: rows[at].id, field: 'key' };
  return { before: placeAt(index - 1), behind: placeAt(index + 1) };
}

/** The first field that stops a save, in the order of the page. */
export function firstProblem({ drafts }: Model): FieldPlace | undefined {
  for (const pool of editableKvpPools) {
    const { rows } = findingsOf(pool, drafts[pool]);
    for (const row of drafts[pool].rows) {
      const found = rows.get(row.id);
      if (found?.key !== undefined) return { pool, id: row.id, field: 'key' };
      if (found?.value !== undefined || hasConflict(row)) return { pool, id: row.id, field: 'value' };
    }
  }
  return undefined;
}

/** The first row of which the last save said that it failed. */
export function firstFailed({ drafts }: Model): FieldPlace | undefined {
  for (const pool of editableKvpPools) {
    const row = drafts[pool].rows.find(({ report }) => report !== undefined);
    if (row !== undefined) return { pool, id: row.id, field: 'value' };
  }
  return undefined;
}
