// Why an operation did not do what it was asked. Reasons are matched, texts never: hosts localise their texts.
import type { Unreadiness } from './unreadiness';

/** The closed list of reasons; each has its sentence and next step in errorTexts.ts. */
export type HyperVErrorReason =
  // the request
  | 'badRequest'
  | 'busy'
  | 'cancelled'
  | 'timeout'
  // the host
  | 'accessDenied'
  | 'serviceStopped'
  | 'moduleMissing'
  | 'languageMode'
  | 'notSupported'
  | 'invalidParameter'
  | 'inUse'
  | 'notAvailable'
  | 'outOfMemory'
  | 'fileNotFound'
  | 'failed'
  // the VM
  | 'vmNotFound'
  | 'invalidState'
  | 'serviceNotFound'
  | 'serviceDisabled'
  | 'checkpointNotFound'
  // the guest
  | 'guestNotReady'
  | 'guestLocked'
  | 'shutdownInProgress'
  // the way to another computer
  | 'hostUnreachable'
  | 'hostKeyUnknown'
  | 'hostKeyChanged'
  | 'signInRefused'
  | 'farPowershellMissing'
  | 'sshMissing'
  | 'sshConfiguration'
  | 'winrmMissing'
  | 'credentialMissing'
  | 'hostNotTrusted'
  | 'certificateInvalid'
  | 'tooManySessions'
  | 'remotingDisabled'
  | 'endpointMissing'
  | 'restrictedEndpoint'
  // the session
  | 'powershellMissing'
  | 'sessionFailed'
  | 'sessionLost'
  | 'protocol';

/**
 * What is known of the change that failed: `none` means that nothing was changed, `unknown` that the session ended
 * while the host worked on it, so the state must be read again before anything is said.
 */
export type ChangeOutcome = 'none' | 'unknown';

/** How the way to another computer ended. */
export type UnreachableCause = 'hostNotFound' | 'refused' | 'timedOut' | 'closed';

/** Facts behind an error, for the log and for `hv`; every field may be missing. */
export interface HyperVErrorDetail {
  /** The host's own text. Localised: for display only. */
  readonly hostMessage?: string;
  /** PowerShell's FullyQualifiedErrorId. */
  readonly errorId?: string;
  /** CIM method and its return value, when a documented return code said no. */
  readonly method?: string;
  readonly returnValue?: number;
  /** `ErrorCode` of the Msvm_ConcreteJob that failed. */
  readonly jobErrorCode?: number;
  /** HRESULT as an unsigned number. */
  readonly hresult?: number;
  /** Tells more than the reason, where more is known: how the way there ended, or what a look at the host found. */
  readonly cause?: UnreachableCause | Unreadiness;
  /** Name of another host which lists the virtual machine that was not found. */
  readonly foundOn?: string;
}

export class HyperVError extends Error {
  override readonly name = 'HyperVError';

  constructor(
    readonly reason: HyperVErrorReason,
    message: string,
    readonly outcome: ChangeOutcome = 'none',
    readonly detail: HyperVErrorDetail = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** True for our error, and for our error with one of these reasons when some are named. */
  static is(error: unknown, ...reasons: HyperVErrorReason[]): error is HyperVError {
    // By name: the lazily loaded session bundle carries a copy of this class of its own.
    if (!(error instanceof Error) || error.name !== 'HyperVError' || !('reason' in error)) return false;
    return reasons.length === 0 || (reasons as readonly unknown[]).includes(error.reason);
  }

  /** The error itself when it is ours; anything else is a fault on the way to the host. */
  static from(error: unknown): HyperVError {
    if (HyperVError.is(error)) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new HyperVError('sessionFailed', message, 'none', {}, { cause: error });
  }
}
