// The tree without VS Code: which nodes there are, what their rows show, and which of them a change of the store touches.
import { integrationServiceKeys } from '../domain/integrationServices';
import type { VmId } from '../domain/vm';
import type { TreeFilter } from '../domain/vmFilter';
import { moveOf } from '../hyperv/hostOrder';
import type { HostRecord, HostStore, StoreChange } from '../hyperv/hostStore';
import type { HypervNode, NodeRegistry } from './nodes';
import { pairsRow, pairsTooltip } from './presentationPairs';
import { hostRow, hostTooltip, infoRow, noMatchRow } from './presentationHost';
import { serviceRow, serviceTooltip } from './presentationService';
import { vmRow, vmTooltip } from './presentationVm';
import type { Row } from './row';
import { ShownVms } from './shownVms';
import { compareVms } from './vmOrder';

export class TreeModel {
  readonly #shown: ShownVms;

  /** @param filter which VMs are shown at first; missing for all of them */
  constructor(
    private readonly store: HostStore,
    private readonly nodes: NodeRegistry,
    filter?: TreeFilter,
  ) {
    this.#shown = new ShownVms(filter);
  }

  /** undefined asks for the hosts. Immediate: a host that is not read yet answers with a row that says so. */
  children(node: HypervNode | undefined): HypervNode[] {
    if (node === undefined) return this.store.hosts().map(({ definition }) => this.nodes.host(definition.id));
    switch (node.kind) {
      case 'host':
        return this.#vmsOf(node.hostId);
      case 'vm':
        return [
          ...integrationServiceKeys.map((key) => this.nodes.service(node.hostId, node.vmId, key)),
          this.nodes.pairs(node.hostId, node.vmId),
        ];
      case 'service':
      case 'pairs':
      case 'info':
        return [];
    }
  }

  /** undefined when the store no longer has what the node stands for. */
  row(node: HypervNode): Row | undefined {
    const host = this.store.host(node.hostId);
    if (host === undefined) return undefined;
    if (node.kind === 'host') return hostRow(host, moveOf(this.store.hosts(), node.hostId), this.#shown.of(host)?.size);
    if (node.kind === 'info') return hasTrueVms(host) ? noMatchRow(host) : infoRow(host);
    const vm = host.vms.get(node.vmId);
    if (vm === undefined) return undefined;
    switch (node.kind) {
      case 'vm':
        return vmRow(vm);
      case 'service':
        return serviceRow(vm, node.service);
      case 'pairs':
        return pairsRow(vm);
    }
  }

  /** Markdown; undefined when the store no longer has what the node stands for. */
  tooltip(node: HypervNode): string | undefined {
    const host = this.store.host(node.hostId);
    if (host === undefined) return undefined;
    if (node.kind === 'host' || node.kind === 'info') return hostTooltip(host);
    const vm = host.vms.get(node.vmId);
    if (vm === undefined) return undefined;
    switch (node.kind) {
      case 'vm':
        return vmTooltip(vm, host.definition.name);
      case 'service':
        return serviceTooltip(vm, node.service);
      case 'pairs':
        return pairsTooltip(vm);
    }
  }

  /**
   * What to redraw after a change: rows, or 'root' when hosts came or went. A redrawn row brings its open children
   * with it.
   */
  touched(change: StoreChange): 'root' | HypervNode[] {
    switch (change.kind) {
      case 'hosts':
        this.#forgetTheGone();
        this.#shown.forgetAllBut(this.store.hosts());
        return 'root';
      case 'host':
        return [this.nodes.host(change.hostId)];
      case 'vms':
        if (change.structure) this.#forgetTheGone();
        return this.#changedRows(change.hostId, change.changed, change.structure);
    }
  }

  /** Narrows the tree, or shows every VM again. Returns what to redraw: the hosts below which there is a difference. */
  use(filter: TreeFilter | undefined): HypervNode[] {
    return this.#shown.use(filter, this.store.hosts()).map(({ definition }) => this.nodes.host(definition.id));
  }

  /** How many VMs the filter lets through, of how many. */
  counts(): { readonly shown: number; readonly all: number } {
    const hosts = this.store.hosts().filter(hasTrueVms);
    return {
      shown: hosts.reduce((sum, host) => sum + (this.#shown.of(host) ?? host.vms).size, 0),
      all: hosts.reduce((sum, { vms }) => sum + vms.size, 0),
    };
  }

  /** False for a row which the filter keeps out. */
  isShown(node: HypervNode): boolean {
    if (node.kind === 'host' || node.kind === 'info') return true;
    const host = this.store.host(node.hostId);
    return host !== undefined && (this.#shown.of(host)?.has(node.vmId) ?? true);
  }

  #changedRows(hostId: string, changed: readonly VmId[], structure: boolean): HypervNode[] {
    const host = this.store.host(hostId);
    if (host === undefined) return [];
    const turned = this.#shown.follow(host, changed);
    if (structure || turned) return [this.nodes.host(hostId)];
    const shown = this.#shown.of(host);
    return changed.filter((vmId) => shown?.has(vmId) ?? true).map((vmId) => this.nodes.vm(hostId, vmId));
  }

  #vmsOf(hostId: string): HypervNode[] {
    const host = this.store.host(hostId);
    if (host === undefined) return [];
    const shown = this.#shown.of(host);
    const vms = hasTrueVms(host) ? [...host.vms.values()].filter(({ id }) => shown?.has(id) ?? true) : [];
    if (vms.length === 0) return [this.nodes.info(hostId)];
    return vms.sort(compareVms).map((vm) => this.nodes.vm(hostId, vm.id));
  }

  #forgetTheGone(): void {
    this.nodes.retain((node) => {
      const host = this.store.host(node.hostId);
      if (host === undefined) return false;
      return node.kind === 'host' || node.kind === 'info' || host.vms.has(node.vmId);
    });
  }
}

/** VMs of an earlier answer may be out of date by now: better none than wrong ones. */
function hasTrueVms({ status, vms }: HostRecord): boolean {
  return status.kind !== 'failed' && vms.size > 0;
}
