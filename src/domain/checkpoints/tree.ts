// The tree of a VM's checkpoints from their flat list. Whatever a host says of parents, each checkpoint is in it once.
import type { Checkpoint, CheckpointId } from './checkpoint';

export interface CheckpointTree {
  /** Those without a parent that is shown: usually one, the oldest. */
  readonly roots: readonly CheckpointId[];
  readonly byId: ReadonlyMap<CheckpointId, Checkpoint>;
  /** Of checkpoints that have some. */
  readonly children: ReadonlyMap<CheckpointId, readonly CheckpointId[]>;
  /** The shown parent; missing for a root. */
  readonly parents: ReadonlyMap<CheckpointId, CheckpointId>;
}

export function checkpointTree(checkpoints: readonly Checkpoint[]): CheckpointTree {
  const byId = new Map<CheckpointId, Checkpoint>();
  for (const checkpoint of [...checkpoints].sort(byAge))
    if (!byId.has(checkpoint.id)) byId.set(checkpoint.id, checkpoint);
  const roots: CheckpointId[] = [];
  const children = new Map<CheckpointId, CheckpointId[]>();
  const parents = new Map<CheckpointId, CheckpointId>();
  for (const { id, parentId } of byId.values()) {
    // A parent that is gone, and one that would close a circle, is none.
    if (parentId === null || !byId.has(parentId) || leadsTo(parents, parentId, id)) {
      roots.push(id);
      continue;
    }
    parents.set(id, parentId);
    const siblings = children.get(parentId);
    if (siblings === undefined) children.set(parentId, [id]);
    else siblings.push(id);
  }
  return { roots, byId, children, parents };
}

/** A checkpoint and all that came after it, parents first. */
export function subtreeOf({ byId, children }: CheckpointTree, id: CheckpointId): readonly Checkpoint[] {
  const found: Checkpoint[] = [];
  const open = [id];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const checkpoint = byId.get(next);
    if (checkpoint === undefined) continue;
    found.push(checkpoint);
    open.unshift(...(children.get(next) ?? []));
  }
  return found;
}

function leadsTo(parents: ReadonlyMap<CheckpointId, CheckpointId>, from: CheckpointId, to: CheckpointId): boolean {
  for (let at: CheckpointId | undefined = from; at !== undefined; at = parents.get(at)) if (at === to) return true;
  return false;
}

/** Oldest first; those without a date last, so that the order does not depend on the host's. */
function byAge(a: Checkpoint, b: Checkpoint): number {
  return (
    (a.createdAtMs ?? Number.MAX_SAFE_INTEGER) - (b.createdAtMs ?? Number.MAX_SAFE_INTEGER) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}
