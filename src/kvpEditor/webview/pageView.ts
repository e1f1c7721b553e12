// The whole page: heading, notice, tool bar, four sections, dialog.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';
import { assertNever } from '../../domain/assertNever';
import { kvpPools } from '../../domain/kvp/pools';
import type { KvpPool } from '../../domain/kvp/pools';
import type { Notice, NoticeAction, PageTarget } from '../messages';
import { iconButton, textButton } from './buttons';
import { dialogView } from './dialogView';
import { editablePoolView } from './editablePoolView';
import { elementId, isSaving } from './model';
import type { Model } from './model';
import type { Page } from './page';
import { readOnlyPoolView } from './readOnlyPoolView';
import { saveState } from './saveState';

export function pageView(model: Model, page: Page): unknown {
  const { target, snapshot } = model;
  if (target === null) return nothing;
  return html`
    <header>
      <h1 dir="auto">${l10n.t('Data exchange of {0}', snapshot?.vmName ?? target.vmName)}</h1>
      <p class="facts">
        ${facts(model, target)} ${iconButton({ icon: 'refresh', label: l10n.t('Refresh'), act: 'refresh' })}
      </p>
    </header>
    ${snapshot?.notice ? noticeView(snapshot.notice, page) : nothing} ${toolBar(model, page)}
    ${kvpPools.map((pool) => guardedPool(pool, model, page))} ${dialogView(model, page)}
  `;
}

/** A section is looked at again only when something of it changed: a key stroke concerns one of them. */
function guardedPool(pool: KvpPool, model: Model, page: Page): unknown {
  const { snapshot, filter, sort, focused, drafts } = model;
  const shared = [snapshot, filter, sort[pool]];
  if (pool !== 'external' && pool !== 'hostOnly') return guard(shared, () => readOnlyPoolView(pool, model, page));
  const own = [drafts[pool], focused?.pool === pool ? focused : null, isSaving(model)];
  return guard([...shared, ...own], () => editablePoolView(pool, model, page));
}

function facts({ snapshot, work }: Model, target: PageTarget): TemplateResult {
  const parts: unknown[] = [html`<bdi>${snapshot?.hostName ?? target.hostName}</bdi>`];
  if (snapshot !== null) parts.push(snapshot.stateText);
  if (work === 'reading') parts.push(l10n.t('reading…'));
  else if (typeof snapshot?.readAtMs === 'number') parts.push(readAt(snapshot.readAtMs));
  const bad = snapshot?.reading?.unreadable ?? 0;
  if (bad > 0) parts.push(unreadable(bad));
  return html`${parts.map((part, index) => html`${index === 0 ? '' : ' · '}${part}`)}`;
}

function readAt(atMs: number): TemplateResult {
  const date = new Date(atMs);
  const time = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: 'medium' }).format(
    date,
  );
  return html`<time datetime=${date.toISOString()}>${l10n.t('read at {0}', time)}</time>`;
}

function unreadable(count: number): string {
  return count === 1 ? l10n.t('1 item could not be read') : l10n.t('{0} items could not be read', count);
}

function noticeView({ severity, text, nextStep, actions }: Notice, page: Page): TemplateResult {
  return html`<section class="notice ${severity}" aria-label=${severityText(severity)}>
    <p dir="auto"><strong>${text}</strong>${nextStep === undefined ? '' : ` ${nextStep}`}</p>
    <div class="buttons">
      ${actions.map((action) =>
        textButton({
          label: actionText(action),
          onClick: () => {
            page.act(action);
          },
        }),
      )}
    </div>
  </section>`;
}

function severityText(severity: Notice['severity']): string {
  return { info: l10n.t('Information'), warning: l10n.t('Warning'), error: l10n.t('Error') }[severity];
}

function actionText(action: NoticeAction): string {
  switch (action) {
    case 'retry':
      return l10n.t('Retry');
    case 'showLog':
      return l10n.t('Show Log');
    case 'enableService':
      return l10n.t('Enable Data Exchange');
    case 'startVm':
      return l10n.t('Start');
    default:
      return assertNever(action);
  }
}

function toolBar(model: Model, page: Page): TemplateResult {
  const { kind, text } = saveState(model);
  const button = (label: string, onClick: () => void): TemplateResult => textButton({ label, onClick });
  const saving = isSaving(model);
  return html`<div class="bar" role="region" aria-label=${l10n.t('Edits')}>
    <input
      type="search"
      id=${elementId.filter}
      aria-label=${l10n.t('Filter pairs')}
      placeholder=${l10n.t('Filter keys and values')}
      .value=${live(model.filter)}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) page.setFilter(event.target.value);
      }}
    />
    <div class="buttons">
      ${textButton({
        id: elementId.save,
        label: l10n.t('Save'),
        primary: true,
        disabled: kind === 'nothing' || kind === 'saving',
        describedBy: 'save-state',
        onClick: () => {
          page.save();
        },
      })}
      ${
        saving
          ? button(l10n.t('Cancel'), () => {
              page.cancelSave();
            })
          : textButton({
              label: l10n.t('Undo All'),
              disabled: kind === 'nothing',
              onClick: () => {
                page.undoAll();
              },
            })
      }
    </div>
    <span id="save-state" class=${kind === 'problems' ? 'problem' : ''}>${text}</span>
    <p role="status" class="status" dir="auto">${model.status}</p>
    <div class="progress" ?hidden=${model.work === null && !saving}></div>
  </div>`;
}
