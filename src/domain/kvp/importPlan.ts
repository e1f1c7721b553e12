// What an import would do to a draft: shown to the person first, then done to the draft only, never to the host.
import { addRow, editRow } from './draft';
import type { PoolDraft } from './draft';
import type { KvpPair } from './pools';

export interface ImportPlan {
  readonly add: readonly KvpPair[];
  /** `id` of the row; `was`: what stands there now. */
  readonly change: readonly (KvpPair & { readonly id: number; readonly was: string })[];
  /** Already in the draft with the same value. */
  readonly same: number;
}

/** Nothing is removed by an import. A key in the draft that is marked for removal is kept with its new value. */
export function planImport({ rows }: PoolDraft, pairs: readonly KvpPair[]): ImportPlan {
  // Of two rows with one key the one that stays.
  const byKey = new Map([...rows].sort((a, b) => Number(b.removed) - Number(a.removed)).map((row) => [row.key, row]));
  const add: KvpPair[] = [];
  const change: (KvpPair & { id: number; was: string })[] = [];
  let same = 0;
  for (const { key, value } of pairs) {
    const row = byKey.get(key);
    if (row === undefined) add.push({ key, value });
    else if (row.value === value && !row.removed) same += 1;
    else change.push({ key, value, id: row.id, was: row.value });
  }
  return { add, change, same };
}

export function applyImport(draft: PoolDraft, { add, change }: ImportPlan): PoolDraft {
  const changed = change.reduce((next, { id, value }) => editRow(next, id, { value, removed: false }), draft);
  return add.reduce((next, pair) => addRow(next, pair), changed);
}
