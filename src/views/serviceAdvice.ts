// What to look at when a service does not do what it should: its half in the guest, the next step, and the one question
// which has two right answers, the clock of a domain controller. For tooltips.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { IntegrationServiceKey, IntegrationServiceState } from '../domain/integrationServices';

/** Which half of the service runs in the guest, and where Linux has it from. */
export function serviceGuestPart(key: IntegrationServiceKey): string {
  switch (key) {
    case 'shutdown':
      return kernelPart('vmicshutdown');
    case 'timeSynchronization':
      return l10n.t(
        'In the guest: the Windows service {0}; on Linux the kernel, and chrony with the clock /dev/ptp_hyperv.',
        'vmictimesync',
      );
    case 'keyValuePairExchange':
      return daemonPart('vmickvpexchange', 'hv-kvp-daemon', 'hypervkvpd');
    case 'heartbeat':
      return kernelPart('vmicheartbeat');
    case 'vss':
      return daemonPart('vmicvss', 'hv-vss-daemon', 'hypervvssd');
    case 'guestServiceInterface':
      return daemonPart('vmicguestinterface', 'hv-fcopy-daemon', 'hypervfcopyd');
    default:
      return assertNever(key);
  }
}

function kernelPart(windowsService: string): string {
  return l10n.t('In the guest: the Windows service {0}; on Linux the kernel module hv_utils.', windowsService);
}

/** Names as the families package them: linux-cloud-tools on Ubuntu, hyperv-daemons on Debian and on RHEL's kin. */
function daemonPart(windowsService: string, debianDaemon: string, redHatDaemon: string): string {
  return l10n.t(
    'In the guest: the Windows service {0}; on Linux the daemon {1} of the package linux-cloud-tools (Ubuntu) or hyperv-daemons (Debian), or {2} of hyperv-daemons (RHEL, CentOS).',
    windowsService,
    debianDaemon,
    redHatDaemon,
  );
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

/**
 * Microsoft's pages disagree: the one on virtual domain controllers says to disable the service, the one on accurate
 * time lets the root PDC emulator keep it where the host has a good clock. So this is conditional, and never a warning.
 */
export function timeSourceAdvice({ enabled }: IntegrationServiceState): string | undefined {
  if (enabled === null) return undefined;
  return enabled
    ? l10n.t(
        'If this guest is a domain controller, it should follow the clock of its domain: disable the service, unless it is the root PDC emulator and the host has a good clock.',
      )
    : l10n.t(
        'If this guest is a domain controller, that is as it should be: it follows the clock of its domain. Any other guest needs the service, or a time server.',
      );
}
