// Why a session or a request failed. src/hyperv turns these into HyperVError; nothing above it sees them.

export type SessionErrorKind =
  // starting
  /** The program to start was not found at the configured or a known place: PowerShell, or ssh for another computer. */
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

/** Why there is no connection to another computer. */
export type ConnectionCause =
  /** This computer has no ssh. */
  | 'sshMissing'
  /** An address, user, port or file that is not one; nothing was started. */
  | 'addressInvalid'
  /** The ssh configuration of the person or of this computer has a mistake. */
  | 'configuration'
  | 'hostNotFound'
  | 'refused'
  | 'timedOut'
  | 'hostKeyUnknown'
  /** Another key than the known one: the computer was set up anew, or somebody is in between. */
  | 'hostKeyChanged'
  | 'permissionDenied'
  /** Signed in, but there is no powershell.exe. */
  | 'shellMissing'
  /** WinRM is a part of Windows: this computer has none. */
  | 'winrmMissing'
  /** A user name and a password are needed, and nobody gave them. */
  | 'credentialMissing'
  /** Neither Kerberos nor HTTPS would prove what computer it is, and it is not among the TrustedHosts. */
  | 'notTrusted'
  /** HTTPS: its certificate is not valid, not trusted or another computer's. */
  | 'certificate'
  /** It holds as many sessions as it allows. */
  | 'tooManySessions'
  /** It answers, but takes no remote sessions. */
  | 'remotingDisabled'
  /** It has no endpoint (session configuration) of that name. */
  | 'endpointMissing'
  /** The endpoint takes single commands only (Just Enough Administration). */
  | 'restrictedEndpoint'
  | 'languageMode'
  /** The connection was there, or nearly, and ended. */
  | 'closed';

export interface ConnectionFailure {
  readonly cause: ConnectionCause;
  /** Of the key which the other computer showed, e.g. `SHA256:...`; when ssh says it. */
  readonly fingerprint?: string;
  /** Ways to sign in that the other computer would take, e.g. `publickey,password`. */
  readonly methods?: string;
}

export interface SessionErrorFacts {
  readonly outcome?: Outcome;
  readonly connection?: ConnectionFailure | undefined;
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
  /** Known when another computer was meant. */
  readonly connection: ConnectionFailure | undefined;

  constructor(
    readonly kind: SessionErrorKind,
    message: string,
    { outcome = 'none', remote, noise = [], connection, cause }: SessionErrorFacts = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.outcome = outcome;
    this.remote = remote;
    this.noise = noise;
    this.connection = connection;
  }

  /** True for our error, and for our error with one of these kinds when some are named. */
  static is(error: unknown, ...kinds: SessionErrorKind[]): error is SessionError {
    return error instanceof SessionError && (kinds.length === 0 || kinds.includes(error.kind));
  }
}
