// Pairs to and from text: import plans, exports, and what *Copy as JSON* copies.
import { isDrafted } from '../../domain/kvp/draft';
import type { PoolDraft } from '../../domain/kvp/draft';
import { pairsFromEnv, pairsToEnv } from '../../domain/kvp/envText';
import type { EnvText } from '../../domain/kvp/envText';
import { planImport } from '../../domain/kvp/importPlan';
import { pairsFromJson, pairsToJson } from '../../domain/kvp/jsonText';
import type { EditableKvpPool, KvpPair, KvpPool } from '../../domain/kvp/pools';
import type { Dialog, Model } from './model';

/** What stands in the section: of an editable pool the draft, without the rows that go with the next save. */
export function pairsOfPool({ drafts, snapshot }: Model, pool: KvpPool): readonly KvpPair[] {
  if (pool !== 'external' && pool !== 'hostOnly') return snapshot?.reading?.pools[pool] ?? [];
  // A new row that nobody has given a key is no pair yet.
  return drafts[pool].rows.filter((row) => !row.removed && !(row.key === '' && isDrafted(row)));
}

export function exportOf(pairs: readonly KvpPair[], format: 'json' | 'env'): EnvText {
  return format === 'env' ? pairsToEnv(pairs) : { text: pairsToJson(pairs), leftOut: [] };
}

export function importDialog(draft: PoolDraft, pool: EditableKvpPool, fileName: string, text: string): Dialog {
  const { pairs, problems } = (isJson(fileName, text) ? pairsFromJson : pairsFromEnv)(text);
  return { kind: 'import', pool, fileName, plan: planImport(draft, pairs), problems };
}

/** By the name of the file; by the first character when the name says nothing. */
function isJson(fileName: string, text: string): boolean {
  if (/\.json[c5]?$/i.test(fileName)) return true;
  return !/(^|\.)env(\.[^.]+)?$/i.test(fileName) && /^[\s\uFEFF]*[[{]/.test(text);
}
