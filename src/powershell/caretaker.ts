// Decides when a healthy session has served long enough. Made by sessionKeeper.ts, which does what is decided.
import type { Disposable } from '../domain/emitter';
import type { Clock } from './clock';
import { excess, type Health } from './health';
import type { Session } from './session';
import { recycleAgainMs, type UpkeepLimits } from './upkeep';

export interface CaretakerOptions<S> {
  readonly clock: Clock;
  readonly limits: UpkeepLimits;
  /** Nobody has used it for a while. */
  readonly close: (session: S) => void;
  /** It has grown too large. Resolves with whether another one has taken its place; never rejects. */
  readonly replace: (session: S, reason: string) => Promise<boolean>;
}

export class Caretaker<S extends Pick<Session, 'activity'>> {
  #session: S | undefined;
  #idleTimer: Disposable | undefined;
  #replacing = false;
  #notBefore = 0;

  constructor(private readonly options: CaretakerOptions<S>) {}

  /** @param session the one that requests go to from now on; undefined when there is none */
  attend(session: S | undefined): void {
    this.#session = session;
    this.#idleTimer?.dispose();
    if (session !== undefined) this.#closeWhenIdle(session);
  }

  /** A stuck call goes with its process, so abandoned runspaces are not waited for until nobody asks anything. */
  look(session: S, health: Health): void {
    const { clock, limits } = this.options;
    if (this.#session !== session || this.#replacing || clock.now() < this.#notBefore) return;
    const reason = excess(health, session.activity.total, limits.health);
    if (reason === undefined) return;
    if (session.activity.pending > 0 && health.abandoned <= limits.health.abandoned) return;
    this.#replacing = true;
    void this.options.replace(session, reason).then((replaced) => {
      this.#replacing = false;
      if (!replaced) this.#notBefore = clock.now() + recycleAgainMs;
    });
  }

  /** One timer at a time, which looks again when it was used meanwhile: a request costs nothing. */
  #closeWhenIdle(session: S): void {
    const { clock, limits, close } = this.options;
    this.#idleTimer = clock.after(Math.max(1, limits.idleCloseMs - session.activity.idleMs), () => {
      if (session.activity.idleMs >= limits.idleCloseMs) close(session);
      else this.#closeWhenIdle(session);
    });
  }
}
