// What somebody else made of a pair while it was being edited here, and the two ways to decide.
import * as l10n from '@vscode/l10n';
import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { DraftRow } from '../../domain/kvp/draft';
import { textView } from './textView';

export function conflictView(row: DraftRow): TemplateResult {
  const { theirs } = row;
  const name = row.base?.key ?? row.key;
  return html`<div class="decide" role="group" aria-label=${l10n.t('Conflict: {0}', name)}>
    <p class="hint warning">
      ${theirs === null ? l10n.t('Meanwhile it was removed on the host.') : theirsText(row)}
      ${typeof theirs === 'string' ? textView(theirs) : ''}
    </p>
    <button type="button" class="secondary" data-act="mine" aria-label=${l10n.t('Keep Mine: {0}', name)}>
      ${l10n.t('Keep Mine')}
    </button>
    <button type="button" class="secondary" data-act="theirs" aria-label=${l10n.t('Take Theirs: {0}', name)}>
      ${l10n.t('Take Theirs')}
    </button>
  </div>`;
}

function theirsText({ base }: DraftRow): string {
  return base === null
    ? l10n.t('Meanwhile it was added on the host, with the value:')
    : l10n.t('Meanwhile it was changed on the host, to:');
}
