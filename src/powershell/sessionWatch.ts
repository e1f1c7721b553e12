// What watches over an open session's process: silence, and how it is. Made by session.ts, ends with it.
import type { Clock } from './clock';
import type { Health } from './health';
import { Liveness } from './liveness';
import type { RpcChannel } from './rpcChannel';
import type { SessionTimeouts } from './sessionTimeouts';
import { Vitals } from './vitals';

export interface SessionWatchOptions {
  readonly channel: RpcChannel;
  readonly clock: Clock;
  readonly timeouts: SessionTimeouts;
  readonly onMute: () => void;
  readonly onReport: (health: Health) => void;
}

export class SessionWatch {
  readonly #liveness: Liveness;
  readonly vitals: Vitals;

  constructor({ channel, clock, timeouts, onMute, onReport }: SessionWatchOptions) {
    this.#liveness = new Liveness({ channel, clock, limits: timeouts, onMute });
    this.vitals = new Vitals({
      channel,
      clock,
      intervalMs: timeouts.keepAliveMs,
      expectAnswer: () => {
        this.#liveness.expectAnswer();
      },
    });
    this.vitals.onDidReport(onReport);
  }

  /** An answer is due from now on. */
  expectAnswer(): void {
    this.#liveness.expectAnswer();
  }

  /** Somebody doubts that the process lives. */
  checkAlive(): void {
    this.#liveness.check();
  }

  dispose(): void {
    this.#liveness.dispose();
    this.vitals.dispose();
  }
}
