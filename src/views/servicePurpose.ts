// What each integration service is good for, and what is missing without it; for rows, tooltips and screen readers.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { IntegrationServiceKey } from '../domain/integrationServices';

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

/** The same in the few words for which a row has room. */
export function serviceShortLoss(key: IntegrationServiceKey): string {
  switch (key) {
    case 'shutdown':
      return l10n.t('disabled: no shutdown');
    case 'timeSynchronization':
      return l10n.t('disabled: no time from the host');
    case 'keyValuePairExchange':
      return l10n.t('disabled: no guest data');
    case 'heartbeat':
      return l10n.t('disabled: hangs go unnoticed');
    case 'vss':
      return l10n.t('disabled: crash-consistent backups');
    case 'guestServiceInterface':
      return l10n.t('disabled: no file copy');
    default:
      return assertNever(key);
  }
}
