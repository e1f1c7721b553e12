// Asks an open session's process regularly how it is. Made by session.ts.
import { Emitter, type Disposable, type Event } from '../domain/emitter';
import type { Clock } from './clock';
import { parseHealth, type Health } from './health';
import type { RpcChannel } from './rpcChannel';

export interface VitalsOptions {
  readonly channel: Pick<RpcChannel, 'request'>;
  readonly clock: Clock;
  readonly intervalMs: number;
  /** Told before each question, so that silence after it is noticed. */
  readonly expectAnswer: () => void;
}

/**
 * The question is also the sign of life for the other end: PowerShell ends itself when no line has come for a while
 * (host/watch.ps1), since over a network it cannot see that we are gone.
 */
export class Vitals {
  readonly #reported = new Emitter<Health>();
  #timer: Disposable | undefined;
  #health: Health | undefined;
  #latencyMs: number | undefined;
  #disposed = false;

  readonly onDidReport: Event<Health> = this.#reported.event;

  constructor(private readonly options: VitalsOptions) {
    this.#arm();
  }

  /** The last answer. */
  get health(): Health | undefined {
    return this.#health;
  }

  /** How long the last answer took. */
  get latencyMs(): number | undefined {
    return this.#latencyMs;
  }

  /** Asks now; resolves with the answer or with the end of the session, never rejects. */
  async check(): Promise<void> {
    const { channel, clock, expectAnswer } = this.options;
    const startedAt = clock.now();
    expectAnswer();
    try {
      const { value } = await channel.request('ping', {});
      this.#latencyMs = clock.now() - startedAt;
      this.#health = parseHealth(value);
    } catch {
      // The session has ended, and says so itself.
      return;
    }
    if (this.#health !== undefined && !this.#disposed) this.#reported.fire(this.#health);
  }

  /** As {@link check}, but does not wait any longer: what was known before stays then. */
  async checkWithin(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = this.options.clock.after(ms, resolve);
      void this.check().then(() => {
        timer.dispose();
        resolve();
      });
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer?.dispose();
  }

  #arm(): void {
    if (this.#disposed) return;
    this.#timer = this.options.clock.after(this.options.intervalMs, () => {
      void this.check().then(() => {
        this.#arm();
      });
    });
  }
}
