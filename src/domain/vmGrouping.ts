// By what the VMs of a large host stand together in the tree, and the tag that their notes give them. Pure.
import type { VmState } from './powerStates';

/** Values of the setting, in the order in which they are offered. */
export const groupings = ['name', 'state', 'tag', 'none'] as const;
export type GroupBy = (typeof groupings)[number];

export interface Grouping {
  readonly by: GroupBy;
  /** A host that shows more VMs than this has groups. */
  readonly above: number;
}

/** Equals the defaults in package.json. More rows than this are slow to paint (VS Code draws open ones off-screen too). */
export const defaultGrouping: Grouping = { by: 'name', above: 200 };

/** The settings as somebody wrote them, which may be anything: what makes no sense is as good as not set. */
export function parseGrouping(by: unknown, above: unknown): Grouping {
  return {
    by: groupings.find((one) => one === by) ?? defaultGrouping.by,
    above: typeof above === 'number' && above >= 0 ? above : defaultGrouping.above,
  };
}

/**
 * Groups of states, in order. Whatever a VM that is on does next, it stays in its group until it has done it: on the way
 * from off to running it would otherwise pass through three.
 */
export const stateGroups = ['running', 'paused', 'saved', 'off', 'unknown'] as const;
export type StateGroup = (typeof stateGroups)[number];

export function stateGroupOf(state: VmState): StateGroup {
  return stateGroups.find((one) => one === state) ?? 'running';
}

/**
 * A word that begins with `#` and a letter, so that no number of a ticket and no heading is one. Letters, digits, `_` and
 * `-` belong to it, 40 at most: notes may be anything.
 */
const tagPattern = /(?<!\S)#(\p{L}[\p{L}\p{M}\p{N}_-]{0,39})/u;

/** The first tag of a VM's notes in lower case, without `#`: a VM has one row, so it stands in one group. */
export function tagOf(notes: string): string | undefined {
  if (!notes.includes('#')) return undefined;
  return tagPattern.exec(notes)?.[1]?.normalize('NFC').toLowerCase();
}
