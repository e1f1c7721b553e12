// The tree without VS Code: which nodes there are, and which of them a change of the store touches.
import { integrationServiceKeys } from '../domain/integrationServices';
import type { VmId } from '../domain/vm';
import type { TreeFilter } from '../domain/vmFilter';
import { defaultGrouping } from '../domain/vmGrouping';
import type { Grouping } from '../domain/vmGrouping';
import type { HostStore, StoreChange } from '../hyperv/hostStore';
import { isLastKnown, rowVm, rowVms } from '../hyperv/lastKnown';
import { CheckpointRows, isCheckpointNode } from './checkpointRows';
import type { CheckpointSource } from './checkpointRows';
import type { GroupNode, HypervNode, NodeRegistry, VmNode } from './nodes';
import type { Row } from './row';
import { ShownVms } from './shownVms';
import { inTreeOrder } from './treeOrder';
import { TreeRows } from './treeRows';
import type { VmGroup } from './vmGroups';
import { VmLists } from './vmLists';

export class TreeModel {
  readonly #shown: ShownVms;
  readonly #checkpoints: CheckpointRows | undefined;
  readonly #lists: VmLists;
  readonly #rows: TreeRows;

  /** @param filter which VMs are shown at first; missing for all of them */
  constructor(
    private readonly store: HostStore,
    private readonly nodes: NodeRegistry,
    filter?: TreeFilter,
    grouping: Grouping = defaultGrouping,
    checkpoints?: CheckpointSource,
  ) {
    this.#shown = new ShownVms(filter);
    this.#checkpoints = checkpoints && new CheckpointRows(checkpoints, nodes);
    this.#lists = new VmLists(grouping, (host) => this.#shown.of(host));
    this.#rows = new TreeRows({ store, shown: this.#shown, lists: this.#lists, checkpoints: this.#checkpoints });
  }

  /** undefined asks for the hosts. Immediate: a host that is not read yet answers with a row that says so. */
  children(node: HypervNode | undefined): HypervNode[] {
    if (node === undefined) return this.store.hosts().map(({ definition }) => this.nodes.host(definition.id));
    switch (node.kind) {
      case 'host':
        return this.#belowHost(node.hostId);
      case 'group':
        return this.members(node);
      case 'vm':
        return [
          ...integrationServiceKeys.map((key) => this.nodes.service(node.hostId, node.vmId, key)),
          ...(this.#isLastKnown(node) ? [] : [this.nodes.pairs(node.hostId, node.vmId)]),
          ...(this.#checkpoints === undefined || this.#isLastKnown(node)
            ? []
            : [this.nodes.checkpoints(node.hostId, node.vmId)]),
        ];
      case 'checkpoints':
      case 'checkpoint':
      case 'checkpointNote':
        return this.#checkpoints?.children(node, this.store.vm(node.hostId, node.vmId)) ?? [];
      case 'service':
      case 'pairs':
      case 'info':
        return [];
    }
  }

  /** undefined for the root's children. */
  parent(node: HypervNode): HypervNode | undefined {
    switch (node.kind) {
      case 'host':
        return undefined;
      case 'group':
      case 'info':
        return this.nodes.host(node.hostId);
      case 'vm': {
        const host = this.store.host(node.hostId);
        const group = host && this.#lists.of(host).groupOf.get(node.vmId);
        return group === undefined ? this.nodes.host(node.hostId) : this.nodes.group(node.hostId, group.key);
      }
      case 'service':
      case 'pairs':
        return this.nodes.vm(node.hostId, node.vmId);
      case 'checkpoints':
      case 'checkpoint':
      case 'checkpointNote':
        return this.#checkpoints?.parent(node) ?? this.nodes.vm(node.hostId, node.vmId);
    }
  }

  /** See TreeRows. */
  row(node: HypervNode): Row | undefined {
    return this.#rows.row(node);
  }

  /** See TreeRows. */
  tooltip(node: HypervNode): string | undefined {
    return this.#rows.tooltip(node);
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
        this.#lists.forgetAllBut(this.store.hosts());
        return 'root';
      case 'host':
        return [this.nodes.host(change.hostId)];
      case 'vms':
        return this.#changedRows(change.hostId, change.changed, change.structure);
    }
  }

  /** Narrows the tree, or shows every VM again. Returns what to redraw: the hosts below which there is a difference. */
  use(filter: TreeFilter | undefined): HypervNode[] {
    const hosts = this.#shown.use(filter, this.store.hosts());
    this.#lists.useFilter();
    return hosts.map(({ definition }) => this.nodes.host(definition.id));
  }

  /** Groups the VMs of large hosts in another way. Returns what to redraw: the hosts that had, or get, groups. */
  group(grouping: Grouping): HypervNode[] {
    const { by, above } = this.#lists.grouping;
    if (by === grouping.by && above === grouping.above) return [];
    const least = Math.min(by === 'none' ? Infinity : above, grouping.by === 'none' ? Infinity : grouping.above);
    this.#lists.useGrouping(grouping);
    return this.store
      .hosts()
      .filter((host) => (this.#shown.of(host) ?? rowVms(host)).size > least)
      .map(({ definition }) => this.nodes.host(definition.id));
  }

  /** How many VMs the filter lets through, of how many. */
  counts(): { readonly shown: number; readonly all: number } {
    const hosts = this.store.hosts().filter(({ lastKnown }) => lastKnown === undefined);
    return {
      shown: hosts.reduce((sum, host) => sum + (this.#shown.of(host) ?? host.vms).size, 0),
      all: hosts.reduce((sum, { vms }) => sum + vms.size, 0),
    };
  }

  /** False for a row which the filter keeps out. */
  isShown(node: HypervNode): boolean {
    if (node.kind === 'host' || node.kind === 'info' || node.kind === 'group') return true;
    const host = this.store.host(node.hostId);
    return host !== undefined && (this.#shown.of(host)?.has(node.vmId) ?? true);
  }

  /** These nodes from top to bottom, as they are drawn. */
  inOrder(nodes: readonly HypervNode[]): HypervNode[] {
    return inTreeOrder(nodes, this.store.hosts(), (host) => this.#lists.drawn(host));
  }

  /** The VMs of a group, as its row says; empty when it is gone. */
  members({ hostId, key }: GroupNode): VmNode[] {
    const host = this.store.host(hostId);
    const ids = host && this.#lists.drawn(host).groups.get(key)?.ids;
    return (ids ?? []).filter((id) => host && rowVm(host, id)).map((id) => this.nodes.vm(hostId, id));
  }

  #changedRows(hostId: string, changed: readonly VmId[], structure: boolean): HypervNode[] {
    const host = this.store.host(hostId);
    if (host === undefined) return [];
    const turned = this.#shown.follow(host, changed);
    const touched = this.#lists.follow(host, changed, structure || turned);
    if (structure) this.#forgetTheGone();
    if (touched === 'list') return [this.nodes.host(hostId)];
    const shown = this.#shown.of(host);
    const rows = changed.filter((vmId) => shown?.has(vmId) ?? true).map((vmId) => this.nodes.vm(hostId, vmId));
    return [...touched.map(({ key }) => this.nodes.group(hostId, key)), ...rows];
  }

  #belowHost(hostId: string): HypervNode[] {
    const host = this.store.host(hostId);
    if (host === undefined) return [];
    const { ids, groups } = this.#lists.draw(host);
    this.#forgetGroups(hostId, groups);
    const rows =
      groups.size === 0
        ? ids.map((id) => this.nodes.vm(hostId, id))
        : [...groups.keys()].map((key) => this.nodes.group(hostId, key));
    // Why the rows below it may not be true, and what helps.
    return rows.length === 0 || host.status.kind === 'failed' ? [this.nodes.info(hostId), ...rows] : rows;
  }

  #isLastKnown({ hostId, vmId }: VmNode): boolean {
    const host = this.store.host(hostId);
    return host !== undefined && isLastKnown(host, vmId);
  }

  /** Those that are not drawn any more. */
  #forgetGroups(hostId: string, groups: ReadonlyMap<string, VmGroup>): void {
    this.nodes.retain((node) => node.kind !== 'group' || node.hostId !== hostId || groups.has(node.key));
  }

  #forgetTheGone(): void {
    this.nodes.retain((node) => {
      const host = this.store.host(node.hostId);
      if (host === undefined) return false;
      if (node.kind === 'host' || node.kind === 'info') return true;
      if (node.kind === 'group') return this.#lists.isDrawn(host, node.key);
      if (node.kind === 'pairs' && isLastKnown(host, node.vmId)) return false;
      if (isCheckpointNode(node) && this.#checkpoints?.exists(node) !== true) return false;
      return rowVm(host, node.vmId) !== undefined;
    });
  }
}
