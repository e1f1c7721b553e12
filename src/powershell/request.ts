// What a caller hands to `request` and gets back; the same for a session and for a supervised one.

export interface RequestOptions {
  /**
   * Aborting a read rejects at once. Aborting a change waits for PowerShell to say what became of it, at most
   * `cancelGraceMs`, and may still resolve when the change was done already.
   */
  readonly signal?: AbortSignal | undefined;
  /** Of a change. Aborting takes it back while it waits, which rejects at once; once it was sent, it goes on. */
  readonly withdraw?: AbortSignal | undefined;
  /**
   * Records in the order they were sent, in pieces of at most 200; all of them before the answer. A record that no frame
   * can hold comes as `['problem', <its tag>, <message>]`.
   */
  readonly onBatch?: (records: readonly unknown[]) => void;
  /** A read is about to be repeated after its session was lost: what `onBatch` delivered so far is void. */
  readonly onRestart?: () => void;
}

export interface Answer {
  /** What the function returned; null when it returned nothing. */
  readonly value: unknown;
  /** Frames received for this request, the answer included, and their size on the wire. */
  readonly frames: number;
  readonly bytes: number;
}

/** What ends the wait of a request that was not sent yet. */
export function untilSent({ signal, withdraw }: Pick<RequestOptions, 'signal' | 'withdraw'>): AbortSignal | undefined {
  return signal === undefined || withdraw === undefined ? (signal ?? withdraw) : AbortSignal.any([signal, withdraw]);
}
