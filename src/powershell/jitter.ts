// Keeps sessions and hosts from being started and asked in step. Pure.

/** Share by which a delay may be shorter or longer. */
const jitter = 0.2;

/** @param random 0 <= x < 1; 0.5 leaves the delay as it is */
export function jittered(ms: number, random: () => number): number {
  return ms * (1 - jitter + 2 * jitter * random());
}
