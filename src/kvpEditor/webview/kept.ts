// What is kept of the drafts for the time the page is away: in the extension's memory everything, in the window's state,
// which is written to disk, nothing that looks like a secret.
import { isKept } from '../../domain/kvp/draft';
import type { DraftRow } from '../../domain/kvp/draft';
import { looksSecret } from '../../domain/kvp/secrets';
import type { PageState, PageTarget, SavedDraft } from '../messages';
import type { Model } from './model';

/** null when nothing is drafted. */
export function keptDraft(drafts: Model['drafts']): SavedDraft | null {
  return orNull({ external: keptRows(drafts.external.rows), hostOnly: keptRows(drafts.hostOnly.rows) });
}

export function withoutSecrets(draft: SavedDraft | null): SavedDraft | null {
  return draft && orNull({ external: draft.external.filter(isHarmless), hostOnly: draft.hostOnly.filter(isHarmless) });
}

/** The draft of a state that belongs to this VM. */
export function draftOfState(state: PageState | undefined, { hostId, vmId }: PageTarget): SavedDraft | null {
  return state?.target.hostId === hostId && state.target.vmId === vmId ? state.draft : null;
}

function keptRows(rows: readonly DraftRow[]): readonly DraftRow[] {
  return rows.filter(isKept).map(({ id, base, key, value, removed, theirs }) => {
    const row = { id, base, key, value, removed };
    return theirs === undefined ? row : { ...row, theirs };
  });
}

function isHarmless({ key, base }: DraftRow): boolean {
  return !looksSecret(key) && !(base !== null && looksSecret(base.key));
}

function orNull(draft: SavedDraft): SavedDraft | null {
  return draft.external.length + draft.hostOnly.length === 0 ? null : draft;
}
