// What all four sections have in common: title, count, purpose, tools, and a table with a caption and a sortable key.
import * as l10n from '@vscode/l10n';
import { isEditableKvpPool } from '../../domain/kvp/pools';
import type { KvpPool } from '../../domain/kvp/pools';
import { textButton } from './buttons';
import { elementId } from './model';
import type { Model } from './model';
import type { Page } from './page';
import { countText, poolPurpose, poolTitle } from './poolTexts';
import { el } from './render/view';
import type { ElementView, View } from './render/view';
import { hiddenText } from './textView';

interface PoolFrame {
  readonly pool: KvpPool;
  readonly model: Model;
  readonly page: Page;
  readonly shown: number;
  readonly all: number;
  readonly tools: readonly View[];
  /** Between the note and the table. */
  readonly more?: View;
  readonly rows: readonly View[];
}

export function poolFrame(frame: PoolFrame): ElementView {
  const { pool, model, page, all, shown } = frame;
  const note = model.snapshot?.poolNotes[pool] ?? null;
  const title = poolTitle(pool);
  const copyAll = textButton({
    label: l10n.t('Copy as JSON'),
    onClick: () => {
      page.copyAll(pool);
    },
  });
  return el(
    'section',
    { class: 'pool', 'data-pool': pool, 'aria-labelledby': elementId.title(pool) },
    el(
      'div',
      { class: 'head' },
      el('h2', { id: elementId.title(pool) }, title, ' ', el('span', { class: 'count' }, countOf(frame))),
      el('div', { class: 'buttons', role: 'group', 'aria-label': title }, frame.tools, all > 0 ? copyAll : undefined),
    ),
    shown > 0 ? undefined : el('p', { class: 'purpose' }, poolPurpose(pool)),
    note === null ? undefined : noteView(note),
    frame.more,
    shown > 0 ? table(frame) : emptyView(frame, note),
  );
}

function noteView(text: string): ElementView {
  return el('p', { class: 'note' }, text);
}

function countOf({ pool, model, shown, all }: PoolFrame): string {
  const reading = model.snapshot?.reading ?? null;
  const unknown = reading !== null && reading.pools[pool] === null;
  if (reading === null && all === 0) return '';
  if (!unknown) return countText(shown, all);
  return all === 0 ? l10n.t('unknown') : l10n.t('{0}, others unknown', countText(shown, all));
}

function emptyView({ model, all }: PoolFrame, note: string | null): View {
  if (all > 0) return noteView(l10n.t('No pair contains “{0}”.', model.filter.trim()));
  if (note !== null || (model.snapshot?.reading ?? null) !== null) return undefined;
  return noteView(l10n.t('Not read yet.'));
}

/** The roles are said again, as a table that is laid out otherwise loses them. */
function table({ pool, model, page, rows }: PoolFrame): ElementView {
  const column = { role: 'columnheader', scope: 'col' };
  const order = model.sort[pool];
  const sort = (): void => {
    page.sort(pool);
  };
  return el(
    'table',
    { role: 'table' },
    el('caption', {}, hiddenText(`${poolTitle(pool)}:`), ' ', poolPurpose(pool)),
    el(
      'thead',
      { role: 'rowgroup' },
      el(
        'tr',
        { role: 'row' },
        el(
          'th',
          { ...column, 'aria-sort': order === 'host' ? 'none' : order },
          el(
            'button',
            { type: 'button', class: 'sort', title: l10n.t('Sort by key'), onclick: sort },
            l10n.t('Key'),
            el('span', { class: 'arrow', 'aria-hidden': 'true' }, { host: '', ascending: '▲', descending: '▼' }[order]),
          ),
        ),
        el('th', column, l10n.t('Value')),
        isEditableKvpPool(pool) ? el('th', column, hiddenText(l10n.t('Actions'))) : undefined,
      ),
    ),
    el('tbody', { role: 'rowgroup' }, rows),
  );
}
