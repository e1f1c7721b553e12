// Buttons as VS Code draws them: with words, or with a picture whose name is read and shown at the pointer.
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { icons } from './icons';

interface IconButton {
  readonly icon: keyof typeof icons;
  readonly label: string;
  /** What events.ts does with a click. */
  readonly act: string;
  /** Out of the order of Tab, where the keyboard has another way. */
  readonly pointerOnly?: boolean;
}

export function iconButton({ icon, label, act, pointerOnly = false }: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="icon"
    data-act=${act}
    aria-label=${label}
    title=${label}
    tabindex=${pointerOnly ? -1 : nothing}
  >
    <svg viewBox="0 0 16 16" aria-hidden="true">${icons[icon]}</svg>
  </button>`;
}

interface TextButton {
  readonly label: string;
  readonly onClick: () => void;
  readonly id?: string;
  readonly primary?: boolean;
  /** Still reached by Tab, so that its reason is read. */
  readonly disabled?: boolean;
  /** Id of the element that says more. */
  readonly describedBy?: string;
  /** Gets the focus when its dialog opens. */
  readonly first?: boolean;
}

export function textButton(button: TextButton): TemplateResult {
  return html`<button
    type="button"
    id=${button.id ?? nothing}
    class=${button.primary ? 'primary' : 'secondary'}
    aria-disabled=${button.disabled ? 'true' : nothing}
    aria-describedby=${button.describedBy ?? nothing}
    ?autofocus=${button.first ?? false}
    @click=${button.onClick}
  >
    ${button.label}
  </button>`;
}
