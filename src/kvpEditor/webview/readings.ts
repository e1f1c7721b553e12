// How drafts begin, and what a new reading of the host makes of them.
import { draftOfRows } from '../../domain/kvp/draft';
import type { PoolDraft } from '../../domain/kvp/draft';
import { mergeReading, restoreDraft } from '../../domain/kvp/merge';
import type { EditableKvpPool } from '../../domain/kvp/pools';
import type { PageSnapshot, SavedDraft } from '../messages';
import type { Model } from './model';

export function draftsOf(kept: SavedDraft | null): Model['drafts'] {
  return { external: draftOfRows(kept?.external ?? []), hostOnly: draftOfRows(kept?.hostOnly ?? []) };
}

export function draftsOver({ drafts, snapshot: before }: Model, { reading }: PageSnapshot): Model['drafts'] {
  const merged = (pool: EditableKvpPool): PoolDraft => {
    const wasKnown = (before?.reading?.pools[pool] ?? null) !== null;
    // The pairs of a pool that is read for the first time stand in the host's order, with the kept rows among them.
    return (wasKnown ? mergeReading : restoreDraft)(drafts[pool], reading?.pools[pool] ?? null);
  };
  return { external: merged('external'), hostOnly: merged('hostOnly') };
}
