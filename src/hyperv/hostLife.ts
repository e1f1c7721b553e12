// From the moment a host is first asked until it is taken away: its connection, and what ends with it. Used by HostService.
import { GatheredReads } from './gatheredReads';
import type { HostConnection } from './hostConnection';
import type { HostStatus } from './hostStore';

export class HostLife {
  readonly #end = new AbortController();
  #connection: Promise<HostConnection> | undefined;
  /** Reads of the whole host under way. */
  refreshes = 0;
  /** Reads of the whole host that worked. */
  successes = 0;
  /** The status before them, to which the host returns when all of them are cancelled. */
  settled: HostStatus = { kind: 'idle' };
  /** Readings of single VMs. */
  readonly reads = new GatheredReads(() => this.connection(), this.#end.signal);

  constructor(private readonly connect: () => Promise<HostConnection>) {}

  /** Answers that come after this are about a host that is no longer shown, or is another one by now. */
  get ended(): boolean {
    return this.#end.signal.aborted;
  }

  /** Aborts with the given signal, and at the end. */
  signal(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.#end.signal : AbortSignal.any([signal, this.#end.signal]);
  }

  /** The one connection; made by the first call. */
  connection(): Promise<HostConnection> {
    if (this.#connection !== undefined) return this.#connection;
    const connecting = this.connect();
    this.#connection = connecting;
    // A failed attempt is not kept: the next request may succeed.
    connecting.catch(() => {
      this.#connection = undefined;
    });
    return connecting;
  }

  /** undefined while there is none. */
  get known(): Promise<HostConnection> | undefined {
    return this.#connection;
  }

  /** Cancels what is under way at once; the promise ends when the session has ended, and never rejects. */
  async end(): Promise<void> {
    this.#end.abort();
    try {
      await (await this.#connection)?.stop();
    } catch {
      // Never connected, so there is nothing to stop.
    }
  }
}
