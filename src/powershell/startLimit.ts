// How many sessions start at once: each start takes a processor for a second or more, and all hosts of a window begin with
// its first look. Who has to wait is told so. One for all hosts of a window.
import type { Clock } from './clock';
import { SessionError } from './errors';

/** On a computer with two processors more at once are ready no sooner, and the editor is slow meanwhile. */
const mostAtOnce = 4;
/** Who takes longer waits for a network or another computer, which costs this one nothing: the next may begin. */
const longestMs = 10_000;

interface Waiting {
  readonly enter: () => void;
}

export class StartLimit {
  readonly #waiting: Waiting[] = [];
  #starting = 0;

  constructor(
    private readonly clock: Clock,
    private readonly most = mostAtOnce,
  ) {}

  /** How many start now, those that take too long left out. */
  get starting(): number {
    return this.#starting;
  }

  /**
   * Resolves when a session may start, in the order of the calls.
   * @param signal whoever waits leaves
   * @param onWait called with true by who has to wait, and with false when that is over
   * @returns to be called when the start has ended, however it did
   * @throws SessionError `closed` when the signal aborts before
   */
  async enter(signal: AbortSignal, onWait: (waits: boolean) => void): Promise<() => void> {
    if (signal.aborted) throw closed();
    if (this.#starting >= this.most) await this.#turn(signal, onWait);
    else this.#starting++;
    return this.#leaveOnce();
  }

  /** Takes over the place of who leaves. */
  #turn(signal: AbortSignal, onWait: (waits: boolean) => void): Promise<void> {
    onWait(true);
    return new Promise((resolve, reject) => {
      const over = (): void => {
        signal.removeEventListener('abort', leave);
        onWait(false);
      };
      const waiting = {
        enter: (): void => {
          over();
          resolve();
        },
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        over();
        reject(closed());
      };
      signal.addEventListener('abort', leave);
      this.#waiting.push(waiting);
    });
  }

  #leaveOnce(): () => void {
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      timer.dispose();
      const next = this.#waiting.shift();
      if (next === undefined) this.#starting--;
      else next.enter();
    };
    const timer = this.clock.after(longestMs, leave);
    return leave;
  }
}

function closed(): SessionError {
  return new SessionError('closed', 'The session was stopped.');
}
