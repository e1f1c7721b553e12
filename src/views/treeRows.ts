// What the rows and tooltips of the tree say, by what they stand for. Part of TreeModel.
import { moveOf } from '../hyperv/hostOrder';
import type { HostRecord, HostStore } from '../hyperv/hostStore';
import { isLastKnown, rowVm, rowVms } from '../hyperv/lastKnown';
import { isReadInPart } from '../hyperv/partialVms';
import type { CheckpointRows } from './checkpointRows';
import type { HypervNode } from './nodes';
import { groupRow, groupTooltip } from './presentationGroup';
import { hostRow, hostTooltip, infoRow, noMatchRow } from './presentationHost';
import { lastKnownServiceRow, lastKnownTooltip, lastKnownVmRow } from './presentationLastKnown';
import { pairsRow, pairsTooltip } from './presentationPairs';
import { serviceRow, serviceTooltip } from './presentationService';
import { vmRow, vmTooltip } from './presentationVm';
import type { Row } from './row';
import type { ShownVms } from './shownVms';
import { troubledOf } from './vmLists';
import type { VmLists } from './vmLists';

export interface TreeRowsOptions {
  readonly store: HostStore;
  readonly shown: ShownVms;
  readonly lists: VmLists;
  readonly checkpoints: CheckpointRows | undefined;
}

export class TreeRows {
  constructor(private readonly about: TreeRowsOptions) {}

  /** undefined when the store no longer has what the node stands for. */
  row(node: HypervNode): Row | undefined {
    const host = this.about.store.host(node.hostId);
    if (host === undefined) return undefined;
    if (node.kind === 'host')
      return hostRow(host, moveOf(this.about.store.hosts(), node.hostId), this.about.shown.of(host)?.size);
    if (node.kind === 'info') return hidesAll(host) ? noMatchRow(host) : infoRow(host);
    if (node.kind === 'group') {
      const group = this.about.lists.group(host, node.key);
      return group && groupRow(group, host.definition.name, this.about.lists.hasSign(host, group));
    }
    const vm = rowVm(host, node.vmId);
    if (vm === undefined) return undefined;
    const isOld = isLastKnown(host, node.vmId);
    switch (node.kind) {
      case 'vm':
        return isOld ? lastKnownVmRow(vm) : vmRow(vm, host.definition.kind);
      case 'service':
        return isOld ? lastKnownServiceRow(vm, node.service) : serviceRow(vm, node.service);
      case 'pairs':
        return pairsRow(vm);
      case 'checkpoints':
      case 'checkpoint':
      case 'checkpointNote':
        return this.about.checkpoints?.row(node, vm, host.definition.name);
    }
  }

  /** Markdown; undefined when the store no longer has what the node stands for. */
  tooltip(node: HypervNode): string | undefined {
    const host = this.about.store.host(node.hostId);
    if (host === undefined) return undefined;
    if (node.kind === 'host' || node.kind === 'info') return hostTooltip(host);
    if (node.kind === 'group') {
      const group = this.about.lists.group(host, node.key);
      return group && groupTooltip(group, host.definition.name, [...troubledOf(host, group)]);
    }
    const vm = rowVm(host, node.vmId);
    if (vm === undefined) return undefined;
    if (host.lastKnown !== undefined && isLastKnown(host, node.vmId)) return lastKnownTooltip(vm, host.lastKnown);
    switch (node.kind) {
      case 'vm':
        return vmTooltip(vm, host.definition.name);
      case 'service':
        return serviceTooltip(vm, node.service);
      case 'pairs':
        return pairsTooltip(vm);
      case 'checkpoints':
      case 'checkpoint':
      case 'checkpointNote':
        return this.about.checkpoints?.tooltip(node, vm);
    }
  }
}

/** Whether only the filter hides all VMs, which it cannot tell of those that are read in part. */
function hidesAll(host: HostRecord): boolean {
  return host.status.kind !== 'failed' && rowVms(host).size > 0 && !isReadInPart(host);
}
