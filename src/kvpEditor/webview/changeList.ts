// Lists of what would be added, changed and removed: the same in the plan of a save and in that of an import.
import * as l10n from '@vscode/l10n';
import { el } from './render/view';
import type { ElementView, View } from './render/view';
import { hiddenText, textView, valueView } from './textView';

export interface ListedChange {
  readonly verb: 'add' | 'change' | 'remove';
  readonly key: string;
  /** What stands there now. */
  readonly was?: string | undefined;
  readonly value?: string | undefined;
  readonly renamedTo?: string | undefined;
}

export function changeList(title: string, changes: readonly ListedChange[]): readonly View[] {
  const items = changes.map((change) => el('li', { class: change.verb }, nameView(change.key), ' ', detail(change)));
  return titledList('changes', title, items);
}

/** A list under its title and the number of its items; nothing for an empty one. */
export function titledList(kind: 'changes' | 'problems', title: string, items: readonly View[]): readonly View[] {
  if (items.length === 0) return [];
  return [
    el('h4', {}, title, ' ', el('span', { class: 'count' }, String(items.length))),
    el('ul', { class: kind }, items),
  ];
}

function detail({ was, value, renamedTo }: ListedChange): readonly View[] {
  if (renamedTo !== undefined) return [l10n.t('is renamed to'), ' ', nameView(renamedTo)];
  const old = was === undefined ? undefined : el('del', {}, hiddenText(l10n.t('from')), ' ', valueView(was));
  if (value === undefined) return [old];
  if (old === undefined) return [valueView(value)];
  const arrow = el('span', { 'aria-hidden': 'true' }, ' → ');
  return [old, arrow, el('ins', {}, hiddenText(l10n.t('to')), ' ', valueView(value))];
}

function nameView(key: string): ElementView {
  return el('span', { class: 'name' }, textView(key));
}
