// What can be done with checkpoints right now; menus, quick picks and commands ask here, so that they never disagree.
import type { HostWork } from '../health/facts';
import { isTransitional } from '../powerStates';
import type { VmState } from '../powerStates';
import type { CheckpointType } from '../vm';
import type { Checkpoint, CheckpointId, CheckpointReading } from './checkpoint';
import { subtreeOf } from './tree';
import type { CheckpointTree } from './tree';

export type CheckpointAction = 'create' | 'apply' | 'rename' | 'delete' | 'deleteSubtree';

/** Why an action is not offered; its sentence is in texts.ts. */
export type CheckpointRefusal =
  /** The VM is set to make none. */
  | 'disabled'
  /** Disks are merged after an earlier deletion. */
  | 'merging'
  /** The host makes, applies or deletes a checkpoint, or exports or moves the VM. */
  | 'busy'
  /** The VM changes its state. */
  | 'changing'
  /** The host reports a state we do not know. */
  | 'unknownState'
  /** It belongs to a backup or to replication, which would miss it. */
  | 'notOurs'
  /** The host lists it and no longer has it. */
  | 'missing';

/** undefined when a checkpoint can be made. */
export function createRefusal(vm: {
  readonly state: VmState;
  readonly checkpointType: CheckpointType;
  readonly work?: readonly HostWork[];
}): CheckpointRefusal | undefined {
  if (vm.checkpointType === 'disabled') return 'disabled';
  return vmRefusal(vm.state, vm.work ?? []);
}

/** undefined when the action is allowed. Renaming changes a name and no disk, so it is always. */
export function checkpointRefusal(
  { vmState, work }: Pick<CheckpointReading, 'vmState' | 'work'>,
  { purpose }: Pick<Checkpoint, 'purpose'>,
  action: Exclude<CheckpointAction, 'create'>,
): CheckpointRefusal | undefined {
  if (purpose === 'missing') return 'missing';
  if (purpose !== 'person') return 'notOurs';
  return action === 'rename' ? undefined : vmRefusal(vmState, work);
}

/** As {@link checkpointRefusal}, for a checkpoint with all that came after it: each of them has to be a person's own. */
export function subtreeRefusal(
  reading: Pick<CheckpointReading, 'vmState' | 'work'>,
  tree: CheckpointTree,
  id: CheckpointId,
): CheckpointRefusal | undefined {
  const refusals = subtreeOf(tree, id).map((one) => checkpointRefusal(reading, one, 'deleteSubtree'));
  return refusals.find((refusal) => refusal !== undefined);
}

function vmRefusal(state: VmState, work: readonly HostWork[]): CheckpointRefusal | undefined {
  if (work.includes('mergingDisks')) return 'merging';
  if (work.some((each) => each !== 'waitingToStart')) return 'busy';
  if (isTransitional(state)) return 'changing';
  return state === 'unknown' ? 'unknownState' : undefined;
}

/** Whether applying needs the VM to be saved first: the host applies a checkpoint to one that does not run. */
export function mustBeSaved(state: VmState): boolean {
  return state === 'running' || state === 'paused';
}
