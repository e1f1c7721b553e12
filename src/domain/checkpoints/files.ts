// The files of the host that checkpoints keep, as the host names them.

/** Why the size of a file is not known. */
export type FileGap =
  /** The host names it, and it is not there. */
  | 'missing'
  /** The account may not look at it; by WinRM that is so for every share. */
  | 'denied'
  /** The share could not be reached. */
  | 'unreachable'
  /** Neither yes nor no in the time that a reading takes. */
  | 'noAnswer'
  | 'tooLong'
  /** A device, or no path at all. */
  | 'notAFile'
  /** A set of disks (.vhds), whose parts are files that the settings do not name. */
  | 'diskSet'
  | 'failed';

export interface CheckpointFile {
  readonly kind: 'disk' | 'memory';
  /** Display only; empty when the host names none. */
  readonly path: string;
  /** Of the file, not of the disk that a guest sees; null when not known. */
  readonly bytes: number | null;
  /** null exactly when `bytes` is known. */
  readonly gap: FileGap | null;
}

/**
 * Whether it is there only because of checkpoints, as far as anybody knows. Hyper-V names disks so which hold what was
 * written after a checkpoint; every other disk a VM has without checkpoints as well.
 */
export function isOfCheckpoints({ kind, path }: CheckpointFile): boolean {
  return kind === 'memory' || path === '' || /\.avhdx?$/i.test(path) || isDiskSet(path);
}

/** Its size says nothing: what belongs to a checkpoint is in other files. */
export function isDiskSet(path: string): boolean {
  return /\.vhds$/i.test(path);
}

/** The name of the file without its folder, for lists. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}
