// How much a session is used: what it still owes, and since when nobody wants anything. Made by session.ts.
import type { Clock } from './clock';

export class Activity {
  #pending = 0;
  #total = 0;
  #idleSince: number;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly clock: Clock) {
    this.#idleSince = clock.now();
  }

  /** Requests that have not settled. */
  get pending(): number {
    return this.#pending;
  }

  /** Requests since the start. */
  get total(): number {
    return this.#total;
  }

  /** How long nothing has been pending; 0 while something is. */
  get idleMs(): number {
    return this.#pending > 0 ? 0 : this.clock.now() - this.#idleSince;
  }

  /** Counts `work` until it settles. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#pending++;
    this.#total++;
    try {
      return await work;
    } finally {
      if (--this.#pending === 0) {
        this.#idleSince = this.clock.now();
        for (const resolve of this.#waiting.splice(0)) resolve();
      }
    }
  }

  /** Resolves when nothing is pending. */
  settled(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }
}
