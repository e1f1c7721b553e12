// As much of a document as the page's drawing touches, for tests without a browser. A node that is taken out of its
// parent loses the focus, as in a browser; moving it takes it out, too.

class SmallNode {
  parentNode: SmallElement | null = null;

  get nextSibling(): SmallNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  contains(other: SmallNode | null): boolean {
    return other !== null && (other === this || this.contains(other.parentNode));
  }

  remove(): void {
    const { parentNode } = this;
    if (parentNode === null) return;
    if (this.contains(smallDocument.activeElement)) smallDocument.activeElement = null;
    parentNode.childNodes.splice(parentNode.childNodes.indexOf(this), 1);
    this.parentNode = null;
  }

  before(node: SmallNode): void {
    this.parentNode?.insertBefore(node, this);
  }
}

export class SmallText extends SmallNode {
  constructor(public data: string) {
    super();
  }
}

export class SmallElement extends SmallNode {
  readonly childNodes: SmallNode[] = [];
  readonly attributes = new Map<string, string>();
  onclick: (() => void) | undefined;
  #value = '';
  /** How often the field's value was set by a script, which moves the caret. */
  timesSet = 0;

  constructor(
    readonly localName: string,
    readonly namespace = 'html',
  ) {
    super();
  }

  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    this.#value = value;
    this.timesSet += 1;
  }

  /** As a person does it. */
  type(text: string): void {
    this.#value = text;
  }

  focus(): void {
    smallDocument.activeElement = this;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  insertBefore(node: SmallNode, next: SmallNode | null): void {
    node.remove();
    node.parentNode = this;
    this.childNodes.splice(next === null ? this.childNodes.length : this.childNodes.indexOf(next), 0, node);
  }

  append(...nodes: SmallNode[]): void {
    for (const node of nodes) this.insertBefore(node, null);
  }

  get firstChild(): SmallNode | null {
    return this.childNodes[0] ?? null;
  }

  get elements(): SmallElement[] {
    return this.childNodes.filter((node) => node instanceof SmallElement);
  }

  /** All text in it. */
  get textContent(): string {
    return this.childNodes
      .map((node) => (node instanceof SmallElement ? node.textContent : node instanceof SmallText ? node.data : ''))
      .join('');
  }
}

export const smallDocument = {
  activeElement: null as SmallElement | null,
  createElement: (tag: string): SmallElement => new SmallElement(tag),
  createElementNS: (namespace: string, tag: string): SmallElement => new SmallElement(tag, namespace),
  createTextNode: (data: string): SmallText => new SmallText(data),
};

/** Puts it in the place of the browser's; gives the way back. */
export function installSmallDocument(): () => void {
  const before = ['document', 'Element', 'Text'].map((name) => [name, Reflect.get(globalThis, name)] as const);
  Object.assign(globalThis, { document: smallDocument, Element: SmallElement, Text: SmallText });
  smallDocument.activeElement = null;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(globalThis, name);
      else Reflect.set(globalThis, name, value);
    }
  };
}
