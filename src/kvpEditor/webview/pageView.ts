// The whole page: heading, notice, tool bar, four sections, dialog.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import { isEditableKvpPool, kvpPools } from '../../domain/kvp/pools';
import type { KvpPool } from '../../domain/kvp/pools';
import type { Notice, NoticeAction, PageTarget } from '../messages';
import { iconButton, textButton } from './buttons';
import { dialogView } from './dialogView';
import { editablePoolView } from './editablePoolView';
import { isSaving } from './model';
import type { Model } from './model';
import type { Page } from './page';
import { readOnlyPoolView } from './readOnlyPoolView';
import { el, part } from './render/view';
import type { ElementView, PartView, View } from './render/view';
import { toolBar } from './toolBar';

export function pageView(model: Model, page: Page): readonly View[] {
  const { target, snapshot } = model;
  if (target === null) return [];
  return [
    el(
      'header',
      {},
      el('h1', { dir: 'auto' }, l10n.t('Data exchange of {0}', snapshot?.vmName ?? target.vmName)),
      el(
        'p',
        { class: 'facts' },
        facts(model, target),
        ' ',
        iconButton({ icon: 'refresh', label: l10n.t('Refresh'), act: 'refresh' }),
      ),
    ),
    snapshot?.notice ? noticeView(snapshot.notice, page) : undefined,
    toolBar(model, page),
    ...kvpPools.map((pool) => poolPart(pool, model, page)),
    dialogView(model, page),
  ];
}

/** A section is looked at again only when something of it changed: a key stroke concerns one of them. */
function poolPart(pool: KvpPool, model: Model, page: Page): PartView {
  const { snapshot, filter, sort, focused, drafts } = model;
  const shared = [snapshot, filter, sort[pool]];
  if (!isEditableKvpPool(pool)) return part(pool, shared, () => readOnlyPoolView(pool, model, page));
  const own = [drafts[pool], focused?.pool === pool ? focused : null, isSaving(model)];
  return part(pool, [...shared, ...own], () => editablePoolView(pool, model, page));
}

function facts({ snapshot, work }: Model, target: PageTarget): readonly View[] {
  const parts: View[] = [el('bdi', {}, snapshot?.hostName ?? target.hostName)];
  // A virtual machine that is gone has no state.
  if (snapshot !== null && snapshot.stateText !== '') parts.push(snapshot.stateText);
  if (work === 'reading') parts.push(l10n.t('reading…'));
  else if (typeof snapshot?.readAtMs === 'number') parts.push(readAt(snapshot.readAtMs));
  const bad = snapshot?.reading?.unreadable ?? 0;
  if (bad > 0) parts.push(unreadable(bad));
  return parts.flatMap((each, index) => (index === 0 ? [each] : [' · ', each]));
}

function readAt(atMs: number): ElementView {
  const date = new Date(atMs);
  const time = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { timeStyle: 'medium' }).format(
    date,
  );
  return el('time', { datetime: date.toISOString() }, l10n.t('read at {0}', time));
}

function unreadable(count: number): string {
  return count === 1 ? l10n.t('1 item could not be read') : l10n.t('{0} items could not be read', count);
}

function noticeView({ severity, text, nextStep, actions }: Notice, page: Page): ElementView {
  return el(
    'section',
    { class: `notice ${severity}`, 'aria-label': severityText(severity) },
    el('p', { dir: 'auto' }, el('strong', {}, text), nextStep && ` ${nextStep}`),
    el(
      'div',
      { class: 'buttons' },
      actions.map((action) =>
        textButton({
          label: actionText(action),
          onClick: () => {
            page.act(action);
          },
        }),
      ),
    ),
  );
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
    case 'resumeVm':
      return l10n.t('Resume');
    default:
      return assertNever(action);
  }
}
