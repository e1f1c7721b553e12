// Buttons as VS Code draws them: with words, or with a picture whose name is read and shown at the pointer.
import { icons } from './icons';
import { el } from './render/view';
import type { ElementView } from './render/view';

interface IconButton {
  readonly icon: keyof typeof icons;
  readonly label: string;
  /** What events.ts does with a click. */
  readonly act: string;
  /** Out of the order of Tab, where the keyboard has another way. */
  readonly pointerOnly?: boolean;
}

export function iconButton({ icon, label, act, pointerOnly }: IconButton): ElementView {
  return el(
    'button',
    {
      type: 'button',
      class: 'icon',
      'data-act': act,
      'aria-label': label,
      title: label,
      tabindex: pointerOnly ? -1 : undefined,
    },
    icons[icon],
  );
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

export function textButton(button: TextButton): ElementView {
  return el(
    'button',
    {
      type: 'button',
      id: button.id,
      class: button.primary ? 'primary' : 'secondary',
      'aria-disabled': button.disabled ? 'true' : undefined,
      'aria-describedby': button.describedBy,
      autofocus: button.first,
      onclick: button.onClick,
    },
    button.label,
  );
}
