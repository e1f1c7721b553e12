// What a save of data exchange pairs came to. Shared by the host's side and the editor.
import type { KvpPairOutcome } from '../domain/kvp/changes';
import type { KvpReading } from '../domain/kvp/pools';

export interface KvpApplied {
  /** One for each change that was asked for, in the order add, change, remove. */
  readonly outcomes: readonly KvpPairOutcome[];
  /** What the host has now; null when it could not be read afterwards. */
  readonly reading: KvpReading | null;
}
