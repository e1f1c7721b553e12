// Every state that a row can show, for golden files and for the table of menus.
import type { HeartbeatStatus } from '../../src/domain/heartbeat';
import type { GuestStatus, IntegrationServiceState } from '../../src/domain/integrationServices';
import type { VmState } from '../../src/domain/powerStates';
import type { Unreadiness } from '../../src/domain/unreadiness';
import { HyperVError } from '../../src/domain/errors';
import type { HyperVErrorReason } from '../../src/domain/errors';
import type { HostStatus } from '../../src/hyperv/hostStore';

/** Records that must name every member of their union, so that a new one cannot be forgotten here. */
const states: Record<VmState, true> = {
  running: true,
  off: true,
  saved: true,
  paused: true,
  starting: true,
  stopping: true,
  saving: true,
  pausing: true,
  resuming: true,
  resetting: true,
  snapshotting: true,
  unknown: true,
};
const heartbeats: Record<HeartbeatStatus, true> = {
  healthy: true,
  applicationsCritical: true,
  degraded: true,
  error: true,
  noContact: true,
  lostCommunication: true,
  paused: true,
  disabled: true,
  unknown: true,
};
const statuses: Record<GuestStatus, true> = {
  ok: true,
  degraded: true,
  error: true,
  nonRecoverableError: true,
  noContact: true,
  lostCommunication: true,
  paused: true,
  unknown: true,
};

const causes: Record<Unreadiness, true> = {
  notWindows: true,
  noModule: true,
  featureOff: true,
  notInGroup: true,
  needsSignIn: true,
  serviceStopped: true,
};

export const unreadinesses = Object.keys(causes) as Unreadiness[];
/** Reasons for which a whole host cannot be read, and one which is never told of a host. */
export const hostFailures: readonly HyperVErrorReason[] = [
  'accessDenied',
  'serviceStopped',
  'moduleMissing',
  'languageMode',
  'powershellMissing',
  'sessionFailed',
  'sessionLost',
  'protocol',
  'timeout',
  'hostUnreachable',
  'hostKeyUnknown',
  'hostKeyChanged',
  'signInRefused',
  'farPowershellMissing',
  'sshMissing',
  'sshConfiguration',
  'winrmMissing',
  'credentialMissing',
  'hostNotTrusted',
  'certificateInvalid',
  'tooManySessions',
  'remotingDisabled',
  'endpointMissing',
  'restrictedEndpoint',
  'badRequest',
  'guestLocked',
];
export const vmStates = Object.keys(states) as VmState[];
export const heartbeatStatuses = [...(Object.keys(heartbeats) as HeartbeatStatus[]), null];

/** Host setting × guest status, and the mismatch of versions which is no fault. */
export const serviceStates: readonly IntegrationServiceState[] = [
  ...[true, false].flatMap((enabled) =>
    [...(Object.keys(statuses) as GuestStatus[]), null].map((status) => ({
      enabled,
      status,
      secondary: null,
      reason: null,
    })),
  ),
  { enabled: true, status: 'ok', secondary: 32775, reason: 'The protocol version differs.' },
  { enabled: null, status: null, secondary: null, reason: null },
];

export const hostStatuses: readonly HostStatus[] = [
  { kind: 'idle' },
  { kind: 'connecting' },
  { kind: 'ready' },
  { kind: 'failed', error: new HyperVError('accessDenied', 'Access denied.') },
];
