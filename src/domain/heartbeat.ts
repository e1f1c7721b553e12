// The heartbeat of a VM in our words, from the two status numbers of Msvm_HeartbeatComponent.
import { guestStatusFromCode } from './integrationServices';
import type { GuestStatus } from './integrationServices';

/** `healthy` includes guests that report no application data: that is what most healthy guests say. */
export type HeartbeatStatus =
  | 'healthy'
  | 'applicationsCritical'
  | 'degraded'
  | 'error'
  | 'noContact'
  | 'lostCommunication'
  | 'paused'
  | 'disabled'
  | 'unknown';

/** Heartbeats that call for a look; a guest that boots has no contact yet, which is normal. */
const troubled: ReadonlySet<HeartbeatStatus> = new Set(['applicationsCritical', 'error', 'lostCommunication']);

export function isTroubled(heartbeat: HeartbeatStatus | null): boolean {
  return heartbeat !== null && troubled.has(heartbeat);
}

/** The guest's system answers, whatever it says of its programs. */
const answering: ReadonlySet<HeartbeatStatus> = new Set(['healthy', 'applicationsCritical', 'degraded']);

export function isAnswering(heartbeat: HeartbeatStatus | null): boolean {
  return heartbeat !== null && answering.has(heartbeat);
}

const heartbeatByStatus: Readonly<Record<GuestStatus, HeartbeatStatus>> = {
  ok: 'healthy',
  degraded: 'degraded',
  error: 'error',
  nonRecoverableError: 'error',
  noContact: 'noContact',
  lostCommunication: 'lostCommunication',
  paused: 'paused',
  unknown: 'unknown',
};

/**
 * @param enabled whether the service is enabled on the host
 * @param primary `OperationalStatus[0]`, read like that of every service
 * @param secondary `OperationalStatus[1]`: 2, 32775, 32782, 32783, 32784 (page of Msvm_HeartbeatComponent)
 */
export function heartbeatStatus(
  enabled: boolean | null,
  primary: number | null,
  secondary: number | null,
): HeartbeatStatus | null {
  if (enabled === false) return 'disabled';
  const status = guestStatusFromCode(primary);
  if (status === null) return null;
  return status === 'ok' && secondary === 32782 ? 'applicationsCritical' : heartbeatByStatus[status];
}
