// What somebody else made of a pair while it was being edited here, and the two ways to decide.
import * as l10n from '@vscode/l10n';
import type { DraftRow } from '../../domain/kvp/draft';
import { el } from './render/view';
import type { ElementView } from './render/view';
import { textView } from './textView';

export function conflictView({ base, key, theirs }: DraftRow): ElementView {
  const name = base?.key ?? key;
  const decide = (act: 'mine' | 'theirs', label: string, fullLabel: string): ElementView =>
    el('button', { type: 'button', class: 'secondary', 'data-act': act, 'aria-label': fullLabel }, label);
  return el(
    'div',
    { class: 'decide', role: 'group', 'aria-label': l10n.t('Conflict: {0}', name) },
    typeof theirs === 'string'
      ? el('p', { class: 'hint warning' }, theirsText(base), ' ', textView(theirs))
      : el('p', { class: 'hint warning' }, l10n.t('Meanwhile it was removed on the host.')),
    decide('mine', l10n.t('Keep Mine'), l10n.t('Keep Mine: {0}', name)),
    decide('theirs', l10n.t('Take Theirs'), l10n.t('Take Theirs: {0}', name)),
  );
}

function theirsText(base: DraftRow['base']): string {
  return base === null
    ? l10n.t('Meanwhile it was added on the host, with the value:')
    : l10n.t('Meanwhile it was changed on the host, to:');
}
