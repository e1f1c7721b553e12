// The words for a filter of the tree, the same in the view and in the list to choose from.
import * as l10n from '@vscode/l10n';
import type { TreeFilter } from '../domain/vmFilter';
import { stateText } from './stateTexts';

/** A fact: it stands before a count. */
export function filterText(filter: TreeFilter): string {
  switch (filter.kind) {
    case 'text':
      return l10n.t('"{0}"', filter.text);
    case 'state':
      return stateText(filter.state);
    case 'attention':
      return l10n.t('needs attention');
  }
}
