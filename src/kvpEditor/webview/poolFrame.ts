// What all four sections have in common: title, count, purpose, tools, and a table with a caption and a sortable key.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { KvpPool } from '../../domain/kvp/pools';
import { textButton } from './buttons';
import { elementId } from './model';
import type { Model } from './model';
import type { Page } from './page';
import { countText, poolPurpose, poolTitle } from './poolTexts';

interface PoolFrame {
  readonly pool: KvpPool;
  readonly model: Model;
  readonly page: Page;
  readonly shown: number;
  readonly all: number;
  readonly tools: unknown;
  /** Between the note and the table. */
  readonly more: unknown;
  readonly rows: unknown;
}

export function poolFrame(frame: PoolFrame): TemplateResult {
  const { pool, model, page, all, shown } = frame;
  const note = model.snapshot?.poolNotes[pool] ?? null;
  const copyAll = textButton({
    label: l10n.t('Copy as JSON'),
    onClick: () => {
      page.copyAll(pool);
    },
  });
  return html`<section class="pool" data-pool=${pool} aria-labelledby=${elementId.title(pool)}>
    <div class="head">
      <h2 id=${elementId.title(pool)}>${poolTitle(pool)} <span class="count">${countOf(frame)}</span></h2>
      <div class="buttons" role="group" aria-label=${poolTitle(pool)}>
        ${frame.tools} ${all > 0 ? copyAll : nothing}
      </div>
    </div>
    ${shown > 0 ? nothing : html`<p class="purpose">${poolPurpose(pool)}</p>`}
    ${note === null ? nothing : html`<p class="note">${note}</p>`} ${frame.more}
    ${shown > 0 ? table(frame) : emptyText(frame, note)}
  </section>`;
}

function countOf({ pool, model, shown, all }: PoolFrame): string {
  const reading = model.snapshot?.reading ?? null;
  const unknown = reading !== null && reading.pools[pool] === null;
  if (reading === null && all === 0) return '';
  if (!unknown) return countText(shown, all);
  return all === 0 ? l10n.t('unknown') : l10n.t('{0}, others unknown', countText(shown, all));
}

function emptyText({ model, all }: PoolFrame, note: string | null): unknown {
  if (all > 0) return html`<p class="note">${l10n.t('No pair contains “{0}”.', model.filter.trim())}</p>`;
  if (note !== null || (model.snapshot?.reading ?? null) !== null) return nothing;
  return html`<p class="note">${l10n.t('Not read yet.')}</p>`;
}

function table({ pool, model, page, rows }: PoolFrame): TemplateResult {
  const order = model.sort[pool];
  const editable = pool === 'external' || pool === 'hostOnly';
  return html`<table role="table">
    <caption>
      <span class="hidden">${poolTitle(pool)}:</span>
      ${poolPurpose(pool)}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" aria-sort=${order === 'host' ? 'none' : order}>
          <button
            type="button"
            class="sort"
            title=${l10n.t('Sort by key')}
            @click=${() => {
              page.sort(pool);
            }}
          >
            ${l10n.t('Key')}<span class="arrow" aria-hidden="true"
              >${{ host: '', ascending: '▲', descending: '▼' }[order]}</span
            >
          </button>
        </th>
        <th role="columnheader" scope="col">${l10n.t('Value')}</th>
        ${editable ? html`<th role="columnheader" scope="col"><span class="hidden">${l10n.t('Actions')}</span></th>` : nothing}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows}
    </tbody>
  </table>`;
}
