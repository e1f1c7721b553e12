// What stands below each host: its VMs in order, or groups of them. Remembered, so that an event costs as little as it
// changes, and told apart from what VS Code has drawn.
import { needsAttention } from '../domain/vmFilter';
import type { GroupBy, Grouping } from '../domain/vmGrouping';
import type { VmId, VmRecord } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { HostRecord } from '../hyperv/hostStore';
import { isLastKnown, rowVm, rowVms } from '../hyperv/lastKnown';
import { kindOf, VmGroups } from './vmGroups';
import type { VmGroup } from './vmGroups';
import { vmsInOrder } from './vmOrder';

export interface VmList {
  /** In order, without those that the filter keeps out. */
  readonly ids: readonly VmId[];
  /** Empty when the VMs stand below the host itself. */
  readonly groups: ReadonlyMap<string, VmGroup>;
  /** Which group a VM is in. */
  readonly groupOf: ReadonlyMap<VmId, VmGroup>;
}

interface Known {
  /** What it was made of. */
  readonly vms: HostRecord['vms'];
  readonly lastKnown: HostRecord['lastKnown'];
  readonly shown: ReadonlySet<VmId> | undefined;
  readonly list: VmList;
  /** By which each VM was grouped. */
  readonly kinds: ReadonlyMap<VmId, string | undefined>;
  /** Groups, by their keys, with a VM that needs attention; made when asked for. */
  readonly signs: Map<string, boolean>;
}

interface Memory {
  /** Of all VMs of the host, whatever the filter. */
  order: readonly VmId[];
  /** Of all VMs, and of those that the filter lets through: a filter leaves no trace where it was cut without one. */
  groups: VmGroups;
  filtered: VmGroups;
  known: Known | undefined;
  /** What VS Code was told last of what is below the host. */
  drawn: VmList | undefined;
}

export class VmLists {
  #grouping: Grouping;
  readonly #memories = new Map<HostId, Memory>();

  /** @param shown which VMs of a host the filter lets through; undefined for all */
  constructor(
    grouping: Grouping,
    private readonly shown: (host: HostRecord) => ReadonlySet<VmId> | undefined,
  ) {
    this.#grouping = grouping;
  }

  /** As it is now. */
  of(host: HostRecord): VmList {
    return this.#known(host).list;
  }

  /**
   * As it is now, for VS Code, which has just forgotten everything below the host. Rows of groups are to be answered from
   * {@link drawn} until then: VS Code refuses a VM in two groups, which one that moves would be if its new group were
   * asked for before the old one is forgotten.
   */
  draw(host: HostRecord): VmList {
    const { list } = this.#known(host);
    this.#memory(host).drawn = list;
    return list;
  }

  drawn(host: HostRecord): VmList {
    return this.#memory(host).drawn ?? this.draw(host);
  }

  isDrawn({ definition }: HostRecord, key: string): boolean {
    return this.#memories.get(definition.id)?.drawn?.groups.has(key) ?? false;
  }

  /** As it is drawn, or as it will be. */
  group(host: HostRecord, key: string): VmGroup | undefined {
    return this.#memory(host).drawn?.groups.get(key) ?? this.of(host).groups.get(key);
  }

  /** True when a VM of the group needs attention. */
  hasSign(host: HostRecord, group: VmGroup): boolean {
    const { signs } = this.#known(host);
    const known = signs.get(group.key);
    if (known !== undefined) return known;
    const sign = signOf(host, group);
    signs.set(group.key, sign);
    return sign;
  }

  /**
   * Takes a change of VMs.
   * @param others true when VMs came, went or were renamed, or came into sight or went out of it
   * @returns groups whose sign has turned, or 'list' when VMs stand in another order or in other groups
   */
  follow(host: HostRecord, changed: readonly VmId[], others: boolean): 'list' | VmGroup[] {
    const memory = this.#memory(host);
    const { known } = memory;
    if (others || (known !== undefined && changed.some((id) => this.#moved(host, known, id)))) {
      memory.known = undefined;
      return 'list';
    }
    // Nobody has asked since it was another list, and is answered with the new one.
    if (known === undefined) return [];
    memory.known = { ...known, vms: host.vms, lastKnown: host.lastKnown };
    const groups = new Set(changed.flatMap((id) => known.list.groupOf.get(id) ?? []));
    return [...groups].filter((group) => {
      const before = known.signs.get(group.key);
      if (before === undefined) return false;
      known.signs.set(group.key, signOf(host, group));
      return known.signs.get(group.key) !== before;
    });
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  useGrouping(grouping: Grouping): void {
    if (grouping.by !== this.#grouping.by) this.#memories.clear();
    this.#grouping = grouping;
    this.useFilter();
  }

  /** The filter lets other VMs through. */
  useFilter(): void {
    for (const memory of this.#memories.values()) {
      memory.known = undefined;
      memory.filtered = new VmGroups();
    }
  }

  forgetAllBut(hosts: readonly HostRecord[]): void {
    const kept = new Set(hosts.map(({ definition }) => definition.id));
    for (const id of this.#memories.keys()) {
      if (!kept.has(id)) this.#memories.delete(id);
    }
  }

  #moved(host: HostRecord, { kinds }: Known, id: VmId): boolean {
    if (!kinds.has(id)) return false;
    const vm = rowVm(host, id);
    return vm === undefined || kindOf(vm, this.#grouping.by) !== kinds.get(id);
  }

  #known(host: HostRecord): Known {
    const memory = this.#memory(host);
    const shown = this.shown(host);
    const { known } = memory;
    if (known?.vms === host.vms && known.lastKnown === host.lastKnown && known.shown === shown) return known;
    return (memory.known = this.#read(host, memory, shown));
  }

  #read(host: HostRecord, memory: Memory, shown: ReadonlySet<VmId> | undefined): Known {
    const { by, above } = this.#grouping;
    const all = vmsInOrder(rowVms(host), memory.order);
    memory.order = all.map(({ id }) => id);
    const vms = shown === undefined ? all : all.filter(({ id }) => shown.has(id));
    const isLarge = by !== 'none' && vms.length > above;
    const groups = isLarge ? (shown === undefined ? memory.groups : memory.filtered).of(vms, by) : [];
    const list = listOf(
      vms.map(({ id }) => id),
      // One alone would only be in the way.
      groups.length > 1 ? groups : [],
    );
    return {
      vms: host.vms,
      lastKnown: host.lastKnown,
      shown,
      list,
      kinds: kindsOf(isLarge ? vms : [], by),
      signs: new Map(),
    };
  }

  #memory({ definition }: HostRecord): Memory {
    const known = this.#memories.get(definition.id);
    if (known !== undefined) return known;
    const memory: Memory = {
      order: [],
      groups: new VmGroups(),
      filtered: new VmGroups(),
      known: undefined,
      drawn: undefined,
    };
    this.#memories.set(definition.id, memory);
    return memory;
  }
}

function listOf(ids: readonly VmId[], groups: readonly VmGroup[]): VmList {
  const groupOf = new Map<VmId, VmGroup>();
  for (const group of groups) for (const id of group.ids) groupOf.set(id, group);
  return { ids, groups: new Map(groups.map((group) => [group.key, group])), groupOf };
}

/** Nothing that a VM does by itself takes it out of a range of names. */
function kindsOf(vms: readonly VmRecord[], by: GroupBy): Map<VmId, string | undefined> {
  const kinds = new Map<VmId, string | undefined>();
  if (by !== 'name') for (const vm of vms) kinds.set(vm.id, kindOf(vm, by));
  return kinds;
}

function signOf(host: HostRecord, group: VmGroup): boolean {
  return troubledOf(host, group).next().done !== true;
}

/** What was wrong when a VM was last seen is no news of now. */
export function* troubledOf(host: HostRecord, { ids }: VmGroup): Generator<VmRecord> {
  for (const id of ids) {
    const vm = host.vms.get(id);
    if (vm !== undefined && needsAttention(vm) && !isLastKnown(host, id)) yield vm;
  }
}
