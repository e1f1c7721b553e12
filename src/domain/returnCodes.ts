// The host's numbers as our reasons: return values of CIM methods, results of jobs, HRESULTs. Called by the error mapping
// of src/hyperv; numbers are matched, never texts, because hosts localise their texts.
import type { HyperVErrorReason } from './errors';

/** Pages of Msvm_ComputerSystem.RequestStateChange and Msvm_ShutdownComponent.InitiateShutdown / InitiateReboot. */
const reasonByReturnCode: ReadonlyMap<number, HyperVErrorReason> = new Map([
  // CIM's own codes, with which Msvm_VirtualSystemSnapshotService answers; 2 is "Failed".
  [1, 'notSupported'],
  [3, 'timeout'],
  [4, 'invalidParameter'],
  [5, 'invalidState'],
  // "Invalid Type"
  [6, 'notSupported'],
  [32768, 'failed'],
  [32769, 'accessDenied'],
  [32770, 'notSupported'],
  // "Status is unknown"
  [32771, 'failed'],
  [32772, 'timeout'],
  [32773, 'invalidParameter'],
  [32774, 'inUse'],
  [32775, 'invalidState'],
  // "Incorrect data type"
  [32776, 'invalidParameter'],
  [32777, 'notAvailable'],
  [32778, 'outOfMemory'],
  [32779, 'fileNotFound'],
  // The last three belong to the shutdown component.
  [32780, 'guestNotReady'],
  [32781, 'guestLocked'],
  [32782, 'shutdownInProgress'],
]);

/** 0 "Completed with No Error"; 4096 "Method Parameters Checked - Job Started" (or "Transition Started"). */
function isAccepted(returnValue: number): boolean {
  return returnValue === 0 || returnValue === 4096;
}

/** What else is known of the component whose method refused, as numbers of the host. */
interface Explanation {
  /** Its `OperationalStatus[0]`. */
  readonly guestStatus?: number | null;
  /** `EnabledState` of its settings. */
  readonly serviceState?: number | null;
}

interface Explained {
  readonly by: keyof Explanation;
  readonly values: readonly number[];
  /** What the refusal alone would mean. */
  readonly instead: readonly HyperVErrorReason[];
  readonly reason: HyperVErrorReason;
}

/** Refusals which the host gives without their cause, and what shows it. The first row that fits decides. */
const explained: readonly Explained[] = [
  // Disabled (3): the host lets nobody ask the guest. No source says with which number it refuses.
  {
    by: 'serviceState',
    values: [3],
    instead: ['failed', 'notSupported', 'invalidState', 'notAvailable', 'guestNotReady'],
    reason: 'serviceDisabled',
  },
  // No Contact (12), Lost Communication (13): the host was seen to answer a bare 32768.
  { by: 'guestStatus', values: [12, 13], instead: ['failed'], reason: 'guestNotReady' },
];

/** @returns undefined when the value means success */
export function reasonFromReturnCode(
  returnValue: number,
  explanation: Explanation = {},
): HyperVErrorReason | undefined {
  if (isAccepted(returnValue)) return undefined;
  const reason = reasonByReturnCode.get(returnValue) ?? 'failed';
  const row = explained.find(
    ({ by, values, instead }) => values.includes(explanation[by] ?? -1) && instead.includes(reason),
  );
  return row?.reason ?? reason;
}

/** HRESULTs seen from Hyper-V, WMI and Windows in the situations of these reasons. */
const reasonByHresult: ReadonlyMap<number, HyperVErrorReason> = new Map([
  // E_ACCESSDENIED, WBEM_E_ACCESS_DENIED
  [0x80070005, 'accessDenied'],
  [0x80041003, 'accessDenied'],
  // WBEM_E_INVALID_NAMESPACE: no Hyper-V; WBEM_E_INVALID_CLASS: the namespace outlived the role
  [0x8004100e, 'moduleMissing'],
  [0x80041010, 'moduleMissing'],
  // ERROR_SERVICE_DISABLED, ERROR_SERVICE_NOT_ACTIVE, RPC_S_SERVER_UNAVAILABLE
  [0x80070422, 'serviceStopped'],
  [0x80070426, 'serviceStopped'],
  [0x800706ba, 'serviceStopped'],
  // WBEM_E_NOT_SUPPORTED, ERROR_NOT_SUPPORTED
  [0x8004100c, 'notSupported'],
  [0x80070032, 'notSupported'],
  // WBEM_E_INVALID_PARAMETER, E_INVALIDARG
  [0x80041008, 'invalidParameter'],
  [0x80070057, 'invalidParameter'],
  // ERROR_SHARING_VIOLATION, ERROR_BUSY
  [0x80070020, 'inUse'],
  [0x800700aa, 'inUse'],
  // E_OUTOFMEMORY, ERROR_NOT_ENOUGH_MEMORY, ERROR_NO_SYSTEM_RESOURCES ("Unable to allocate … MB of RAM")
  [0x8007000e, 'outOfMemory'],
  [0x80070008, 'outOfMemory'],
  [0x800705aa, 'outOfMemory'],
  // ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND
  [0x80070002, 'fileNotFound'],
  [0x80070003, 'fileNotFound'],
  // ERROR_INVALID_STATE
  [0x8007139f, 'invalidState'],
  // "The device is not ready for use": nobody answers in the guest
  [0x800710df, 'guestNotReady'],
  // ERROR_MACHINE_LOCKED
  [0x800704f7, 'guestLocked'],
  // ERROR_SHUTDOWN_IN_PROGRESS, ERROR_SHUTDOWN_IS_SCHEDULED
  [0x8007045b, 'shutdownInProgress'],
  [0x800704a6, 'shutdownInProgress'],
  // ERROR_TIMEOUT
  [0x800705b4, 'timeout'],
]);

/** @param hresult signed or unsigned */
export function reasonFromHresult(hresult: number): HyperVErrorReason | undefined {
  return reasonByHresult.get(hresult >>> 0);
}

/**
 * The reason behind the last HRESULT which a text of the host contains, as in "… (0x800705AA).": the host appends it in
 * every language.
 */
export function reasonFromText(text: string): HyperVErrorReason | undefined {
  return hresultsIn(text)
    .map((hresult) => reasonFromHresult(hresult))
    .findLast((reason) => reason !== undefined);
}

/** The HRESULTs in a text of the host, in its order, unsigned. */
export function hresultsIn(text: string): number[] {
  return [...text.matchAll(/\b0x([0-9a-f]{8})\b/gi)].map((match) => Number.parseInt(match[1] ?? '', 16));
}

/**
 * Why a job failed. The HRESULT in its description says more than the job's own error code; that one uses the numbers
 * of the method's return values.
 */
export function reasonFromJob(errorCode: number | null, errorDescription: string | null): HyperVErrorReason {
  return (
    reasonFromText(errorDescription ?? '') ??
    (errorCode === null ? undefined : reasonFromReturnCode(errorCode)) ??
    'failed'
  );
}
