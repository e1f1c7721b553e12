// Why a session or a request failed. src/hyperv turns these into HyperVError; nothing above it sees them.

export type SessionErrorKind =
  // starting
  /** No PowerShell was found at the configured or a known place. */
  | 'powershellMissing'
  /** The process could not be created. */
  | 'spawn'
  /** The process did not answer the first question, or died over it. */
  | 'probe'
  /** The host's policy allows only Constrained Language: our script cannot run there. */
  | 'languageMode'
  /** The process answered, but our script did not come up in it. */
  | 'bootstrap'
  /** Too many failures in a short time; nothing is started until `retry()`. The last failure is the cause. */
  | 'gaveUp'
  // a request
  | 'badRequest'
  | 'busy'
  | 'cancelled'
  | 'timeout'
  /** PowerShell ran the function and it failed; `remote` holds what it said. */
  | 'remote'
  // the session
  /** The process ended while the request was on its way. */
  | 'lost'
  | 'protocol'
  /** The session was stopped by us. */
  | 'closed';

/** `none`: nothing was changed. `unknown`: the host may have carried it out, so its state must be read again. */
export type Outcome = 'none' | 'unknown';

/** An ErrorRecord as plain values. Texts are localised: match `fqid`, `category`, `hresult` and `detail` only. */
export interface RemoteErrorFacts {
  readonly message: string;
  /** FullyQualifiedErrorId. */
  readonly fqid: string;
  /** Name of the ErrorCategory, e.g. `ObjectNotFound`. */
  readonly category: string;
  /** HRESULT of the innermost exception, unsigned. */
  readonly hresult: number | undefined;
  /** TargetObject as text, cut to 1,000 characters. */
  readonly target: string | undefined;
  /** Plain values from `Exception.Data['detail']`; empty when there were none. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface SessionErrorFacts {
  readonly outcome?: Outcome;
  readonly remote?: RemoteErrorFacts | undefined;
  /** Last lines the process printed outside the protocol, oldest first. For the log, never for matching. */
  readonly noise?: readonly string[];
  readonly cause?: unknown;
}

export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly outcome: Outcome;
  readonly remote: RemoteErrorFacts | undefined;
  readonly noise: readonly string[];

  constructor(
    readonly kind: SessionErrorKind,
    message: string,
    { outcome = 'none', remote, noise = [], cause }: SessionErrorFacts = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.outcome = outcome;
    this.remote = remote;
    this.noise = noise;
  }

  /** True for our error, and for our error with one of these kinds when some are named. */
  static is(error: unknown, ...kinds: SessionErrorKind[]): error is SessionError {
    return error instanceof SessionError && (kinds.length === 0 || kinds.includes(error.kind));
  }
}
