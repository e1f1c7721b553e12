// What a copy consists of: each file with its place in the guest, and what cannot go there.
import { isGoodName, joinPath, longestPath, pathLength } from './guestPaths';
import type { PathStyle } from './guestPaths';

/** A file on the host. */
export interface FoundFile {
  /** Absolute, as the host writes it. */
  readonly source: string;
  /** Names from the chosen file or folder on, which is the first of them. */
  readonly parts: readonly string[];
  readonly bytes: number;
}

export type SkipReason =
  /** A symbolic link or a junction, which may lead anywhere, or in a circle. */
  | 'link'
  /** Neither file nor folder. */
  | 'special'
  /** It could not be looked at. */
  | 'unreadable'
  /** Its path in the guest would be too long. */
  | 'tooLong'
  /** The guest can have no such name. */
  | 'badName'
  /** Another of the files goes to the same place. */
  | 'sameName';

export interface Skipped {
  /** Display only. */
  readonly name: string;
  readonly reason: SkipReason;
}

export interface PlannedFile {
  readonly source: string;
  /** Whole path in the guest. */
  readonly destination: string;
  /** The part of it that came from the host; display only. */
  readonly name: string;
  readonly bytes: number;
}

export interface CopyPlan {
  /** In the order of {@link FoundFile}s. */
  readonly files: readonly PlannedFile[];
  readonly skipped: readonly Skipped[];
}

/**
 * A job of the host for each file takes 0.1 to 0.4 s at least (measured on an idle small VM), so that this many already take
 * half an hour; one archive takes seconds.
 */
export const mostFiles = 5_000;

/** @param folder in the guest, tidy */
export function planCopy(style: PathStyle, folder: string, found: readonly FoundFile[]): CopyPlan {
  const files: PlannedFile[] = [];
  const skipped: Skipped[] = [];
  const taken = new Set<string>();
  for (const { source, parts, bytes } of found) {
    const name = parts.join('/');
    const destination = joinPath(style, folder, parts);
    // Names of Windows differ by more than their case.
    const place = style === 'windows' ? destination.toLowerCase() : destination;
    const reason = problemOf(style, destination, parts, taken.has(place));
    if (reason !== undefined) {
      skipped.push({ name, reason });
      continue;
    }
    taken.add(place);
    files.push({ source, destination, name, bytes });
  }
  return { files, skipped };
}

function problemOf(
  style: PathStyle,
  destination: string,
  parts: readonly string[],
  isTaken: boolean,
): SkipReason | undefined {
  if (!parts.every((part) => isGoodName(style, part))) return 'badName';
  if (pathLength(style, destination) > longestPath) return 'tooLong';
  return isTaken ? 'sameName' : undefined;
}

export function totalBytes(files: readonly Pick<PlannedFile, 'bytes'>[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Whether names have letters which the daemon of newer Linux kernels replaces by `X` (`wcstoutf8` of
 * tools/hv/hv_fcopy_uio_daemon.c).
 */
export function hasOtherLetters(files: readonly Pick<PlannedFile, 'destination'>[]): boolean {
  return files.some(({ destination }) => /[^ -~]/.test(destination));
}
