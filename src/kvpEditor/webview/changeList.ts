// Lists of what would be added, changed and removed: the same in the plan of a save and in that of an import.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import { textView } from './textView';

export interface ListedChange {
  readonly verb: 'add' | 'change' | 'remove';
  readonly key: string;
  /** What stands there now. */
  readonly was?: string | undefined;
  readonly value?: string | undefined;
  readonly renamedTo?: string | undefined;
}

/** nothing for an empty list. */
export function changeList(title: string, changes: readonly ListedChange[]): unknown {
  if (changes.length === 0) return nothing;
  return html`<h4>${title} <span class="count">${changes.length}</span></h4>
    <ul class="changes">
      ${changes.map(
        (change) =>
          html`<li class=${change.verb}><span class="name">${textView(change.key)}</span> ${detail(change)}</li>`,
      )}
    </ul>`;
}

function detail({ was, value, renamedTo }: ListedChange): unknown {
  if (renamedTo !== undefined) return html`${l10n.t('is renamed to')} <span class="name">${textView(renamedTo)}</span>`;
  const old =
    was === undefined ? nothing : html`<del><span class="hidden">${l10n.t('from')}</span> ${shown(was)}</del>`;
  if (value === undefined) return old;
  return was === undefined
    ? shown(value)
    : html`${old}<span aria-hidden="true"> → </span
        ><ins><span class="hidden">${l10n.t('to')}</span> ${shown(value)}</ins>`;
}

function shown(text: string): unknown {
  return text === '' ? html`<span class="nothing">${l10n.t('empty')}</span>` : textView(text);
}
