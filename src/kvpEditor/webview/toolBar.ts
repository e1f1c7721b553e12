// What stays in sight: filter, save, and what became of the last thing that was asked.
import * as l10n from '@vscode/l10n';
import { textButton } from './buttons';
import { elementId, isSaving } from './model';
import type { Model } from './model';
import type { Page } from './page';
import { el } from './render/view';
import type { ElementView } from './render/view';
import { saveState } from './saveState';

export function toolBar(model: Model, page: Page): ElementView {
  const { kind, text } = saveState(model);
  const saving = isSaving(model);
  const save = textButton({
    id: elementId.save,
    label: l10n.t('Save'),
    primary: true,
    disabled: kind === 'nothing' || kind === 'saving',
    describedBy: 'save-state',
    onClick: () => {
      page.save();
    },
  });
  const cancel = textButton({
    label: l10n.t('Cancel'),
    onClick: () => {
      page.cancelSave();
    },
  });
  const undoAll = textButton({
    label: l10n.t('Undo All'),
    disabled: kind === 'nothing',
    onClick: () => {
      page.undoAll();
    },
  });
  return el(
    'div',
    { class: 'bar', role: 'region', 'aria-label': l10n.t('Edits') },
    filterField(model.filter, page),
    el('div', { class: 'buttons' }, save, saving ? cancel : undoAll),
    el('span', { id: 'save-state', class: kind === 'problems' ? 'problem' : undefined }, text),
    el('p', { role: 'status', class: 'status', dir: 'auto' }, model.status),
    el('div', { class: 'progress', hidden: model.work === null && !saving }),
  );
}

function filterField(filter: string, page: Page): ElementView {
  return el('input', {
    type: 'search',
    id: elementId.filter,
    'aria-label': l10n.t('Filter pairs'),
    placeholder: l10n.t('Filter keys and values'),
    value: filter,
    oninput: ({ target }) => {
      if (target instanceof HTMLInputElement) page.setFilter(target.value);
    },
  });
}
