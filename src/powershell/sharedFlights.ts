// Equal reads that are asked for at the same time share one request.
import { SessionError } from './errors';
import type { Parameters } from './methods';
import type { Answer, RequestOptions } from './request';

type Start = (options: RequestOptions) => Promise<Answer>;

interface Flight {
  readonly members: Set<RequestOptions>;
  readonly cancellation: AbortController;
  readonly answer: Promise<Answer>;
  /** What came so far, for those who join later. */
  batches: (readonly unknown[])[];
}

export class SharedFlights {
  readonly #flights = new Map<string, Flight>();

  /** The request is cancelled when the last member has left. */
  join(method: string, parameters: Parameters, options: RequestOptions, start: Start): Promise<Answer> {
    const key = flightKey(method, parameters);
    const flight = this.#flights.get(key) ?? this.#launch(key, start);
    const { signal, onBatch } = options;
    // A copy: the same options may be handed in twice.
    const member = { ...options };
    flight.members.add(member);
    for (const records of flight.batches) onBatch?.(records);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        flight.members.delete(member);
        if (flight.members.size === 0) {
          this.#forget(key, flight);
          flight.cancellation.abort();
        }
        reject(new SessionError('cancelled', `${method} was cancelled.`));
      };
      signal?.addEventListener('abort', leave, { once: true });
      if (signal?.aborted === true) leave();
      flight.answer.then(resolve, reject).finally(() => {
        signal?.removeEventListener('abort', leave);
      });
    });
  }

  /**
   * From now on nobody joins what is under way: it may have been read before the change that was just answered. A job of
   * the host ends later, but whoever saw its end has read it, and reads run one at a time: no older one is under way then.
   */
  seal(): void {
    this.#flights.clear();
  }

  #launch(key: string, start: Start): Flight {
    const members = new Set<RequestOptions>();
    const cancellation = new AbortController();
    const answer = start({
      signal: cancellation.signal,
      onBatch: (records) => {
        flight.batches.push(records);
        for (const member of members) member.onBatch?.(records);
      },
      onRestart: () => {
        flight.batches = [];
        for (const member of members) member.onRestart?.();
      },
    });
    const flight: Flight = { members, cancellation, answer, batches: [] };
    this.#flights.set(key, flight);
    answer
      .catch(() => undefined)
      .finally(() => {
        this.#forget(key, flight);
      });
    return flight;
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

/** The order in which parameters were written does not matter. */
function flightKey(method: string, parameters: Parameters): string {
  return JSON.stringify([method, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
