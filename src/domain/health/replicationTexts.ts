// `ReplicationState` of Msvm_ReplicationRelationship in words; the numbers are those of the page of the class.
import * as l10n from '@vscode/l10n';

export function replicationStateText(code: number | null): string {
  switch (code) {
    case 0:
      return l10n.t('replication is disabled');
    case 1:
      return l10n.t('ready for the first replication');
    case 2:
      return l10n.t('the first replication is not complete');
    case 3:
      return l10n.t('replicating');
    case 7:
      return l10n.t('replication is suspended');
    case 8:
      return l10n.t('replication is in a critical state');
    case 9:
    case 10:
    case 11:
      return l10n.t('it must be synchronised again');
    case null:
      return l10n.t('the host did not say in which state');
    default:
      return l10n.t('state {0}', code);
  }
}
