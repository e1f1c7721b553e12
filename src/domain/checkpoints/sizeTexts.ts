// What a person reads about the space that checkpoints take. Pure.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import { bytesText } from '../bytesText';
import type { Checkpoint, CheckpointReading } from './checkpoint';
import { fileName, isOfCheckpoints } from './files';
import type { CheckpointFile, FileGap } from './files';
import { alsoKeptBy, diskFate, sizeOf, totalSize } from './sizes';
import type { DiskFate, FilesSize } from './sizes';
import { checkpointName } from './texts';
import type { CheckpointTree } from './tree';

/** As a fact in a row; undefined when the host did not tell. */
export function sizeFact(size: FilesSize | undefined): string | undefined {
  if (size === undefined) return undefined;
  if (size.unknown === 0) return bytesText(size.bytes);
  return isUnknown(size) ? l10n.t('size unknown') : l10n.t('at least {0}', bytesText(size.bytes));
}

/** The size of one checkpoint, what is counted, and what deleting it would give back; empty when the host did not tell. */
export function sizeSentences(reading: CheckpointReading, tree: CheckpointTree, checkpoint: Checkpoint): string[] {
  const { files } = checkpoint;
  const size = sizeOf(files);
  const fact = sizeFact(size);
  if (files === null || size === undefined || fact === undefined) return [];
  const listed = files.slice(0, maxListed).map((file) => fileSentence(reading, checkpoint, file));
  const more = files.length - listed.length;
  return [
    isUnknown(size) ? l10n.t('Size on the host: unknown') : l10n.t('Size on the host: {0}', fact),
    ...listed,
    ...(more > 0 ? [l10n.t('and files beyond these: {0}', more)] : []),
    ...(checkpoint.purpose === 'person' ? [fateSentence(diskFate(reading, tree, checkpoint), files)] : []),
  ];
}

/** A tooltip is read at a glance; a virtual machine may have 64 disks and more. */
const maxListed = 6;

function fileSentence(reading: CheckpointReading, checkpoint: Checkpoint, file: CheckpointFile): string {
  const { bytes, gap, path } = file;
  const name = path === '' ? l10n.t('a file without a path') : fileName(path);
  // A whole path says why a file may be out of reach.
  const head =
    bytes === null ? `${path === '' ? name : path}: ${gapText(gap ?? 'failed')}` : `${name}: ${bytesText(bytes)}`;
  const others = path === '' ? [] : alsoKeptBy(reading, checkpoint.id, path);
  const [other] = others;
  const shared = other && isOfCheckpoints(file) ? `; ${l10n.t('{0} keeps the same file', checkpointName(other))}` : '';
  return `${head} (${partText(file)})${shared}`;
}

function partText(file: CheckpointFile): string {
  if (file.kind === 'memory') return l10n.t('memory and state of devices');
  if (file.path === '') return l10n.t('disk');
  return isOfCheckpoints(file)
    ? l10n.t('disk: what was written between the checkpoint before it and this one')
    : l10n.t('disk, not counted: the virtual machine has it without checkpoints as well');
}

export function gapText(gap: FileGap): string {
  switch (gap) {
    case 'missing':
      return l10n.t('size unknown, the file is not there');
    case 'denied':
      return l10n.t('size unknown, this account may not look at the file');
    case 'unreachable':
      return l10n.t('size unknown, the share could not be reached');
    case 'noAnswer':
      return l10n.t('size unknown, the storage did not answer in time');
    case 'tooLong':
      return l10n.t('size unknown, the path is too long');
    case 'notAFile':
      return l10n.t('size unknown, this is no path of a file');
    case 'diskSet':
      return l10n.t('size unknown, the parts of a VHD set are files of their own');
    case 'failed':
      return l10n.t('size unknown, the host could not read it');
    default:
      return assertNever(gap);
  }
}

/** What becomes of its disks, and so of the space, when it is deleted alone. */
function fateSentence(fate: DiskFate, files: readonly CheckpointFile[]): string {
  switch (fate) {
    case 'deleted':
      return l10n.t('Nothing goes on from it: deleting it gives this space back.');
    case 'merged': {
      const merged = l10n.t(
        'What goes on from it needs its disks: deleting it merges them, and how much space that gives back shows only afterwards.',
      );
      return [merged, ...memoryBack(files)].join(' ');
    }
    case 'kept': {
      const kept = l10n.t('Other states need its disks, which stay on the host when it is deleted.');
      return [kept, ...memoryBack(files)].join(' ');
    }
    default:
      return assertNever(fate);
  }
}

function memoryBack(files: readonly CheckpointFile[]): string[] {
  const memory = sizeOf(files, 'memory');
  if (memory === undefined || memory.bytes < leastTold) return [];
  return [l10n.t('The {0} of its memory are given back.', bytesText(memory.bytes))];
}

/** Of all checkpoints of a VM together; empty when the host did not tell, or there are none. */
export function totalSentences(reading: CheckpointReading): string[] {
  const total = sizeFact(totalSize(reading));
  if (total === undefined) return [];
  const since = sizeFact(sizeOf(reading.nowFiles));
  const current = reading.checkpoints.find(({ id }) => id === reading.currentId);
  const all = l10n.t('Files on the host that are there only because of checkpoints, each counted once: {0}', total);
  if (since === undefined || current === undefined) return [all];
  return [all, l10n.t('Among them the disks with what was written since {0}: {1}', checkpointName(current), since)];
}

/** For the question before one is deleted: what it takes, and what comes back; empty when the host did not tell. */
export function deletionSpace(reading: CheckpointReading, tree: CheckpointTree, checkpoint: Checkpoint): string[] {
  const { files } = checkpoint;
  const size = sizeOf(files);
  if (files === null || size === undefined) return [];
  const takes = isUnknown(size)
    ? l10n.t('How much space it takes on the host is not known.')
    : l10n.t('It takes {0} on the host.', sizeFact(size) ?? '');
  return [`${takes} ${fateSentence(diskFate(reading, tree, checkpoint), files)}`];
}

/** The same for a checkpoint with all that came after it. */
export function subtreeSpace({ currentId }: CheckpointReading, all: readonly Checkpoint[]): string[] {
  const size = sizeOf(all.flatMap(({ files }) => files ?? []));
  if (size === undefined || all.every(({ files }) => files === null)) return [];
  const take = isUnknown(size)
    ? l10n.t('How much space they take on the host is not known.')
    : l10n.t('Together they take {0} on the host.', sizeFact(size) ?? '');
  const fate = all.some(({ id }) => id === currentId)
    ? l10n.t(
        'The virtual machine goes on from one of them, so disks are merged, and how much space that gives back shows only afterwards.',
      )
    : l10n.t('Nothing else goes on from them: deleting them gives this space back.');
  return [`${take} ${fate}`];
}

/** For the question before one is applied: how much is in the disks whose content is lost. */
export function applySpace({ nowFiles }: CheckpointReading): string[] {
  const size = sizeOf(nowFiles, 'disk');
  if (size === undefined || isUnknown(size) || size.bytes === 0) return [];
  return [l10n.t('The disk files that hold it take {0} on the host.', sizeFact(size) ?? '')];
}

/** The state of devices takes some KB: it is no measure of what is not known beside it. */
const leastTold = 1_048_576;

function isUnknown({ bytes, unknown }: FilesSize): boolean {
  return unknown > 0 && bytes < leastTold;
}
