// Text of guests and other administrators on the page: isolated, with its own direction, and only ever as text.
import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { codeName, textParts } from './visibleText';

export function textView(text: string): TemplateResult {
  return html`<bdi dir="auto" class="text"
    >${textParts(text).map((part) =>
      typeof part === 'string' ? part : html`<span class="code">${codeName(part.code)}</span>`,
    )}</bdi
  >`;
}
