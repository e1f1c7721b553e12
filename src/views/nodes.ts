// The tree's nodes: identities only, everything shown about them is looked up in the store.
import type { CheckpointId } from '../domain/checkpoints/checkpoint';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import type { VmId } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';

export interface HostNode {
  readonly kind: 'host';
  readonly id: string;
  readonly hostId: HostId;
}

/** Some of the VMs of a host that has many. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly hostId: HostId;
  /** Of the group among those of the host. */
  readonly key: string;
}

export interface VmNode {
  readonly kind: 'vm';
  readonly id: string;
  readonly hostId: HostId;
  readonly vmId: VmId;
}

export interface ServiceNode {
  readonly kind: 'service';
  readonly id: string;
  readonly hostId: HostId;
  readonly vmId: VmId;
  readonly service: IntegrationServiceKey;
}

/** Opens the editor of the VM's data exchange pairs. */
export interface PairsNode {
  readonly kind: 'pairs';
  readonly id: string;
  readonly hostId: HostId;
  readonly vmId: VmId;
}

/** The checkpoints of a VM, read when somebody opens it. */
export interface CheckpointsNode {
  readonly kind: 'checkpoints';
  readonly id: string;
  readonly hostId: HostId;
  readonly vmId: VmId;
}

export interface CheckpointNode {
  readonly kind: 'checkpoint';
  readonly id: string;
  readonly hostId: HostId;
  readonly vmId: VmId;
  readonly checkpointId: CheckpointId;
}

/** Stands for checkpoints that are not there, or not yet. */
export interface CheckpointNoteNode {
  readonly kind: 'checkpointNote';
  readonly id: string;
  readonly hostId: HostId;
  readonly vmId: VmId;
}

/** The row below a host that has no VMs to show. */
export interface InfoNode {
  readonly kind: 'info';
  readonly id: string;
  readonly hostId: HostId;
}

export type HypervNode =
  | HostNode
  | GroupNode
  | VmNode
  | ServiceNode
  | PairsNode
  | InfoNode
  | CheckpointsNode
  | CheckpointNode
  | CheckpointNoteNode;

/**
 * One object per id. VS Code knows nodes by object identity (extHostTreeViews.ts): an event with an equal but other
 * object is ignored without a word.
 */
export class NodeRegistry {
  readonly #nodes = new Map<string, HypervNode>();

  host(hostId: HostId): HostNode {
    return this.#get({ kind: 'host', id: `host/${hostId}`, hostId });
  }

  group(hostId: HostId, key: string): GroupNode {
    return this.#get({ kind: 'group', id: `group/${hostId}/${key}`, hostId, key });
  }

  vm(hostId: HostId, vmId: VmId): VmNode {
    return this.#get({ kind: 'vm', id: `vm/${hostId}/${vmId}`, hostId, vmId });
  }

  service(hostId: HostId, vmId: VmId, service: IntegrationServiceKey): ServiceNode {
    return this.#get({ kind: 'service', id: `service/${hostId}/${vmId}/${service}`, hostId, vmId, service });
  }

  pairs(hostId: HostId, vmId: VmId): PairsNode {
    return this.#get({ kind: 'pairs', id: `pairs/${hostId}/${vmId}`, hostId, vmId });
  }

  checkpoints(hostId: HostId, vmId: VmId): CheckpointsNode {
    return this.#get({ kind: 'checkpoints', id: `checkpoints/${hostId}/${vmId}`, hostId, vmId });
  }

  checkpoint(hostId: HostId, vmId: VmId, checkpointId: CheckpointId): CheckpointNode {
    const id = `checkpoint/${hostId}/${vmId}/${checkpointId}`;
    return this.#get({ kind: 'checkpoint', id, hostId, vmId, checkpointId });
  }

  checkpointNote(hostId: HostId, vmId: VmId): CheckpointNoteNode {
    return this.#get({ kind: 'checkpointNote', id: `checkpointNote/${hostId}/${vmId}`, hostId, vmId });
  }

  info(hostId: HostId): InfoNode {
    return this.#get({ kind: 'info', id: `info/${hostId}`, hostId });
  }

  /** Drops nodes of hosts and VMs that are gone; called when the tree's structure changed. */
  retain(exists: (node: HypervNode) => boolean): void {
    for (const [id, node] of this.#nodes) {
      if (!exists(node)) this.#nodes.delete(id);
    }
  }

  get size(): number {
    return this.#nodes.size;
  }

  #get<N extends HypervNode>(fresh: N): N {
    const known = this.#nodes.get(fresh.id);
    if (known !== undefined) return known as N;
    this.#nodes.set(fresh.id, fresh);
    return fresh;
  }
}

/** Narrows what a command got as an argument: menus pass nodes, other extensions may pass anything. */
export function isHypervNode(value: unknown): value is HypervNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    ['host', 'group', 'vm', 'service', 'pairs', 'info', 'checkpoints', 'checkpoint', 'checkpointNote'].includes(
      String(value.kind),
    ) &&
    'hostId' in value
  );
}
