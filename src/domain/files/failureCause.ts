// Why a file did not get into the guest, by the numbers of the host and what is known of the VM; never by texts.
import type { HyperVError } from '../errors';
import type { IntegrationServiceState } from '../integrationServices';
import { isTransitional } from '../powerStates';
import type { VmState } from '../powerStates';
import { hresultsIn } from '../returnCodes';

export type CopyCause =
  | 'exists'
  | 'diskFull'
  /** The part in the guest does not run, or has lost contact. */
  | 'noAnswer'
  /** The part in the guest said no without a reason: a folder that cannot be written, for instance. */
  | 'refused'
  | 'folderMissing'
  | 'badName'
  | 'tooLong'
  | 'inUse'
  /** The host does not find the file. */
  | 'sourceMissing'
  /** By the guest for its folder, or by the host for the file. */
  | 'accessDenied'
  | 'serviceOff'
  | 'notRunning'
  | 'timeout'
  /** The host ended it as it was asked to. */
  | 'cancelled'
  /** Nobody knows what became of it. */
  | 'unknown'
  /** What the error says by itself. */
  | 'other';

/**
 * Numbers in the text of the host's job. 0x80070050, 0x80070070 and 0x80004005 are those of the Linux daemon
 * (tools/hv, include/uapi/linux/hyperv.h); the others are Windows' own, which its guest service passes on.
 */
const causes: ReadonlyMap<number, CopyCause> = new Map([
  // ERROR_FILE_EXISTS, ERROR_ALREADY_EXISTS
  [0x80070050, 'exists'],
  [0x800700b7, 'exists'],
  // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
  [0x80070070, 'diskFull'],
  [0x80070027, 'diskFull'],
  // ERROR_DEVICE_NOT_AVAILABLE, ERROR_DEVICE_NOT_CONNECTED, ERROR_NOT_READY, ERROR_NOT_CONNECTED
  [0x800710df, 'noAnswer'],
  [0x8007048f, 'noAnswer'],
  [0x80070015, 'noAnswer'],
  [0x800708ca, 'noAnswer'],
  // E_FAIL, ERROR_WRITE_PROTECT
  [0x80004005, 'refused'],
  [0x80070013, 'refused'],
  // ERROR_PATH_NOT_FOUND
  [0x80070003, 'folderMissing'],
  // ERROR_INVALID_NAME, ERROR_BAD_PATHNAME
  [0x8007007b, 'badName'],
  [0x800700a1, 'badName'],
  // ERROR_FILENAME_EXCED_RANGE, ERROR_BUFFER_OVERFLOW
  [0x800700ce, 'tooLong'],
  [0x8007006f, 'tooLong'],
  // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
  [0x80070020, 'inUse'],
  [0x80070021, 'inUse'],
  // ERROR_FILE_NOT_FOUND
  [0x80070002, 'sourceMissing'],
  // E_ACCESSDENIED
  [0x80070005, 'accessDenied'],
  // ERROR_TIMEOUT
  [0x800705b4, 'timeout'],
]);

/** What the host says of the VM after the failure. */
export interface AfterFailure {
  readonly state: VmState;
  readonly service: Pick<IntegrationServiceState, 'enabled' | 'status'>;
}

/** @param after missing when it could not be read, or the VM is gone */
export function copyCause(
  { reason, outcome, detail }: Pick<HyperVError, 'reason' | 'outcome' | 'detail'>,
  after: AfterFailure | undefined,
): CopyCause {
  if (outcome === 'unknown') return 'unknown';
  if (reason === 'cancelled') return 'cancelled';
  // The host's own number says most, unless it only says that something failed.
  const numbered = hresultsIn(detail.hostMessage ?? '')
    .map((hresult) => causes.get(hresult))
    .findLast((cause) => cause !== undefined);
  const isOfCopy = detail.errorId?.startsWith('Hv.job') === true;
  const seen = after && causeSeen(after);
  // Of a guest that went off in between the host says that it does not answer.
  if (numbered === 'noAnswer') return seen ?? numbered;
  if (numbered !== undefined && numbered !== 'refused' && (numbered !== 'accessDenied' || isOfCopy)) return numbered;
  if (reason === 'serviceDisabled') return 'serviceOff';
  if (seen !== undefined && (isOfCopy || reason === 'failed' || reason === 'invalidState' || reason === 'notAvailable'))
    return seen;
  return numbered === 'refused' || (isOfCopy && reason === 'failed') ? 'refused' : 'other';
}

/** What would keep any file from being copied. */
export function causeSeen({ state, service }: AfterFailure): CopyCause | undefined {
  if (state !== 'running' && !isTransitional(state) && state !== 'unknown') return 'notRunning';
  if (service.enabled === false) return 'serviceOff';
  const { status } = service;
  return status !== null && status !== 'ok' && status !== 'degraded' && status !== 'unknown' ? 'noAnswer' : undefined;
}

/** Causes that the numbers of the host leave open: what the VM is then says more. */
export function needsLook(cause: CopyCause): boolean {
  return cause === 'noAnswer' || cause === 'refused' || cause === 'other';
}

/** Whether the files that are still to come would fail for the same reason. */
export function endsCopy(cause: CopyCause): boolean {
  return (
    cause === 'diskFull' ||
    cause === 'noAnswer' ||
    cause === 'serviceOff' ||
    cause === 'notRunning' ||
    cause === 'timeout' ||
    cause === 'cancelled'
  );
}
