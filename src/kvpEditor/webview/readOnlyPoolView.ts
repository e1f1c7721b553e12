// A pool that the guest writes: to read and to copy.
import * as l10n from '@vscode/l10n';
import type { KvpPair, KvpPool } from '../../domain/kvp/pools';
import { iconButton } from './buttons';
import { intrinsicText } from './intrinsicText';
import type { Model } from './model';
import type { Page } from './page';
import { poolFrame } from './poolFrame';
import { el, part } from './render/view';
import type { ElementView } from './render/view';
import { shownPairs } from './rows';
import { hiddenText, textView, valueView } from './textView';

export function readOnlyPoolView(pool: KvpPool, model: Model, page: Page): ElementView {
  const pairs = model.snapshot?.reading?.pools[pool] ?? [];
  const labels = new Map(pool === 'intrinsic' ? model.snapshot?.intrinsicLabels : []);
  const shown = shownPairs(pairs, labels, model.filter, model.sort[pool]);
  return poolFrame({
    pool,
    model,
    page,
    shown: shown.length,
    all: pairs.length,
    tools: [],
    rows: shown.map(({ key, value }) => {
      const text = pool === 'intrinsic' ? intrinsicText(key, value) : value;
      return part(key, [value], () => pairView({ key, value: text }, labels.get(key)));
    }),
  });
}

function pairView({ key, value }: KvpPair, label: string | undefined): ElementView {
  return el(
    'tr',
    { role: 'row', 'data-key': key },
    el(
      'th',
      { role: 'rowheader', scope: 'row', class: 'key', title: label && key },
      el(
        'div',
        { class: 'field' },
        label === undefined ? el('span', {}, textView(key)) : el('span', {}, label, hiddenText(` (${key})`)),
        iconButton({ icon: 'copy', label: l10n.t('Copy key {0}', key), act: 'copyKey' }),
      ),
    ),
    el(
      'td',
      { role: 'cell', class: 'value' },
      el(
        'div',
        { class: 'field' },
        el('span', {}, valueView(value)),
        iconButton({ icon: 'copy', label: l10n.t('Copy value of {0}', label ?? key), act: 'copyValue' }),
      ),
    ),
  );
}
