// Which sessions are replaced or ended although nothing is wrong with them. Used by sessionKeeper.ts.
import { defaultHealthLimits, type HealthLimits } from './health';

export interface UpkeepLimits {
  /** Above these a session is replaced while nobody waits for it. */
  readonly health: HealthLimits;
  /** A session that nobody used for so long is ended; the next request starts another one. */
  readonly idleCloseMs: number;
}

export const defaultUpkeep: UpkeepLimits = {
  health: defaultHealthLimits,
  // Each window of the editor holds its own session, and a host allows a person only so many.
  idleCloseMs: 10 * 60_000,
};

/** After a replacement could not be started: the session it was for goes on working. */
export const recycleAgainMs = 5 * 60_000;
