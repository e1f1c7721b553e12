// The tree without VS Code: which nodes there are, what their rows show, and which of them a change of the store touches.
import { integrationServiceKeys } from '../domain/integrationServices';
import { moveOf } from '../hyperv/hostOrder';
import type { HostStore, StoreChange } from '../hyperv/hostStore';
import type { HypervNode, NodeRegistry } from './nodes';
import { pairsRow, pairsTooltip } from './presentationPairs';
import { hostRow, hostTooltip, infoRow } from './presentationHost';
import { serviceRow, serviceTooltip } from './presentationService';
import { vmRow, vmTooltip } from './presentationVm';
import type { Row } from './row';
import { compareVms } from './vmOrder';

export class TreeModel {
  constructor(
    private readonly store: HostStore,
    private readonly nodes: NodeRegistry,
  ) {}

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
    if (node.kind === 'host') return hostRow(host, moveOf(this.store.hosts(), node.hostId));
    if (node.kind === 'info') return infoRow(host);
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
        return 'root';
      case 'host':
        return [this.nodes.host(change.hostId)];
      case 'vms':
        if (!change.structure) return change.changed.map((vmId) => this.nodes.vm(change.hostId, vmId));
        this.#forgetTheGone();
        return [this.nodes.host(change.hostId)];
    }
  }

  #vmsOf(hostId: string): HypervNode[] {
    const host = this.store.host(hostId);
    if (host === undefined) return [];
    // VMs of an earlier answer may be out of date by now: better none than wrong ones.
    if (host.status.kind === 'failed' || host.vms.size === 0) return [this.nodes.info(hostId)];
    return [...host.vms.values()].sort(compareVms).map((vm) => this.nodes.vm(hostId, vm.id));
  }

  #forgetTheGone(): void {
    this.nodes.retain((node) => {
      const host = this.store.host(node.hostId);
      if (host === undefined) return false;
      return node.kind === 'host' || node.kind === 'info' || host.vms.has(node.vmId);
    });
  }
}
