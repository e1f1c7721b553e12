// What each integration service is called and what it is for. Our own words: the host's names are localised by the host.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { GuestStatus, IntegrationServiceKey, IntegrationServiceState } from '../domain/integrationServices';

export function serviceName(key: IntegrationServiceKey): string {
  switch (key) {
    case 'shutdown':
      return l10n.t('Guest Shutdown');
    case 'timeSynchronization':
      return l10n.t('Time Synchronization');
    case 'keyValuePairExchange':
      return l10n.t('Data Exchange');
    case 'heartbeat':
      return l10n.t('Heartbeat');
    case 'vss':
      return l10n.t('Backup (Volume Shadow Copy)');
    case 'guestServiceInterface':
      return l10n.t('Guest Service Interface');
    default:
      return assertNever(key);
  }
}

/** One sentence on what the service does. */
export function servicePurpose(key: IntegrationServiceKey): string {
  switch (key) {
    case 'shutdown':
      return l10n.t('Lets the host ask the guest to shut down or to restart in an orderly way.');
    case 'timeSynchronization':
      return l10n.t('Gives the guest the time of the host: while it runs, and once after each start or resume.');
    case 'keyValuePairExchange':
      return l10n.t('Exchanges small texts with the guest, among them its name, operating system and addresses.');
    case 'heartbeat':
      return l10n.t('Tells the host every few seconds that the operating system of the guest still works.');
    case 'vss':
      return l10n.t('Lets backups and production checkpoints ask the guest to bring its files to rest first.');
    case 'guestServiceInterface':
      return l10n.t('Lets the host copy files into the guest without a network. Hyper-V leaves it disabled.');
    default:
      return assertNever(key);
  }
}

/** One sentence on what no longer works while the service is disabled. */
export function serviceLoss(key: IntegrationServiceKey): string {
  switch (key) {
    case 'shutdown':
      return l10n.t('While it is disabled, the guest can only be shut down from within, or turned off.');
    case 'timeSynchronization':
      return l10n.t('While it is disabled, the guest needs another clock, such as its domain or a time server.');
    case 'keyValuePairExchange':
      return l10n.t('While it is disabled, addresses, name and operating system of the guest are not reported.');
    case 'heartbeat':
      return l10n.t('While it is disabled, nobody notices when the guest hangs.');
    case 'vss':
      return l10n.t('While it is disabled, backups and checkpoints are only as good as after a power cut.');
    case 'guestServiceInterface':
      return l10n.t('While it is disabled, files cannot be copied into the guest by the host.');
    default:
      return assertNever(key);
  }
}

/** Which half of the service runs in the guest. */
export function serviceGuestPart(key: IntegrationServiceKey): string {
  switch (key) {
    case 'shutdown':
      return l10n.t('In the guest: the service {0} on Windows, the kernel on Linux.', 'vmicshutdown');
    case 'timeSynchronization':
      return l10n.t('In the guest: the service {0} on Windows, the kernel and chrony on Linux.', 'vmictimesync');
    case 'keyValuePairExchange':
      return l10n.t('In the guest: the service {0} on Windows, the daemon {1} on Linux.', 'vmickvpexchange', 'hv_kvp');
    case 'heartbeat':
      return l10n.t('In the guest: the service {0} on Windows, the kernel on Linux.', 'vmicheartbeat');
    case 'vss':
      return l10n.t('In the guest: the service {0} on Windows, the daemon {1} on Linux.', 'vmicvss', 'hv_vss');
    case 'guestServiceInterface':
      return l10n.t(
        'In the guest: the service {0} on Windows, the daemon {1} on Linux.',
        'vmicguestinterface',
        'hv_fcopy',
      );
    default:
      return assertNever(key);
  }
}

/** Secondary status "protocol mismatch" (Msvm_HeartbeatComponent): an older version was agreed upon, which works. */
const protocolMismatch = 32775;

/** What the guest's half does; undefined when nothing is known, as for a VM that is off. */
export function guestStatusText({ status, secondary }: IntegrationServiceState): string | undefined {
  if (status === 'ok' && secondary === protocolMismatch) return l10n.t('answering with an older protocol');
  return status === null ? undefined : plainStatusText(status);
}

function plainStatusText(status: GuestStatus): string {
  switch (status) {
    case 'ok':
      return l10n.t('answering');
    case 'degraded':
      return l10n.t('answering with an older protocol');
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

/** What to do when the host allows a service and the guest does not answer; undefined when the two agree. */
export function serviceNextStep({ enabled, status }: IntegrationServiceState): string | undefined {
  if (enabled !== true || status === null) return undefined;
  switch (status) {
    case 'ok':
    case 'degraded':
    case 'paused':
    case 'unknown':
      return undefined;
    case 'noContact':
      return l10n.t('The guest does not answer. It may still be starting; otherwise install or start its part.');
    case 'lostCommunication':
      return l10n.t('The guest answered before and stopped. Look whether it hangs, or start its part again.');
    case 'error':
    case 'nonRecoverableError':
      return l10n.t('The part in the guest reports a failure. Look into the event log or journal of the guest.');
    default:
      return assertNever(status);
  }
}
