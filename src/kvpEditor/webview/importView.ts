// What an import would do to the draft, and which parts of the file could not be read.
import * as l10n from '@vscode/l10n';
import { changeList, titledList } from './changeList';
import type { Dialog } from './model';
import { poolTitle } from './poolTexts';
import { el } from './render/view';
import type { View } from './render/view';

export function importView({ pool, plan, problems }: Extract<Dialog, { kind: 'import' }>): readonly View[] {
  const { add, change, same } = plan;
  return [
    el(
      'p',
      {},
      add.length + change.length === 0
        ? l10n.t('There is nothing to take over.')
        : l10n.t('The pairs go into the draft of {0}. Nothing is saved before you save.', poolTitle(pool)),
    ),
    ...titledList(
      'problems',
      l10n.t('Left out'),
      problems.map((problem) => el('li', { dir: 'auto' }, problem)),
    ),
    ...changeList(
      l10n.t('Add'),
      add.map((pair) => ({ verb: 'add', ...pair })),
    ),
    ...changeList(
      l10n.t('Change'),
      change.map((pair) => ({ verb: 'change', ...pair })),
    ),
    same === 0
      ? undefined
      : el('p', {}, same === 1 ? l10n.t('1 pair is the same.') : l10n.t('{0} pairs are the same.', same)),
  ];
}
