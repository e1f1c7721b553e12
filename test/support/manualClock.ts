// A clock that stands still until a test moves it.
import type { Clock } from '../../src/powershell/clock';
import type { Disposable } from '../../src/domain/emitter';

export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ at: number; action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): Disposable {
    const timer = { at: this.#now + ms, action };
    this.#timers.add(timer);
    return { dispose: () => this.#timers.delete(timer) };
  }

  /** Moves on and runs what became due, the earliest first, then lets promises settle. */
  async advance(ms: number): Promise<void> {
    this.#now += ms;
    for (const timer of [...this.#timers].sort((a, b) => a.at - b.at)) {
      if (timer.at > this.#now) break;
      this.#timers.delete(timer);
      timer.action();
    }
    await settled();
  }

  /** Milliseconds until each timer that is set. */
  get pending(): number[] {
    return [...this.#timers].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }
}

/** Lets everything that waits for a settled promise run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
