// What a view is made of: plain values that describe elements, made anew for each drawing and compared by draw.ts.

export type Handler = (event: Event) => void;

/**
 * `true` sets an attribute without a value; undefined and false leave it away. A function is the handler of the event
 * that it is named for (`onclick`). `value` is what stands in the field, not the attribute.
 */
export type Attributes = Readonly<Record<string, string | number | boolean | Handler | undefined>>;

export interface ElementView {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly View[];
}

/** A part of a list that keeps its element wherever it moves, and is drawn again only when one of `uses` is another. */
export interface PartView {
  readonly key: string | number;
  readonly uses: readonly unknown[];
  readonly draw: () => ElementView;
}

/** A string is text, whatever it contains. undefined draws nothing and keeps the place of what may stand there. */
export type View = ElementView | PartView | string | undefined;

export function el(tag: string, attributes: Attributes, ...children: readonly (View | readonly View[])[]): ElementView {
  return { tag, attributes, children: children.flat() };
}

export function part(key: PartView['key'], uses: readonly unknown[], draw: () => ElementView): PartView {
  return { key, uses, draw };
}
