// What is asked of one pool, and what became of it, pair by pair.
import type { HyperVErrorReason } from '../errors';
import type { KvpPair } from './pools';

/** Each key at most once over all three lists. */
export interface KvpChanges {
  readonly add: readonly KvpPair[];
  readonly change: readonly KvpPair[];
  readonly remove: readonly KvpRemoval[];
}

export interface KvpRemoval {
  readonly key: string;
  /** A renamed pair: removed only once this key was written, so that a refusal never loses the value. */
  readonly renamedTo?: string;
}

export type KvpVerb = 'add' | 'change' | 'remove';

/**
 * `already`: the host had it like that before it was asked. `refused`: the host or its guest said no, and the pool is as
 * it was. `unknown`: nobody heard the answer, and a reading does not show the pair as it was asked for; the host may still
 * be at work on it. `notTried`: depends on a pair that was refused, or the save ended before its turn.
 */
export type KvpOutcome = 'written' | 'already' | 'refused' | 'unknown' | 'notTried';

export interface KvpPairOutcome {
  readonly verb: KvpVerb;
  readonly key: string;
  readonly outcome: KvpOutcome;
  /** Why it was refused, or why nobody knows. */
  readonly reason?: HyperVErrorReason;
  /** The host's own text, for the log and for display as a quotation. */
  readonly hostMessage?: string;
}

export function isDone({ outcome }: KvpPairOutcome): boolean {
  return outcome === 'written' || outcome === 'already';
}

export function countChanges({ add, change, remove }: KvpChanges): number {
  return add.length + change.length + remove.length;
}
