// Names of many VMs in a question. Pure.
import * as l10n from '@vscode/l10n';

/** In a modal, one a line: what people read before they press a button, and what fits above it on a small screen. */
export const namesInModal = 10;

/** In the sentence of a notification, which VS Code cuts after a few lines. */
export const namesInSentence = 5;

/** The first of them and, as the last entry, how many more there are; never "1 more", which takes the place of a name. */
export function firstNames(names: readonly string[], limit: number): string[] {
  if (names.length <= limit + 1) return [...names];
  return [...names.slice(0, limit), l10n.t('and {0} more', names.length - limit)];
}
