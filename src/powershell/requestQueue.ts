// What waits for a session. One request of each class runs at a time, like the runspaces at the other end: whatever
// waits here was certainly not sent, so it survives the loss of a session and can be cancelled for sure.
import { abortable } from './abortable';
import { SessionError } from './errors';
import type { MethodClass } from './methods';

/** A person cannot cause this many; more of them only hide that the host does not answer. */
const defaultLimit = 200;

export class RequestQueue {
  readonly #tails = new Map<MethodClass, Promise<unknown>>();
  #admitted = 0;

  constructor(private readonly limit = defaultLimit) {}

  /** Counts `work` until it settles. @throws SessionError `busy` when too many are counted already */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    if (this.#admitted >= this.limit) throw new SessionError('busy', `${this.limit} requests are waiting already.`);
    this.#admitted++;
    try {
      return await work();
    } finally {
      this.#admitted--;
    }
  }

  /** Runs `work` after everything of its class that came before. Aborting while it waits rejects at once, unsent. */
  run<T>(lane: MethodClass, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return chain(this.#tails, lane, signal, work);
  }
}

/** Runs `work` when the last work with this key has settled, however it did. */
export function chain<K, T>(
  tails: Map<K, Promise<unknown>>,
  key: K,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  let left = false;
  let started = false;
  const before = tails.get(key) ?? Promise.resolve();
  const result = before.then(async () => {
    if (left) throw new SessionError('cancelled', 'The request was cancelled before it was sent.');
    started = true;
    return await work();
  });
  const tail = result
    .catch(() => undefined)
    .then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
  tails.set(key, tail);
  if (signal === undefined) return result;
  // Once it runs, the work decides what an abort means: a change still has to say what became of it.
  const waiting = new AbortController();
  const leave = (): void => {
    if (started) return;
    left = true;
    waiting.abort();
  };
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  return abortable(result, waiting.signal).finally(() => {
    signal.removeEventListener('abort', leave);
  });
}
