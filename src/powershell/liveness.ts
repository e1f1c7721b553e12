// Notices a process that lives but says nothing more: suspended, or with a pump that hangs. Made by session.ts.
import type { Disposable } from '../domain/emitter';
import type { Clock } from './clock';
import type { RpcChannel } from './rpcChannel';

export interface LivenessLimits {
  /** Silence after which the process is asked for a sign of life, while an answer is due. */
  readonly silenceMs: number;
  /** How long one ping may take. The pump answers within milliseconds, whatever its runspaces do. */
  readonly pingMs: number;
}

/** One is not enough: a machine that just woke up runs its timers before it reads what has arrived. */
const pings = 3;

export interface LivenessOptions {
  readonly channel: Pick<RpcChannel, 'request' | 'frames' | 'silentMs'>;
  readonly clock: Clock;
  readonly limits: LivenessLimits;
  /** No ping in a row was answered, and nothing else came. */
  readonly onMute: () => void;
}

/** Sets no timer while nothing was asked: an idle session is not polled. */
export class Liveness {
  #timer: Disposable | undefined;
  #pinging = false;

  constructor(private readonly options: LivenessOptions) {}

  /** An answer is due from now on. */
  expectAnswer(): void {
    this.#timer ??= this.#after(this.options.limits.silenceMs, () => {
      this.#look();
    });
  }

  /** Somebody doubts that the process lives: asks it now. */
  check(): void {
    if (this.#pinging) return;
    this.#timer?.dispose();
    this.#ping(1);
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #look(): void {
    this.#timer = undefined;
    const { channel, limits } = this.options;
    const silentMs = channel.silentMs;
    if (silentMs === undefined) return;
    if (silentMs >= limits.silenceMs) this.#ping(1);
    else {
      this.#timer = this.#after(limits.silenceMs - silentMs, () => {
        this.#look();
      });
    }
  }

  #ping(attempt: number): void {
    const { channel, limits, onMute } = this.options;
    const before = channel.frames;
    this.#pinging = true;
    // Its loss shows by the silence; the end of the session rejects it.
    channel.request('ping', {}).catch(() => undefined);
    this.#timer = this.#after(limits.pingMs, () => {
      if (channel.frames === before) {
        if (attempt < pings) this.#ping(attempt + 1);
        else onMute();
        return;
      }
      this.#pinging = false;
      this.#look();
    });
  }

  #after(ms: number, action: () => void): Disposable {
    return this.options.clock.after(ms, action);
  }
}
