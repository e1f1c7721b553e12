// The groups below a host with many VMs: by ranges of names, by state or by tag. Remembers for its host where ranges of
// names were cut.
import * as l10n from '@vscode/l10n';
import { stateGroupOf, stateGroups, tagOf } from '../domain/vmGrouping';
import type { GroupBy, StateGroup } from '../domain/vmGrouping';
import type { VmId, VmRecord } from '../domain/vm';
import { nameRanges, rangeTitles } from './nameRanges';
import type { Cut } from './nameRanges';
import { compareTexts } from './vmOrder';

export interface VmGroup {
  /** Stable while VMs come and go; unlike those of other groups of the host. */
  readonly key: string;
  readonly title: string;
  /** A codicon. */
  readonly icon: string;
  /** Which its VMs are in, where they are grouped by that. */
  readonly state?: StateGroup | undefined;
  /** In order. */
  readonly ids: readonly VmId[];
}

/** VMs of one kind, before those of a large kind are cut into ranges. */
interface Kind {
  readonly key: string;
  /** Empty where ranges of names need no other word. */
  readonly title: string;
  readonly icon: string;
  readonly state?: StateGroup;
  readonly vms: readonly VmRecord[];
}

/**
 * Rows that an open group may have: VS Code asks for all of them in one go, which for 10,000 would take 100 ms and more.
 * A state or a tag of more than twice as many VMs is cut into ranges of names.
 */
const kindSize = 250;

/** Tags of a host that are groups; the rest of a host with a tag for nearly each VM stands together. */
const mostTags = 200;

export class VmGroups {
  readonly #cuts = new Map<string, readonly Cut[]>();

  /** @param ordered in the order of the tree */
  of(ordered: readonly VmRecord[], by: Exclude<GroupBy, 'none'>): VmGroup[] {
    return kindsOf(ordered, by).flatMap((kind) => this.#groupsOf(kind, by));
  }

  #groupsOf(kind: Kind, by: GroupBy): VmGroup[] {
    const key = `${by}/${kind.key}`;
    const ranges = nameRanges(kind.vms, by === 'name' ? rangeSize(kind.vms.length) : kindSize, this.#cuts.get(key));
    this.#cuts.set(
      key,
      ranges.flatMap(({ cut }) => (cut === undefined ? [] : { id: cut.id, name: cut.name })),
    );
    const titles = rangeTitles(ranges);
    return ranges.map(({ cut, vms }, nth) => ({
      // With the name, as a VM that was renamed may begin another range while this one is still where it was.
      key: cut === undefined ? key : `${key}/${cut.id}/${cut.name}`,
      title: titleOf(kind.title, ranges.length > 1 || kind.title === '' ? titles[nth] : undefined),
      icon: kind.icon,
      state: kind.state,
      ids: vms.map(({ id }) => id),
    }));
  }
}

/** What a VM stands below by its own state or notes. */
export function kindOf(vm: VmRecord, by: GroupBy): string | undefined {
  if (by === 'state') return stateGroupOf(vm.state);
  return by === 'tag' ? tagOf(vm.notes) : undefined;
}

/** About as many ranges as VMs in each: 200 VMs have 10 groups, 500 have 15, 10,000 have 67. */
function rangeSize(vms: number): number {
  return Math.min(150, Math.max(20, Math.round(Math.sqrt(vms) * 1.5)));
}

function titleOf(kind: string, range: string | undefined): string {
  if (range === undefined) return kind;
  return kind === '' ? range : l10n.t('{0}: {1}', kind, range);
}

function kindsOf(ordered: readonly VmRecord[], by: Exclude<GroupBy, 'none'>): Kind[] {
  switch (by) {
    case 'name':
      return [{ key: '', title: '', icon: rangeIcon, vms: ordered }];
    case 'state':
      return stateKinds(ordered);
    case 'tag':
      return tagKinds(ordered);
  }
}

function stateKinds(ordered: readonly VmRecord[]): Kind[] {
  const byState = split(ordered, ({ state }) => stateGroupOf(state));
  return stateGroups.flatMap((key) => {
    const vms = byState.get(key);
    return vms === undefined ? [] : { key, title: stateGroupTitle(key), icon: stateGroupIcons[key], state: key, vms };
  });
}

/** In order of the tags; then what has a tag that few share, where there are too many, and last what has none. */
function tagKinds(ordered: readonly VmRecord[]): Kind[] {
  // An empty one stands for none.
  const byTag = split(ordered, ({ notes }) => tagOf(notes) ?? '');
  const untagged = byTag.get('');
  byTag.delete('');
  const bySize = [...byTag].sort(([a, some], [b, others]) => others.length - some.length || compareTexts(a, b));
  const own = bySize.slice(0, mostTags).sort(([a], [b]) => compareTexts(a, b));
  const others = new Set(bySize.slice(mostTags).flatMap(([, vms]) => vms));
  return [
    ...own.map(([tag, vms]) => ({ key: `#${tag}`, title: `#${tag}`, icon: 'tag', vms })),
    ...(others.size === 0
      ? []
      : [{ key: 'others', title: l10n.t('Other tags'), icon: 'tag', vms: ordered.filter((vm) => others.has(vm)) }]),
    ...(untagged === undefined ? [] : [{ key: 'none', title: l10n.t('No tag'), icon: rangeIcon, vms: untagged }]),
  ];
}

function split<K>(vms: readonly VmRecord[], keyOf: (vm: VmRecord) => K): Map<K, VmRecord[]> {
  const parts = new Map<K, VmRecord[]>();
  for (const vm of vms) {
    const key = keyOf(vm);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [vm]);
    else part.push(vm);
  }
  return parts;
}

const rangeIcon = 'list-unordered';

/** As the rows below have them. */
const stateGroupIcons: Readonly<Record<StateGroup, string>> = {
  running: 'vm-running',
  paused: 'debug-pause',
  saved: 'vm',
  off: 'vm-outline',
  unknown: 'question',
};

/** A title, where rows have a fact: hence the capital. */
function stateGroupTitle(group: StateGroup): string {
  switch (group) {
    case 'running':
      return l10n.t('Running');
    case 'paused':
      return l10n.t('Paused');
    case 'saved':
      return l10n.t('Saved');
    case 'off':
      return l10n.t('Off');
    case 'unknown':
      return l10n.t('State not known');
  }
}
