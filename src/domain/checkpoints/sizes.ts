// What checkpoints take on the disks of their host. Counted are files which are there only because of checkpoints, each once.
import type { Checkpoint, CheckpointId, CheckpointReading } from './checkpoint';
import { isOfCheckpoints } from './files';
import type { CheckpointFile } from './files';
import type { CheckpointTree } from './tree';

export interface FilesSize {
  /** Of those whose size is known. */
  readonly bytes: number;
  /** How many have a size that is not known. */
  readonly unknown: number;
}

/** Of some files, without those that a VM has without checkpoints as well; undefined when the host did not tell them. */
export function sizeOf(files: readonly CheckpointFile[] | null, kind?: CheckpointFile['kind']): FilesSize | undefined {
  if (files === null) return undefined;
  const counted = unique(files).filter((file) => isOfCheckpoints(file) && (kind === undefined || file.kind === kind));
  return {
    bytes: counted.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    unknown: counted.filter(({ bytes }) => bytes === null).length,
  };
}

/** All that the VM would not take without checkpoints: theirs, and what was written since the last one. */
export function totalSize({ checkpoints, nowFiles }: CheckpointReading): FilesSize | undefined {
  if (nowFiles === null || checkpoints.length === 0) return undefined;
  return sizeOf([...checkpoints.flatMap(({ files }) => files ?? []), ...nowFiles]);
}

/** The other checkpoints of a VM whose settings name this file too. */
export function alsoKeptBy(reading: CheckpointReading, id: CheckpointId, path: string): readonly Checkpoint[] {
  const key = keyOf(path);
  return reading.checkpoints.filter((one) => one.id !== id && one.files?.some((file) => keyOf(file.path) === key));
}

/** What becomes of the disks of a checkpoint that is deleted alone. */
export type DiskFate =
  /** Nothing goes on from it: they are deleted. */
  | 'deleted'
  /** One thing goes on from it and needs what they hold: they are merged with its disks. */
  | 'merged'
  /** Several things go on from it, or name the same files: they stay. */
  | 'kept';

export function diskFate(reading: CheckpointReading, tree: CheckpointTree, { id, files }: Checkpoint): DiskFate {
  const heirs = (tree.children.get(id)?.length ?? 0) + (reading.currentId === id ? 1 : 0);
  if (heirs > 0) return heirs === 1 ? 'merged' : 'kept';
  const isShared = (files ?? []).some((file) => isOfCheckpoints(file) && isKeptElsewhere(reading, id, file));
  return isShared ? 'kept' : 'deleted';
}

function isKeptElsewhere(reading: CheckpointReading, id: CheckpointId, { path }: CheckpointFile): boolean {
  const isNow = reading.nowFiles?.some((file) => keyOf(file.path) === keyOf(path)) === true;
  return path !== '' && (isNow || alsoKeptBy(reading, id, path).length > 0);
}

/** Hosts compare paths without regard to case. One without a path is like no other. */
function unique(files: readonly CheckpointFile[]): readonly CheckpointFile[] {
  const seen = new Set<string>();
  return files.filter(({ path }) => {
    if (path === '') return true;
    const key = keyOf(path);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf(path: string): string {
  return path.toLowerCase();
}
