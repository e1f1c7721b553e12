// What was wrong with a text that was imported. Kinds only; sentences are made at the surface.

export type TextProblem =
  | { readonly kind: 'notJson' | 'notPairs' }
  /** A JSON item without a key, or whose value is no text; `item`: its key, or its number from 1. */
  | { readonly kind: 'notText'; readonly item: string }
  /** A line of a .env text that is no assignment; from 1. */
  | { readonly kind: 'notAssignment' | 'openQuote'; readonly line: number };
