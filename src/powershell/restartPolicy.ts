// When a session that failed is started again, and when no more. Pure; used by supervisor.ts.
import { jittered } from './jitter';

/** Long enough for a service to come back, short enough that a single crash is hardly noticed. */
const delaysMs = [1_000, 2_000, 5_000, 15_000, 60_000];
const maxFailures = 5;
const windowMs = 10 * 60_000;
/** A session that was of use for so long does not count as a failed attempt to start one. */
const stableMs = 60_000;

export class RestartPolicy {
  #failures: number[] = [];
  #inARow = 0;

  /** @param random 0 <= x < 1 */
  constructor(private readonly random: () => number) {}

  /**
   * @param now milliseconds @param readyMs how long the session had been ready; 0 when it never was
   * @returns milliseconds to wait before the next start; undefined to give up
   */
  failed(now: number, readyMs: number): number | undefined {
    this.#inARow = readyMs >= stableMs ? 1 : this.#inARow + 1;
    this.#failures = [...this.#failures.filter((at) => now - at < windowMs), now];
    if (this.#failures.length >= maxFailures) return undefined;
    const delay = delaysMs[Math.min(this.#inARow, delaysMs.length) - 1] ?? 0;
    // Different sessions of one machine must not start in step.
    return Math.round(jittered(delay, this.random));
  }

  /** Somebody wants it tried again regardless. */
  reset(): void {
    this.#failures = [];
    this.#inARow = 0;
  }
}
