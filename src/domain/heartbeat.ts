// The heartbeat of a VM in our words, from the two status numbers of Msvm_HeartbeatComponent.

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

/**
 * @param enabled whether the service is enabled on the host
 * @param primary `OperationalStatus[0]`: 2, 3, 6, 7, 12, 13, 15 (Msvm_HeartbeatComponent)
 * @param secondary `OperationalStatus[1]`: 2, 32775, 32782, 32783, 32784 (same page)
 */
export function heartbeatStatus(
  enabled: boolean | null,
  primary: number | null,
  secondary: number | null,
): HeartbeatStatus | null {
  if (enabled === false) return 'disabled';
  switch (primary) {
    case null:
      return null;
    case 2:
      return secondary === 32782 ? 'applicationsCritical' : 'healthy';
    case 3:
      return 'degraded';
    case 6:
    case 7:
      return 'error';
    case 12:
      return 'noContact';
    case 13:
      return 'lostCommunication';
    case 15:
      return 'paused';
    default:
      return 'unknown';
  }
}
