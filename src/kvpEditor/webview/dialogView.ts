// The page's one dialog: shows what would happen, then asks.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { assertNever } from '../../domain/assertNever';
import { textButton } from './buttons';
import { importView } from './importView';
import type { Dialog, Model } from './model';
import type { Page } from './page';
import { planView } from './planView';

export function dialogView({ dialog, drafts }: Model, page: Page): TemplateResult {
  return html`<dialog
    aria-labelledby="dialog-title"
    @close=${() => {
      page.closeDialog();
    }}
  >
    ${
      dialog === null
        ? nothing
        : html`<h2 id="dialog-title">${titleOf(dialog)}</h2>
            <div class="body" tabindex="0" role="group" aria-label=${l10n.t('Details')}>${bodyOf(dialog, drafts)}</div>
            <div class="buttons">
              ${
                isUseful(dialog)
                  ? textButton({
                      label: verbOf(dialog),
                      primary: true,
                      first: true,
                      onClick: () => {
                        page.confirmDialog();
                      },
                    })
                  : nothing
              }
              ${textButton({
                label: l10n.t('Back'),
                onClick: () => {
                  page.closeDialog();
                },
              })}
            </div>`
    }
  </dialog>`;
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

function bodyOf(dialog: Dialog, drafts: Model['drafts']): unknown {
  switch (dialog.kind) {
    case 'save':
      return planView(dialog.plans, drafts);
    case 'import':
      return importView(dialog);
    case 'undoAll':
      return html`<p>${l10n.t('What you typed is lost. The pairs on the host stay as they are.')}</p>`;
    default:
      return assertNever(dialog);
  }
}
