// What a session or a host said when it failed, as the one error of the layers above. Table-driven: numbers, ids and
// categories are matched; texts never, because hosts localise them.
import { HyperVError } from '../domain/errors';
import type { ChangeOutcome, HyperVErrorDetail, HyperVErrorReason, UnreachableCause } from '../domain/errors';
import { reasonFromHresult, reasonFromJob, reasonFromReturnCode, reasonFromText } from '../domain/returnCodes';
import { SessionError } from '../powershell/errors';
import type { ConnectionCause, RemoteErrorFacts, SessionErrorKind } from '../powershell/errors';

const reasonByKind: Readonly<Record<Exclude<SessionErrorKind, 'remote'>, HyperVErrorReason>> = {
  powershellMissing: 'powershellMissing',
  spawn: 'powershellMissing',
  probe: 'sessionFailed',
  languageMode: 'languageMode',
  bootstrap: 'sessionFailed',
  gaveUp: 'sessionFailed',
  badRequest: 'badRequest',
  busy: 'busy',
  cancelled: 'cancelled',
  timeout: 'timeout',
  lost: 'sessionLost',
  protocol: 'protocol',
  closed: 'cancelled',
};

const reasonByConnection: Readonly<Record<ConnectionCause, HyperVErrorReason>> = {
  sshMissing: 'sshMissing',
  addressInvalid: 'badRequest',
  configuration: 'sshConfiguration',
  hostNotFound: 'hostUnreachable',
  refused: 'hostUnreachable',
  timedOut: 'hostUnreachable',
  closed: 'hostUnreachable',
  hostKeyUnknown: 'hostKeyUnknown',
  hostKeyChanged: 'hostKeyChanged',
  permissionDenied: 'signInRefused',
  shellMissing: 'farPowershellMissing',
  winrmMissing: 'winrmMissing',
  credentialMissing: 'credentialMissing',
  notTrusted: 'hostNotTrusted',
  certificate: 'certificateInvalid',
  tooManySessions: 'tooManySessions',
  remotingDisabled: 'remotingDisabled',
  endpointMissing: 'endpointMissing',
  restrictedEndpoint: 'restrictedEndpoint',
  languageMode: 'languageMode',
};

/** Reasons which the functions of host/*.ps1 name themselves, as the error id `Hv.<reason>`. */
const ownReasons: ReadonlySet<string> = new Set<HyperVErrorReason>([
  'accessDenied',
  'badRequest',
  'checkpointNotFound',
  'failed',
  'invalidState',
  'moduleMissing',
  'notSupported',
  'serviceDisabled',
  'serviceNotFound',
  'serviceStopped',
  'signInRefused',
  'timeout',
  'vmNotFound',
]);

interface RemoteRule {
  /** Of the FullyQualifiedErrorId. */
  readonly id?: RegExp;
  readonly category?: string;
  /** Whether the error names an object; Hyper-V leaves it out when not the object but the whole host is the trouble. */
  readonly target?: boolean;
  readonly reason: HyperVErrorReason;
}

/** The first rule that fits decides. Ids as people quoted them in issues of vagrant, minikube and HyperVDsc. */
const remoteRules: readonly RemoteRule[] = [
  { id: /^CommandNotFoundException|^CouldNotAutoLoad(?:Matching)?Module|^Modules_/i, reason: 'moduleMissing' },
  { id: /^Parameter(?:Argument|Binding)|^NamedParameterNotFound/, reason: 'badRequest' },
  { id: /^AccessDenied,/, reason: 'accessDenied' },
  { category: 'PermissionDenied', reason: 'accessDenied' },
  // "You do not have the required permission": id and category say nothing, the missing object does.
  { id: /^Unspecified,.*\.GetVM$/, category: 'NotSpecified', target: false, reason: 'accessDenied' },
  // The service is stopped or the rights are missing; it does not mean that the VM is gone.
  { id: /^ObjectNotFound,.*\.GetVM$/, target: false, reason: 'notAvailable' },
  { id: /^(?:InvalidParameter|ObjectNotFound),.*\.GetVM$/, target: true, reason: 'vmNotFound' },
  { id: /^InvalidState,/, reason: 'invalidState' },
  { id: /^OutOfMemory,/, reason: 'outOfMemory' },
  { id: /^NotSupported,/, reason: 'notSupported' },
  { id: /^TimedOut,/, reason: 'timeout' },
];

/** Whether the host's job failed, and not the request that looked at it. */
export function isJobFailure(error: unknown): boolean {
  return HyperVError.is(error) && error.detail.errorId?.startsWith('Hv.job') === true;
}

/** For a read nothing can have changed, whatever became of its session. */
export function toHyperVError(error: unknown, isChange: boolean): HyperVError {
  if (HyperVError.is(error)) return error;
  if (!SessionError.is(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return new HyperVError('sessionFailed', message, isChange ? 'unknown' : 'none', {}, { cause: error });
  }
  const { remote } = error;
  const outcome: ChangeOutcome =
    isChange && (error.outcome === 'unknown' || remote?.detail['outcome'] === 'unknown') ? 'unknown' : 'none';
  const reason = reasonOf(error);
  const detail = remote === undefined ? wayFacts(error) : facts(remote);
  return new HyperVError(reason, error.message, outcome, detail, { cause: error });
}

const unreachableCauses: ReadonlySet<unknown> = new Set<UnreachableCause>([
  'hostNotFound',
  'refused',
  'timedOut',
  'closed',
]);

function wayFacts({ connection }: SessionError): HyperVErrorDetail {
  return unreachableCauses.has(connection?.cause) ? { cause: connection?.cause as UnreachableCause } : {};
}

function reasonOf(error: SessionError): HyperVErrorReason {
  if (error.connection !== undefined) return reasonByConnection[error.connection.cause];
  if (error.kind === 'remote') return error.remote === undefined ? 'failed' : remoteReason(error.remote);
  // What made the supervisor give up says more than that it did.
  if (error.kind === 'gaveUp' && SessionError.is(error.cause) && error.cause.kind !== 'gaveUp') {
    const reason = reasonOf(error.cause);
    if (reason === 'powershellMissing' || reason === 'languageMode') return reason;
  }
  return reasonByKind[error.kind];
}

function remoteReason(remote: RemoteErrorFacts): HyperVErrorReason {
  const { fqid, category, target, hresult, detail } = remote;
  const own = /^Hv\.(\w+)/.exec(fqid)?.[1];
  if (own === 'returnCode') {
    const explanation = { guestStatus: number(detail['guestStatus']), serviceState: number(detail['serviceState']) };
    return reasonFromReturnCode(number(detail['returnValue']) ?? -1, explanation) ?? 'failed';
  }
  if (own === 'job') return reasonFromJob(number(detail['jobErrorCode']), text(detail['hostMessage']));
  if (own !== undefined && ownReasons.has(own)) return own as HyperVErrorReason;
  // CIM errors carry their HRESULT in the id: "HRESULT 0x80041003,Microsoft.Management.Infrastructure.CimCmdlets…".
  const inId = /^HRESULT 0x([0-9a-f]{8})\b/i.exec(fqid)?.[1];
  const numbered =
    (inId === undefined ? undefined : reasonFromHresult(Number.parseInt(inId, 16))) ??
    reasonFromText(remote.message) ??
    (hresult === undefined ? undefined : reasonFromHresult(hresult));
  if (numbered !== undefined) return numbered;
  const rule = remoteRules.find(
    (candidate) =>
      (candidate.id === undefined || candidate.id.test(fqid)) &&
      (candidate.category === undefined || candidate.category === category) &&
      (candidate.target === undefined || candidate.target === (target !== undefined)),
  );
  return rule?.reason ?? 'failed';
}

function facts(remote: RemoteErrorFacts): HyperVErrorDetail {
  const { detail } = remote;
  const method = text(detail['method']);
  const returnValue = number(detail['returnValue']);
  const jobErrorCode = number(detail['jobErrorCode']);
  return {
    hostMessage: text(detail['hostMessage']) ?? remote.message,
    errorId: remote.fqid,
    ...(method !== null && { method }),
    ...(returnValue !== null && { returnValue }),
    ...(jobErrorCode !== null && { jobErrorCode }),
    ...(remote.hresult !== undefined && { hresult: remote.hresult }),
  };
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
