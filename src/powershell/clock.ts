// Time as a parameter, so that tests decide when it passes.
import type { Disposable } from '../domain/emitter';

export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Runs `action` once after that many milliseconds unless disposed of before. */
  after(ms: number, action: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};
