// Whether a save is possible, and if not, why: said beside the button.
import * as l10n from '@vscode/l10n';
import { hasConflict, isKept } from '../../domain/kvp/draft';
import { editableKvpPools } from '../../domain/kvp/pools';
import { findingsOf } from './findings';
import { isSaving } from './model';
import type { Model } from './model';

export interface SaveState {
  readonly kind: 'ready' | 'nothing' | 'problems' | 'saving';
  /** A short sentence, shown beside the button. */
  readonly text: string;
}

export function saveState(model: Model): SaveState {
  const { drafts } = model;
  if (isSaving(model)) return { kind: 'saving', text: '' };
  const kept = editableKvpPools.flatMap((pool) => drafts[pool].rows.filter(isKept));
  if (kept.length === 0) return { kind: 'nothing', text: l10n.t('No edits.') };
  const findings = editableKvpPools.map((pool) => findingsOf(pool, drafts[pool]));
  if (findings.every(({ canSave }) => canSave)) {
    return { kind: 'ready', text: kept.length === 1 ? l10n.t('1 edit.') : l10n.t('{0} edits.', kept.length) };
  }
  const conflicts = kept.filter(hasConflict).length;
  const problems = findings
    .flatMap(({ rows }) => [...rows.values()])
    .filter(({ key, value }) => key !== undefined || value !== undefined).length;
  return { kind: 'problems', text: problemsText(problems, conflicts) };
}

function problemsText(problems: number, conflicts: number): string {
  if (problems > 0) {
    return problems === 1 ? l10n.t('1 pair needs a correction.') : l10n.t('{0} pairs need a correction.', problems);
  }
  if (conflicts > 0)
    return conflicts === 1 ? l10n.t('1 conflict is open.') : l10n.t('{0} conflicts are open.', conflicts);
  return l10n.t('There are too many pairs.');
}
