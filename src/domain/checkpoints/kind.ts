// Which type a checkpoint is. Hyper-V does not keep what was asked for: only what is in the checkpoint tells.
import type { VmState } from '../powerStates';
import type { Checkpoint } from './checkpoint';

/**
 * `standard`: with the memory of the guest. `production`: its files at rest, without memory. `offline`: of a VM that was
 * off, so that both are the same. `withoutMemory`: one of the last two, the host does not tell which.
 */
export type CheckpointKind = 'standard' | 'production' | 'offline' | 'withoutMemory' | 'unknown';

/** Of any checkpoint that the host lists. */
export function kindOf({ hasMemory, setting }: Pick<Checkpoint, 'hasMemory' | 'setting'>): CheckpointKind {
  if (hasMemory === null) return 'unknown';
  if (hasMemory) return 'standard';
  // A VM that runs and is set to make standard ones would have left its memory.
  return setting === 'standard' ? 'offline' : 'withoutMemory';
}

/** What a person asks for. `productionOnly`: none at all rather than a standard one. */
export type WantedType = 'standard' | 'production' | 'productionOnly';

/** What became of a request. */
export type Verdict =
  /** The type that was asked for. */
  | 'asWanted'
  /** A production checkpoint was asked for, and the host made a standard one. */
  | 'fellBack'
  /** The VM was off or saved: there was nothing to bring to rest, and types do not differ. */
  | 'noDifference'
  /** A standard checkpoint was asked for, and memory is not in it. */
  | 'withoutMemory'
  /** It is there, and nobody can say what it is. */
  | 'unknown';

/** @param before state of the VM when the host was asked */
export function verdictOn(wanted: WantedType, before: VmState, made: Pick<Checkpoint, 'hasMemory'>): Verdict {
  if (before === 'off' || before === 'saved') return 'noDifference';
  if (made.hasMemory === null || (before !== 'running' && before !== 'paused')) return 'unknown';
  if (wanted === 'standard') return made.hasMemory ? 'asWanted' : 'withoutMemory';
  return made.hasMemory ? 'fellBack' : 'asWanted';
}

/**
 * The checkpoint that is new since an earlier reading; undefined when there is none, or several of which nobody knows
 * which one was asked for.
 */
export function newCheckpoint(
  before: readonly Checkpoint[],
  after: readonly Checkpoint[],
  currentId: string | null,
): Checkpoint | undefined {
  const known = new Set(before.map(({ id }) => id));
  const fresh = after.filter(({ id, purpose }) => !known.has(id) && purpose === 'person');
  // The VM goes on from the one that was made last.
  return fresh.length === 1 ? fresh[0] : fresh.find(({ id }) => id === currentId);
}
