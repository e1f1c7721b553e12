// Text of guests and other administrators on the page: isolated, with its own direction, and only ever as text.
import * as l10n from '@vscode/l10n';
import { el } from './render/view';
import type { ElementView } from './render/view';
import { codeName, textParts } from './visibleText';

export function textView(text: string): ElementView {
  return el(
    'bdi',
    { dir: 'auto', class: 'text' },
    textParts(text).map((part) =>
      typeof part === 'string' ? part : el('span', { class: 'code' }, codeName(part.code)),
    ),
  );
}

/** A value, which unlike a key may be empty. */
export function valueView(text: string): ElementView {
  return text === '' ? el('span', { class: 'nothing' }, l10n.t('empty')) : textView(text);
}

/** For screen readers only. */
export function hiddenText(text: string): ElementView {
  return el('span', { class: 'hidden' }, text);
}
