// What a person reads about checkpoints: rows, questions, reports. Pure. Complete sentences, but for facts in rows.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import type { HostWork } from '../health/facts';
import { withoutUnseen } from '../shownText';
import { kindOf } from './kind';
import type { CheckpointKind, WantedType } from './kind';
import type { CheckpointRefusal } from './actions';
import type { Checkpoint } from './checkpoint';
import { maxNameLength } from './names';
import type { NameProblem } from './names';

/** The type as a fact in a row. */
export function kindFact(kind: CheckpointKind): string {
  switch (kind) {
    case 'standard':
      return l10n.t('with memory');
    case 'production':
    case 'offline':
    case 'withoutMemory':
      return l10n.t('without memory');
    case 'unknown':
      return l10n.t('type unknown');
    default:
      return assertNever(kind);
  }
}

/** The same as a sentence: what it is, and what applying it brings back. */
export function kindSentence(kind: CheckpointKind): string {
  switch (kind) {
    case 'standard':
      return l10n.t('A standard checkpoint: it holds the memory of the guest, which goes on exactly where it was.');
    case 'production':
      return l10n.t('A production checkpoint: the files of the guest are at rest in it, and the guest starts anew.');
    case 'offline':
      return l10n.t('Made while the virtual machine was off: the guest starts anew.');
    case 'withoutMemory':
      return l10n.t(
        'A production checkpoint, or one that was made while the virtual machine was off; the host does not tell which. The guest starts anew.',
      );
    case 'unknown':
      return l10n.t('The host does not say whether it holds the memory of the guest.');
    default:
      return assertNever(kind);
  }
}

/** For whom a checkpoint is there, when it is not a person's own. */
export function purposeFact({ purpose, automatic }: Pick<Checkpoint, 'purpose' | 'automatic'>): string | undefined {
  switch (purpose) {
    case 'person':
      return automatic === true ? l10n.t('made at start') : undefined;
    case 'backup':
      return l10n.t('of a backup');
    case 'replica':
      return l10n.t('of replication');
    case 'missing':
      return l10n.t('missing');
    case 'other':
      return l10n.t('of another program');
    default:
      return assertNever(purpose);
  }
}

/**
 * A name on one line, and nothing in it that nobody sees: it stands in questions, whose other lines it must not imitate or
 * turn around. A blank one would leave a row nobody can point at.
 */
export function checkpointName({ name }: Pick<Checkpoint, 'name'>): string {
  const seen = withoutUnseen(name.replaceAll(/\s+/g, ' '));
  return /^[\s\u200d]*$/.test(seen) ? l10n.t('(without a name)') : seen.trim();
}

export function workFact(work: readonly HostWork[]): string | undefined {
  if (work.includes('mergingDisks')) return l10n.t('merging disks');
  if (work.includes('creatingCheckpoint')) return l10n.t('creating a checkpoint');
  if (work.includes('applyingCheckpoint')) return l10n.t('applying a checkpoint');
  return work.includes('deletingCheckpoint') ? l10n.t('deleting a checkpoint') : undefined;
}

export function wantedName(type: WantedType): string {
  switch (type) {
    case 'standard':
      return l10n.t('Standard');
    case 'production':
      return l10n.t('Production');
    case 'productionOnly':
      return l10n.t('Production Only');
    default:
      return assertNever(type);
  }
}

export function wantedDetail(type: WantedType): string {
  switch (type) {
    case 'standard':
      return l10n.t('Memory and disks: the guest later goes on exactly where it was.');
    case 'production':
      return l10n.t(
        'The guest brings its files to rest. If it cannot, a standard checkpoint is made, and you are told.',
      );
    case 'productionOnly':
      return l10n.t('The guest brings its files to rest. If it cannot, no checkpoint is made.');
    default:
      return assertNever(type);
  }
}

export function nameProblemText(problem: NameProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a name.');
    case 'tooLong':
      return l10n.t('Hyper-V keeps names of up to {0} characters.', maxNameLength);
    case 'controlCharacters':
      return l10n.t('A name has no line breaks and no other control characters.');
    default:
      return assertNever(problem);
  }
}

/** Why an action is not offered now, and what helps. */
export function checkpointRefusalText(refusal: CheckpointRefusal, vmName: string): string {
  switch (refusal) {
    case 'disabled':
      return l10n.t(
        'Checkpoints are disabled for {0}. Its settings in Hyper-V Manager, or Set-VM with -CheckpointType, allow them again.',
        vmName,
      );
    case 'merging':
      return l10n.t(
        'The host still merges disks of {0} after a checkpoint was deleted. Try again when that is done.',
        vmName,
      );
    case 'busy':
      return l10n.t('The host is still busy with {0}. Try again when that is done.', vmName);
    case 'changing':
      return l10n.t('{0} is still changing its state. Try again when that is done.', vmName);
    case 'unknownState':
      return l10n.t('The host reports a state of {0} which is not known.', vmName);
    case 'notOurs':
      return l10n.t(
        'This checkpoint of {0} belongs to a backup, to replication or to another program, which would miss it. Use that program to remove it.',
        vmName,
      );
    case 'missing':
      return l10n.t('The host lists this checkpoint of {0} and no longer has it. Refresh the host.', vmName);
    default:
      return assertNever(refusal);
  }
}

/** What applying it brings back, for the question that comes before. */
export function afterApplying(checkpoint: Checkpoint): string {
  switch (kindOf(checkpoint)) {
    case 'standard':
      return l10n.t(
        'Afterwards it is saved: start it, and the guest goes on where it was when the checkpoint was made.',
      );
    case 'production':
    case 'offline':
    case 'withoutMemory':
      return l10n.t('Afterwards it is off: the checkpoint holds no memory, and the guest starts anew.');
    case 'unknown':
      return l10n.t('Afterwards it is saved or off; the host does not say whether the checkpoint holds memory.');
  }
}
