// The part of the tree below *Checkpoints*: which nodes there are and what their rows show. Used by TreeModel.
import type { VmRecord } from '../domain/vm';
import type { CheckpointCache, CheckpointView } from '../hyperv/checkpointCache';
import type { CheckpointNode, CheckpointNoteNode, CheckpointsNode, HypervNode, NodeRegistry } from './nodes';
import {
  checkpointNoteRow,
  checkpointRow,
  checkpointsRow,
  checkpointsTooltip,
  checkpointTooltip,
} from './presentationCheckpoint';
import type { Row } from './row';

type AnyNode = CheckpointsNode | CheckpointNode | CheckpointNoteNode;

/** The node *Checkpoints* of a VM, and those below it. */
export function isCheckpointNode(node: HypervNode): node is AnyNode {
  return node.kind === 'checkpoints' || node.kind === 'checkpoint' || node.kind === 'checkpointNote';
}

export type CheckpointSource = Pick<CheckpointCache, 'peek' | 'look'>;

export class CheckpointRows {
  constructor(
    private readonly source: CheckpointSource,
    private readonly nodes: NodeRegistry,
  ) {}

  /** Opening *Checkpoints* is the look at which they are read. */
  children(node: AnyNode, vm: VmRecord | undefined): AnyNode[] {
    if (node.kind === 'checkpointNote' || vm === undefined) return [];
    const { hostId, vmId } = node;
    if (node.kind === 'checkpoint') {
      const tree = this.source.peek(hostId, vmId)?.known?.tree;
      return (tree?.children.get(node.checkpointId) ?? []).map((id) => this.nodes.checkpoint(hostId, vmId, id));
    }
    const view = this.source.look(hostId, vmId);
    const roots = (view.known?.tree.roots ?? []).map((id) => this.nodes.checkpoint(hostId, vmId, id));
    const hasNote = checkpointNoteRow(vm, '', view) !== undefined;
    return hasNote ? [this.nodes.checkpointNote(hostId, vmId), ...roots] : roots;
  }

  parent(node: AnyNode): AnyNode | undefined {
    const { hostId, vmId } = node;
    if (node.kind === 'checkpoints') return undefined;
    const parent =
      node.kind === 'checkpoint'
        ? this.source.peek(hostId, vmId)?.known?.tree.parents.get(node.checkpointId)
        : undefined;
    return parent === undefined ? this.nodes.checkpoints(hostId, vmId) : this.nodes.checkpoint(hostId, vmId, parent);
  }

  row(node: AnyNode, vm: VmRecord, hostName: string): Row | undefined {
    const view = this.#peek(node);
    switch (node.kind) {
      case 'checkpoints':
        return checkpointsRow(vm, view);
      case 'checkpointNote':
        return checkpointNoteRow(vm, hostName, view ?? { isReading: false });
      case 'checkpoint': {
        const checkpoint = view?.known?.tree.byId.get(node.checkpointId);
        return checkpoint && view?.known && checkpointRow(vm, view.known, checkpoint);
      }
    }
  }

  tooltip(node: AnyNode, vm: VmRecord): string | undefined {
    const view = this.#peek(node);
    if (node.kind === 'checkpoints') return checkpointsTooltip(vm, view);
    const checkpoint = node.kind === 'checkpoint' ? view?.known?.tree.byId.get(node.checkpointId) : undefined;
    return checkpoint && view?.known && checkpointTooltip(vm, view.known, checkpoint);
  }

  /** False for a checkpoint that is gone. */
  exists(node: AnyNode): boolean {
    return node.kind !== 'checkpoint' || this.#peek(node)?.known?.tree.byId.has(node.checkpointId) === true;
  }

  #peek({ hostId, vmId }: AnyNode): CheckpointView | undefined {
    return this.source.peek(hostId, vmId);
  }
}
