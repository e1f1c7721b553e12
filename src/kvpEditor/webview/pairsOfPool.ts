// The pairs of a section, for the clipboard and for files.
import { isDrafted } from '../../domain/kvp/draft';
import type { KvpPair, KvpPool } from '../../domain/kvp/pools';
import { isEditableKvpPool } from '../../domain/kvp/pools';
import type { Model } from './model';

/** What stands in the section: of an editable pool the draft, without the rows that go with the next save. */
export function pairsOfPool({ drafts, snapshot }: Model, pool: KvpPool): readonly KvpPair[] {
  if (!isEditableKvpPool(pool)) return snapshot?.reading?.pools[pool] ?? [];
  // A new row that nobody has given a key is no pair yet.
  const rows = drafts[pool].rows.filter((row) => !row.removed && !(row.key === '' && isDrafted(row)));
  return rows.map(({ key, value }) => ({ key, value }));
}
