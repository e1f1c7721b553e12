// Which rows of a pool are shown, in which order: filter and sort, the same for all four.
import type { DraftRow } from '../../domain/kvp/draft';
import { isDrafted } from '../../domain/kvp/draft';
import type { KvpPair } from '../../domain/kvp/pools';
import type { SortOrder } from './model';

const collator = new Intl.Collator(undefined, { numeric: true });

/** Rows keep their place while their key is being typed: the host's key counts, and new rows stay at the end. */
export function shownRows(
  rows: readonly DraftRow[],
  filter: string,
  sort: SortOrder,
  focusedId: number | undefined,
): readonly DraftRow[] {
  const matches = matcher(filter);
  const shown = rows.filter(
    (row) =>
      row.id === focusedId ||
      matches(row.key, row.value) ||
      (row.base === null ? row.key === '' : isDrafted(row) && matches(row.base.key, row.base.value)),
  );
  return sorted(shown, sort, ({ base }) => base?.key);
}

/** @param labels readable names of keys, which are looked through as well */
export function shownPairs(
  pairs: readonly KvpPair[],
  labels: ReadonlyMap<string, string>,
  filter: string,
  sort: SortOrder,
): readonly KvpPair[] {
  const matches = matcher(filter);
  const shown = pairs.filter(({ key, value }) => matches(key, value) || matches(labels.get(key) ?? '', ''));
  return sorted(shown, sort, ({ key }) => key);
}

function matcher(filter: string): (key: string, value: string) => boolean {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return () => true;
  return (key, value) => key.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted);
}

function sorted<T>(items: readonly T[], sort: SortOrder, keyOf: (item: T) => string | undefined): readonly T[] {
  if (sort === 'host') return items;
  const sign = sort === 'ascending' ? 1 : -1;
  return [...items].sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return sign * collator.compare(left, right);
  });
}
