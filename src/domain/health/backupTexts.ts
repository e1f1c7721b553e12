// The words of the backup verdict.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import type { BackupReason, BackupVerdict, BackupVerdictKind } from './backupVerdict';
import type { HostWork } from './facts';
import { replicationStateText } from './replicationTexts';
import type { ServiceCondition } from './serviceVerdict';

/** Says in the same breath that a part of the disks is not in it. */
export function backupTitle({ kind, caveats }: BackupVerdict): string {
  const title = kindTitle(kind);
  const isPart = kind !== 'notNow' && kind !== 'unknown' && caveats.some((one) => one.kind === 'passThroughDisks');
  return isPart ? l10n.t('{0}, without the disks that are passed through', title) : title;
}

function kindTitle(kind: BackupVerdictKind): string {
  switch (kind) {
    case 'applicationConsistent':
      return l10n.t('Application-consistent');
    case 'fileSystemConsistent':
      return l10n.t('File-system consistent');
    case 'crashConsistent':
      return l10n.t('Crash-consistent, or paused during the backup');
    case 'atRest':
      return l10n.t('At rest');
    case 'notNow':
      return l10n.t('Not now');
    case 'unknown':
      return l10n.t('Unknown');
    default:
      return assertNever(kind);
  }
}

/** One sentence on what a backup made now would hold. */
export function backupMeaning(kind: BackupVerdictKind): string {
  switch (kind) {
    case 'applicationConsistent':
      return l10n.t('Programs that take part in VSS bring their files to rest first, and the guest runs on.');
    case 'fileSystemConsistent':
      return l10n.t('The guest holds its file systems still for a moment; what programs have in memory is not in it.');
    case 'crashConsistent':
      return l10n.t(
        'The disks look as after a power cut, or the virtual machine is saved or paused while they are read.',
      );
    case 'atRest':
      return l10n.t('Nothing writes to the disks. How good they are was decided when it was shut down or turned off.');
    case 'notNow':
      return l10n.t('A backup that begins now would fail or wait.');
    case 'unknown':
      return l10n.t('What a backup would hold cannot be told.');
    default:
      return assertNever(kind);
  }
}

export function backupReasonText(reason: BackupReason): string {
  switch (reason.kind) {
    case 'state':
      return stateReason(reason.state);
    case 'work':
      return workText(reason.work);
    case 'vss':
      return vssText(reason.condition);
    case 'guestSystem':
      if (!reason.known)
        return l10n.t('The system of the guest is not known; a Windows guest would do more than this.');
      return reason.windows
        ? l10n.t('The guest runs Windows, where backups use VSS.')
        : l10n.t('The guest does not run Windows: its file systems are held still, its programs are not asked.');
    case 'contactLost':
      return l10n.t('The heartbeat was lost while the virtual machine ran: a guest that hangs cannot take part.');
    case 'passThroughDisks':
      return l10n.t('Disks of the host that are passed through: {0}. No backup of the host takes them.', reason.count);
    case 'sharedDisks':
      return l10n.t('Disks that other virtual machines may share, and write to meanwhile: {0}.', reason.count);
    case 'remoteDisks':
      return l10n.t('Disks on a file server: {0}. Backups of Linux guests are known to fail with them.', reason.count);
    case 'disksNotKnown':
      return l10n.t('Unknown which disks it has, because the host did not say.');
    case 'guestDisksNotKnown':
      return l10n.t(
        'Unknown whether the guest itself attaches disks (iSCSI, for instance): a backup of the host misses them.',
      );
    case 'checkpointsNotKnown':
      return l10n.t('Unknown which checkpoints it has, because the host did not say.');
    case 'checkpointType':
      return checkpointTypeText(reason.type);
    case 'checkpoints':
      return reason.oldestDays === null
        ? l10n.t('Checkpoints: {0}.', reason.count)
        : l10n.t(
            'Checkpoints: {0}. Days since the oldest was made: {1}. Their disks grow with every change.',
            reason.count,
            reason.oldestDays,
          );
    case 'backupCheckpoints':
      return reason.oldestDays === null
        ? l10n.t('Checkpoints made for a backup: {0}.', reason.count)
        : l10n.t(
            'Checkpoints made for a backup: {0}. Days since the oldest was made: {1}. One that stays was left behind, and the next backup may fail over it.',
            reason.count,
            reason.oldestDays,
          );
    case 'tooManyCheckpoints':
      return l10n.t('It has {0} checkpoints: Hyper-V makes no more, and a backup needs one.', reason.count);
    case 'automaticCheckpoints':
      return l10n.t('The host makes a checkpoint at each start, and removes the one before; this is benign.');
    case 'replica':
      return l10n.t('This is a replica: back up the virtual machine it is a replica of.');
    case 'replicating':
      return reason.critical
        ? l10n.t('Replication is in trouble: {0}.', replicationStateText(reason.stateCode))
        : l10n.t(
            'It is replicated: {0}. A replica is no backup, as it follows each mistake.',
            replicationStateText(reason.stateCode),
          );
    case 'notAsked':
      return l10n.t('Unknown which disks, checkpoints and replication it has, because the host could not be asked.');
    default:
      return assertNever(reason);
  }
}

function stateReason(state: Extract<BackupReason, { kind: 'state' }>['state']): string {
  switch (state) {
    case 'off':
      return l10n.t('It is off.');
    case 'saved':
      return l10n.t('It is saved: the disks belong together with the saved memory only.');
    case 'paused':
      return l10n.t('It is paused: its guest cannot be asked.');
    case 'unknown':
      return l10n.t('The host reports a state which this extension does not know.');
    case 'running':
      return l10n.t('It is running.');
    case 'starting':
    case 'stopping':
    case 'saving':
    case 'pausing':
    case 'resuming':
    case 'resetting':
    case 'snapshotting':
      return l10n.t('It is changing its state right now.');
    default:
      return assertNever(state);
  }
}

function workText(work: HostWork): string {
  switch (work) {
    case 'creatingCheckpoint':
      return l10n.t('The host is creating a checkpoint of it.');
    case 'applyingCheckpoint':
      return l10n.t('The host is applying a checkpoint of it.');
    case 'deletingCheckpoint':
      return l10n.t('The host is deleting a checkpoint of it.');
    case 'waitingToStart':
      return l10n.t('It is waiting for its start.');
    case 'mergingDisks':
      return l10n.t('The host is merging its disks after a checkpoint was deleted.');
    case 'exporting':
      return l10n.t('The host is exporting it.');
    case 'migrating':
      return l10n.t('The host is moving it to another host.');
    default:
      return assertNever(work);
  }
}

function vssText(condition: ServiceCondition): string {
  switch (condition) {
    case 'works':
      return l10n.t('The service Backup (VSS) is enabled, and the guest answers.');
    case 'worksOlder':
      return l10n.t(
        'The service Backup (VSS) is enabled, and the guest answers with an older protocol, which is benign.',
      );
    case 'disabled':
    case 'disabledByDefault':
      return l10n.t('The service Backup (VSS) is disabled on the host, so the guest is not asked.');
    case 'silent':
      return l10n.t('The service Backup (VSS) is enabled, but nothing answers in the guest.');
    case 'noPart':
      return l10n.t('Guests of this kind have no part for backups.');
    case 'lost':
      return l10n.t('The part for backups in the guest answered before and fell silent.');
    case 'failing':
      return l10n.t('The part for backups in the guest reports a failure.');
    case 'starting':
      return l10n.t('The guest, or its part for backups, may still be starting: it does not answer yet.');
    case 'applicationsCritical':
    case 'unsteady':
    case 'changing':
    case 'notReported':
    case 'noStatus':
    case 'off':
    case 'paused':
    case 'saved':
    case 'stateNotKnown':
    case 'statusNotKnown':
      return l10n.t('Unknown what the part for backups in the guest does, because the host did not say.');
    default:
      return assertNever(condition);
  }
}

function checkpointTypeText(type: Extract<BackupReason, { kind: 'checkpointType' }>['type']): string {
  switch (type) {
    case 'production':
      return l10n.t(
        'Checkpoints are production checkpoints, and fall back to standard ones when the guest cannot take part.',
      );
    case 'productionOnly':
      return l10n.t('Checkpoints are production checkpoints only: they fail when the guest cannot take part.');
    case 'standard':
      return l10n.t(
        'Checkpoints that people make are standard ones, with memory and without asking the guest; a backup program decides for itself.',
      );
    case 'disabled':
      return l10n.t(
        'Checkpoints are disabled for this virtual machine; whether a backup program still works is unknown.',
      );
    case 'unknown':
      return l10n.t('The type of its checkpoints is not known.');
    default:
      return assertNever(type);
  }
}

/**
 * Names commands as serviceNextStepText does.
 * @returns undefined when there is nothing to do
 */
export function backupNextStep({ kind, reasons }: BackupVerdict): string | undefined {
  const vss = reasons.find((reason) => reason.kind === 'vss');
  switch (kind) {
    case 'crashConsistent':
      if (reasons.some((reason) => reason.kind === 'contactLost'))
        return l10n.t('Look at the guest by “Connect…”: it may hang.');
      if (vss?.condition === 'disabled') return l10n.t('“Enable Integration Service” for Backup (VSS), or accept it.');
      if (vss?.condition === 'noPart' || vss === undefined) return undefined;
      return l10n.t('See the section on Backup (VSS) below.');
    case 'notNow':
      return l10n.t('Ask again in a few minutes.');
    case 'unknown':
      return l10n.t('“Refresh” the host, then ask again.');
    case 'applicationConsistent':
    case 'fileSystemConsistent':
    case 'atRest':
      return undefined;
    default:
      return assertNever(kind);
  }
}
