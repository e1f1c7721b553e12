// What each integration service is called, and its two facts in words. The names are Hyper-V's, from
// our own translations: what the host calls them depends on the language of the host.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { GuestStatus, IntegrationServiceKey, IntegrationServiceState } from '../domain/integrationServices';

export function serviceName(key: IntegrationServiceKey): string {
  switch (key) {
    case 'shutdown':
      return l10n.t('Shutdown');
    case 'timeSynchronization':
      return l10n.t('Time Synchronization');
    case 'keyValuePairExchange':
      return l10n.t('Data Exchange');
    case 'heartbeat':
      return l10n.t('Heartbeat');
    case 'vss':
      return l10n.t('Backup (VSS)');
    case 'guestServiceInterface':
      return l10n.t('Guest Services');
    default:
      return assertNever(key);
  }
}

/** Secondary status "protocol mismatch" (Msvm_HeartbeatComponent): an older version was agreed upon, which works. */
const protocolMismatch = 32775;

/** What the guest's half does; undefined when nothing is known, as for a VM that is off. */
export function guestStatusText({ status, secondary }: IntegrationServiceState): string | undefined {
  if (status === 'ok' && secondary === protocolMismatch) return l10n.t('answering, older protocol');
  return status === null ? undefined : plainStatusText(status);
}

function plainStatusText(status: GuestStatus): string {
  switch (status) {
    case 'ok':
      return l10n.t('answering');
    case 'degraded':
      return l10n.t('answering, older protocol');
    case 'error':
      return l10n.t('failing');
    case 'nonRecoverableError':
      return l10n.t('failed');
    case 'noContact':
      return l10n.t('no contact');
    case 'lostCommunication':
      return l10n.t('contact lost');
    case 'paused':
      return l10n.t('paused');
    case 'unknown':
      return l10n.t('status not known');
    default:
      return assertNever(status);
  }
}

/** Both facts side by side, where no box shows one of them. The guest's half is left out while it means nothing. */
export function serviceFacts(state: IntegrationServiceState): string {
  if (state.enabled === null) return l10n.t('not reported');
  if (!state.enabled) return l10n.t('disabled');
  const status = guestStatusText(state);
  return status === undefined ? l10n.t('enabled') : l10n.t('enabled, guest: {0}', status);
}
