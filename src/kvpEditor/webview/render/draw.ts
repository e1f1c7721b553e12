// Makes the document follow the views. What is the same is left alone, so that focus, caret and scrolling stay.
import { setAttributes } from './attributes';
import { putInOrder } from './order';
import type { Attributes, ElementView, PartView, View } from './view';

type Key = PartView['key'];

/** What a view became. */
interface Drawn {
  readonly key: Key;
  readonly node: Element | Text;
  readonly attributes: Attributes;
  readonly children: readonly Drawn[];
  /** Of a part. */
  readonly uses?: readonly unknown[];
}

/** Draws into the element, each time over what it drew before. */
export function drawerOf(root: Element): (views: readonly View[]) => void {
  let drawn: readonly Drawn[] = [];
  return (views) => {
    drawn = drawChildren(root, drawn, views);
  };
}

/** A view meets what was drawn with its key; one without a key what stood at its place. */
function drawChildren(parent: Element, before: readonly Drawn[], views: readonly View[]): readonly Drawn[] {
  const known = new Map(before.map((drawn) => [drawn.key, drawn]));
  const after: Drawn[] = [];
  for (const [place, view] of views.entries()) {
    if (view === undefined) continue;
    const key = typeof view === 'object' && 'key' in view ? view.key : place;
    after.push(draw(key, view, known.get(key)));
    // Should a key come twice, the second is a part of its own.
    known.delete(key);
  }
  putInOrder(
    parent,
    after.map(({ node }) => node),
  );
  return after;
}

function draw(key: Key, view: Exclude<View, undefined>, known: Drawn | undefined): Drawn {
  if (typeof view === 'string') return drawText(key, view, known?.node);
  if ('tag' in view) return drawElement(key, view, known);
  const { uses } = view;
  if (known?.uses?.every((use, index) => use === uses[index])) return known;
  return { ...drawElement(key, view.draw(), known), uses };
}

/** A text node and nothing else: nothing that a guest wrote becomes markup. */
function drawText(key: Key, text: string, known: Node | undefined): Drawn {
  const node = known instanceof Text ? known : document.createTextNode(text);
  if (node.data !== text) node.data = text;
  return { key, node, attributes: {}, children: [] };
}

function drawElement(key: Key, { tag, attributes, children }: ElementView, known: Drawn | undefined): Drawn {
  const isSame = known?.node instanceof Element && known.node.localName === tag;
  const node = isSame ? known.node : create(tag);
  setAttributes(node, isSame ? known.attributes : {}, attributes);
  return { key, node, attributes, children: drawChildren(node, isSame ? known.children : [], children) };
}

function create(tag: string): Element {
  return tag === 'svg' || tag === 'path'
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(tag);
}
