// The words of what is offered after a report on one VM. Buttons are called like the commands in the menu of its row, where
// there is one of that name.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import type { ReportAction, ReportConcern } from './reportActions';

export function reportActionButton(action: ReportAction): string {
  switch (action) {
    case 'retryHost':
      return l10n.t('Retry Host');
    case 'refresh':
      return l10n.t('Refresh');
    case 'waitForHeartbeat':
      return l10n.t('Wait for Heartbeat');
    case 'enableVss':
      return l10n.t('Enable Backup (VSS)');
    case 'connect':
      return l10n.t('Connect…');
    default:
      return assertNever(action);
  }
}

/** @param services by their names, those that need a look */
export function reportConcernText(concern: ReportConcern, vmName: string, services: readonly string[]): string {
  switch (concern) {
    case 'noAnswer':
      return l10n.t('The report on {0} tells what was known earlier, as its host did not answer.', vmName);
    case 'fellSilent':
      return l10n.t('The guest of {0} fell silent, although the virtual machine runs.', vmName);
    case 'needsLook':
      return l10n.t('What needs a look in {0}: {1}', vmName, services.join(', '));
    case 'starting':
      return l10n.t('The guest of {0} may still be starting, so that the report cannot tell all.', vmName);
    case 'backupNotAsked':
      return l10n.t('Backups do not ask the guest of {0}, as the service Backup (VSS) is disabled.', vmName);
    case 'leftOut':
      return l10n.t('The host left out some of what it usually says of {0}.', vmName);
    default:
      return assertNever(concern);
  }
}
