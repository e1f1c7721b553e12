// The page's one dialog: shows what would happen, then asks.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import { textButton } from './buttons';
import { importView } from './importView';
import type { Dialog, Model } from './model';
import type { Page } from './page';
import { planView } from './planView';
import { el } from './render/view';
import type { ElementView, View } from './render/view';

export function dialogView({ dialog, drafts }: Model, page: Page): ElementView {
  const close = (): void => {
    page.closeDialog();
  };
  return el(
    'dialog',
    { 'aria-labelledby': 'dialog-title', onclose: close },
    dialog === null ? [] : content(dialog, drafts, page, close),
  );
}

function content(dialog: Dialog, drafts: Model['drafts'], page: Page, close: () => void): readonly View[] {
  const confirm = textButton({
    label: verbOf(dialog),
    primary: true,
    first: true,
    onClick: () => {
      page.confirmDialog();
    },
  });
  return [
    el('h2', { id: 'dialog-title' }, titleOf(dialog)),
    el('div', { class: 'body', tabindex: 0, role: 'group', 'aria-label': l10n.t('Details') }, bodyOf(dialog, drafts)),
    el(
      'div',
      { class: 'buttons' },
      isUseful(dialog) ? confirm : undefined,
      textButton({ label: l10n.t('Back'), onClick: close }),
    ),
  ];
}

function titleOf(dialog: Dialog): string {
  switch (dialog.kind) {
    case 'save':
      return l10n.t('Save these changes?');
    case 'import':
      return l10n.t('Import {0}', dialog.fileName);
    case 'undoAll':
      return dialog.count === 1 ? l10n.t('Undo 1 edit?') : l10n.t('Undo {0} edits?', dialog.count);
    default:
      return assertNever(dialog);
  }
}

function verbOf({ kind }: Dialog): string {
  return { save: l10n.t('Save'), import: l10n.t('Apply'), undoAll: l10n.t('Undo All') }[kind];
}

function isUseful(dialog: Dialog): boolean {
  return dialog.kind !== 'import' || dialog.plan.add.length + dialog.plan.change.length > 0;
}

function bodyOf(dialog: Dialog, drafts: Model['drafts']): readonly View[] {
  switch (dialog.kind) {
    case 'save':
      return planView(dialog.plans, drafts);
    case 'import':
      return importView(dialog);
    case 'undoAll':
      return [el('p', {}, l10n.t('What you typed is lost. The pairs on the host stay as they are.'))];
    default:
      return assertNever(dialog);
  }
}
