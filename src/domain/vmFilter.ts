// Which VMs a person looks for: by typed words, by state, or those that need attention. Pure.
import { isTroubled } from './heartbeat';
import { integrationServiceKeys, isFailing } from './integrationServices';
import type { VmRecord } from './vm';

/** What the tree is narrowed to. Kept between windows: {@link parseTreeFilter} reads it back. */
export type TreeFilter =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'state'; readonly state: FilterState }
  | { readonly kind: 'attention' };

/** States in which a VM rests; the others are over before anybody has chosen them. */
export const filterStates = ['running', 'off', 'saved', 'paused'] as const;
export type FilterState = (typeof filterStates)[number];

/** undefined for what is no filter of ours, such as that of another version. */
export function parseTreeFilter(value: unknown): TreeFilter | undefined {
  const { kind, text, state } = Object(value) as Readonly<Record<string, unknown>>;
  if (kind === 'attention') return { kind };
  if (kind === 'text') return typeof text === 'string' && text.trim() !== '' ? { kind, text } : undefined;
  const known = filterStates.find((one) => one === state);
  return kind === 'state' && known !== undefined ? { kind, state: known } : undefined;
}

/** A guest that is in trouble, a service that fails, or a state nobody knows: what has a sign in the tree. */
export function needsAttention({ state, heartbeat, services }: VmRecord): boolean {
  if (state === 'unknown') return true;
  if (state !== 'running') return false;
  return (
    isTroubled(heartbeat) ||
    integrationServiceKeys.some((key) => services[key].enabled === true && isFailing(services[key].status))
  );
}

/** What can be found of a VM, ready to be compared. */
export interface Searchable {
  readonly name: string;
  readonly rest: string;
}

/** @param others what is shown beside the name */
export function searchable(name: string, others: readonly string[]): Searchable {
  return { name: folded(name), rest: folded(others.join('\n')) };
}

export interface Query {
  readonly whole: string;
  readonly words: readonly string[];
}

/** Typed text. Nothing typed finds everything. */
export function queryOf(text: string): Query {
  const words = folded(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  return { whole: words.join(' '), words };
}

/** How well a VM fits, best first. */
export const ranks = { nameBegins: 0, nameWordBegins: 1, inName: 2, elsewhere: 3 } as const;
export type Rank = (typeof ranks)[keyof typeof ranks];

/** undefined unless each word is in the name or in what is shown beside it. */
export function rankOf({ whole, words }: Query, { name, rest }: Searchable): Rank | undefined {
  if (!words.every((word) => name.includes(word) || rest.includes(word))) return undefined;
  if (name.startsWith(whole)) return ranks.nameBegins;
  if (!words.every((word) => name.includes(word))) return ranks.elsewhere;
  return beginsWord(name, whole) ? ranks.nameWordBegins : ranks.inName;
}

/** @param words of a VM; asked for only by a filter of text */
export function filterTest(filter: TreeFilter, words: (vm: VmRecord) => Searchable): (vm: VmRecord) => boolean {
  switch (filter.kind) {
    case 'text': {
      const query = queryOf(filter.text);
      return (vm) => rankOf(query, words(vm)) !== undefined;
    }
    case 'state':
      return ({ state }) => state === filter.state;
    case 'attention':
      return needsAttention;
  }
}

/** `lab-dc01` has a word that begins with `dc`. */
function beginsWord(name: string, text: string): boolean {
  for (let at = name.indexOf(text); at > 0; at = name.indexOf(text, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(name.charAt(at - 1))) return true;
  }
  return false;
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
