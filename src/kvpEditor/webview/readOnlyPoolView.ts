// A pool that the guest writes: to read and to copy.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { KvpPair, KvpPool } from '../../domain/kvp/pools';
import { iconButton } from './buttons';
import { intrinsicLabel, intrinsicText } from './intrinsicLabels';
import type { Model } from './model';
import type { Page } from './page';
import { poolFrame } from './poolFrame';
import { shownPairs } from './rows';
import { textView } from './textView';

export function readOnlyPoolView(pool: KvpPool, model: Model, page: Page): TemplateResult {
  const pairs = model.snapshot?.reading?.pools[pool] ?? [];
  const shown = shownPairs(pairs, model.filter, model.sort[pool]);
  return poolFrame({
    pool,
    model,
    page,
    shown: shown.length,
    all: pairs.length,
    tools: nothing,
    more: nothing,
    rows: repeat(
      shown,
      ({ key }) => key,
      ({ key, value }) => guard([key, value], () => pairView(pool, { key, value })),
    ),
  });
}

function pairView(pool: KvpPool, { key, value }: KvpPair): TemplateResult {
  const label = pool === 'intrinsic' ? intrinsicLabel(key) : undefined;
  const text = pool === 'intrinsic' ? intrinsicText(key, value) : value;
  return html`<tr role="row" data-key=${key}>
    <th role="rowheader" scope="row" class="key" title=${label === undefined ? nothing : key}>
      <div class="field">
        <span>${label === undefined ? textView(key) : html`${label}<span class="hidden"> (${key})</span>`}</span>
        ${iconButton({ icon: 'copy', label: l10n.t('Copy key {0}', key), act: 'copyKey' })}
      </div>
    </th>
    <td role="cell" class="value">
      <div class="field">
        <span>${text === '' ? html`<span class="nothing">${l10n.t('empty')}</span>` : textView(text)}</span>
        ${iconButton({ icon: 'copy', label: l10n.t('Copy value of {0}', label ?? key), act: 'copyValue' })}
      </div>
    </td>
  </tr>`;
}
