// Which VMs of each host the filter lets through. Remembered, so that a change of one VM costs one comparison, and one
// that turns nothing redraws nothing.
import { filterTest } from '../domain/vmFilter';
import type { TreeFilter } from '../domain/vmFilter';
import type { VmId, VmRecord } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { HostRecord } from '../hyperv/hostStore';
import { isLastKnown, rowVm, rowVms } from '../hyperv/lastKnown';
import { searchableVm } from './vmSearch';

interface Known {
  readonly vms: HostRecord['vms'];
  readonly lastKnown: HostRecord['lastKnown'];
  readonly hostName: string;
  readonly ids: ReadonlySet<VmId>;
}

export class ShownVms {
  #filter: TreeFilter | undefined;
  readonly #known = new Map<HostId, Known>();

  constructor(filter: TreeFilter | undefined) {
    this.#filter = filter;
  }

  /** undefined while every VM is shown. */
  of(host: HostRecord): ReadonlySet<VmId> | undefined {
    if (this.#filter === undefined) return undefined;
    const known = this.#known.get(host.definition.id);
    const isSame = known?.vms === host.vms && known.lastKnown === host.lastKnown;
    if (isSame && known.hostName === host.definition.name) return known.ids;
    const passes = this.#test(host);
    const ids = new Set([...rowVms(host).values()].filter(passes).map(({ id }) => id));
    this.#remember(host, ids);
    return ids;
  }

  /** Takes a change of VMs. True when one of them came into sight or went out of it. */
  follow(host: HostRecord, changed: readonly VmId[]): boolean {
    if (this.#filter === undefined) return false;
    const before = this.#known.get(host.definition.id)?.ids;
    if (before === undefined) return true;
    const passes = this.#test(host);
    const turned = changed.filter((id) => {
      const vm = rowVm(host, id);
      return before.has(id) !== (vm !== undefined && passes(vm));
    });
    const ids = new Set(before);
    for (const id of turned) {
      if (!ids.delete(id)) ids.add(id);
    }
    this.#remember(host, turned.length === 0 ? before : ids);
    return turned.length > 0;
  }

  /** @returns the hosts below which other VMs are shown from now on */
  use(filter: TreeFilter | undefined, hosts: readonly HostRecord[]): HostRecord[] {
    const before = new Map(hosts.map((host) => [host, this.of(host)]));
    this.#filter = filter;
    this.#known.clear();
    return hosts.filter((host) => rowVms(host).size > 0 && !sameIds(before.get(host), this.of(host)));
  }

  forgetAllBut(hosts: readonly HostRecord[]): void {
    const kept = new Set(hosts.map(({ definition }) => definition.id));
    for (const id of this.#known.keys()) {
      if (!kept.has(id)) this.#known.delete(id);
    }
  }

  #test(host: HostRecord): (vm: VmRecord) => boolean {
    if (this.#filter === undefined) return () => true;
    const passes = filterTest(this.#filter, (vm) => searchableVm(vm, host.definition.name));
    if (this.#filter.kind !== 'attention') return passes;
    // What was wrong then is no news of now.
    return (vm) => passes(vm) && !isLastKnown(host, vm.id);
  }

  #remember({ definition, vms, lastKnown }: HostRecord, ids: ReadonlySet<VmId>): void {
    this.#known.set(definition.id, { vms, lastKnown, hostName: definition.name, ids });
  }
}

function sameIds(a: ReadonlySet<VmId> | undefined, b: ReadonlySet<VmId> | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && [...a].every((id) => b.has(id));
}
