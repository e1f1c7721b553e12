// Cuts a list of VMs that is in order into ranges of neighbours of about one size. Where it is cut is remembered: as VMs
// come and go, a range keeps its place, so that one that is open stays open.
import type { VmRecord } from '../domain/vm';
import { compareTexts, compareVms } from './vmOrder';

/** What a VM is ordered by. The first VM of a range as it was when the range was made; that VM may be gone by now. */
export type Cut = Pick<VmRecord, 'id' | 'name'>;

export interface NameRange {
  /** Missing for the first range, which begins with whatever is first. */
  readonly cut: Cut | undefined;
  /** In order, at least one. */
  readonly vms: readonly VmRecord[];
}

/**
 * @param ordered in the order of the tree
 * @param size of a range when it is made; one is cut again when it has more than twice as many, and joins the one before
 * when both together have less than half of it
 * @param cuts as they were before, in order
 */
export function nameRanges(ordered: readonly VmRecord[], size: number, cuts: readonly Cut[] = []): NameRange[] {
  return joined(divided(ordered, cuts), size).flatMap((range) => cutAnew(range, size));
}

/** Ranges without any VM are left out. */
function divided(ordered: readonly VmRecord[], cuts: readonly Cut[]): NameRange[] {
  const begins = [0, ...cuts.map((cut) => placeOf(ordered, cut)), ordered.length];
  return [undefined, ...cuts].flatMap((cut, nth) => {
    const vms = ordered.slice(begins[nth], begins[nth + 1]);
    return vms.length === 0 ? [] : { cut, vms };
  });
}

/** How many come before it. */
function placeOf(ordered: readonly VmRecord[], cut: Cut): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const vm = ordered[middle];
    if (vm !== undefined && compareVms(vm, cut) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joined(ranges: readonly NameRange[], size: number): NameRange[] {
  const result: NameRange[] = [];
  for (const range of ranges) {
    const before = result.at(-1);
    if (before !== undefined && before.vms.length + range.vms.length < size / 2)
      result[result.length - 1] = { cut: before.cut, vms: [...before.vms, ...range.vms] };
    else result.push(range);
  }
  return result;
}

function cutAnew({ cut, vms }: NameRange, size: number): NameRange[] {
  if (vms.length <= size * 2) return [{ cut, vms }];
  const ranges: NameRange[] = [];
  let begin = 0;
  while (vms.length - begin > size * 1.5) {
    const least = Math.ceil(size * 0.6);
    const most = Math.min(begin + Math.floor(size * 1.4), vms.length - least);
    const end = bestCut(vms, begin + least, most, begin + size);
    ranges.push({ cut: begin === 0 ? cut : vms[begin], vms: vms.slice(begin, end) });
    begin = end;
  }
  return [...ranges, { cut: begin === 0 ? cut : vms[begin], vms: vms.slice(begin) }];
}

/** Where two neighbours have the least in common: between letters rather than words, between words rather than numbers. */
function bestCut(vms: readonly VmRecord[], from: number, to: number, wish: number): number {
  let best = wish;
  let least = Infinity;
  for (let at = from; at <= to; at++) {
    const common = commonLength(vms[at - 1]?.name ?? '', vms[at]?.name ?? '');
    if (common < least || (common === least && Math.abs(at - wish) < Math.abs(best - wish))) {
      best = at;
      least = common;
    }
  }
  return best;
}

function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  for (let at = 0; at < most; at++) if (a.charAt(at).toLowerCase() !== b.charAt(at).toLowerCase()) return at;
  return most;
}

/** Names longer than this would leave no room for the count. */
const longestName = 24;

/** "A–C" where no neighbour has VMs of these letters, else "web-01 … web-40". */
export function rangeTitles(ranges: readonly NameRange[]): string[] {
  return ranges.map(({ vms }, nth) => {
    const first = vms[0]?.name ?? '';
    const last = vms.at(-1)?.name ?? '';
    const before = ranges[nth - 1]?.vms.at(-1)?.name;
    const after = ranges[nth + 1]?.vms[0]?.name;
    if (sharesLetter(before, first) || sharesLetter(last, after)) return span(shortened(first), ' … ', shortened(last));
    return span(letterOf(first), '–', letterOf(last));
  });
}

function sharesLetter(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && compareTexts(letterOf(a), letterOf(b)) === 0;
}

function span(from: string, to: string, until: string): string {
  return from === until ? from : `${from}${to}${until}`;
}

/** The first character, of two UTF-16 units for many an emoji. */
function letterOf(name: string): string {
  return String.fromCodePoint(name.codePointAt(0) ?? 0x20).toUpperCase();
}

function shortened(name: string): string {
  const characters = Array.from(name.slice(0, (longestName + 1) * 2));
  return characters.length > longestName ? `${characters.slice(0, longestName - 1).join('')}…` : name;
}
