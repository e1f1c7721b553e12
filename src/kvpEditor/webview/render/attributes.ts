// Brings the attributes of an element from one view to the next.
import type { Attributes } from './view';

export function setAttributes(element: Element, before: Attributes, after: Attributes): void {
  for (const name in before) if (!(name in after)) set(element, name, undefined);
  for (const name in after) {
    const value = after[name];
    // A person may have typed since: what stands in the field is compared, not what the last view said.
    if (name === 'value' || value !== before[name]) set(element, name, value);
  }
}

function set(element: Element, name: string, value: Attributes[string]): void {
  const properties = element as unknown as Record<string, unknown>;
  if (name.startsWith('on')) properties[name] = value;
  else if (name === 'value') {
    // Setting it, even to the same text, would move the caret.
    if (properties[name] !== value) properties[name] = value;
  } else if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}
