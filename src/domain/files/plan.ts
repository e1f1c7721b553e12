// What a copy consists of: each file with its place in the guest, and what cannot go there.
import { isGoodName, joinPath, longestName, longestPath, pathLength } from './guestPaths';
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
  /** Only files are copied. */
  | 'emptyFolder'
  /** It could not be looked at. */
  | 'unreadable'
  /** Its path in the guest would be too long. */
  | 'tooLong'
  /** The guest can have no such name. */
  | 'badName'
  /** Its path has a name between percent signs, which host or guest would take for an environment variable. */
  | 'filledIn'
  /** Another of the files goes to the same place, or makes a folder of it. */
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
  const taken = new Places(style);
  for (const { source, parts, bytes } of found) {
    const name = parts.join('/');
    const destination = joinPath(style, folder, parts);
    const reason = problemOf(style, source, destination, parts) ?? (taken.add(parts) ? undefined : 'sameName');
    if (reason === undefined) files.push({ source, destination, name, bytes });
    else skipped.push({ name, reason });
  }
  return { files, skipped };
}

function problemOf(
  style: PathStyle,
  source: string,
  destination: string,
  parts: readonly string[],
): SkipReason | undefined {
  if (!parts.every((part) => isGoodName(style, part))) return 'badName';
  // The host fills in the one path, and a Windows guest the other (page on Msvm_CopyFileToGuestSettingData): another file
  // would be read, or written to another place.
  if (isFilledIn(source) || (style === 'windows' && isFilledIn(parts.join('\\')))) return 'filledIn';
  const isTooLong = parts.some((part) => pathLength(style, part) > longestName);
  return isTooLong || pathLength(style, destination) > longestPath ? 'tooLong' : undefined;
}

function isFilledIn(path: string): boolean {
  return /%[^%]+%/.test(path);
}

/** The files and the folders above them that a guest has by then. */
class Places {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  constructor(private readonly style: PathStyle) {}

  /** @returns whether there was room for it */
  add(parts: readonly string[]): boolean {
    const names = this.style === 'windows' ? parts.map(withoutCase) : parts;
    const place = names.join('/');
    const above = names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
    if (this.#files.has(place) || this.#folders.has(place) || above.some((one) => this.#files.has(one))) return false;
    this.#files.add(place);
    for (const one of above) this.#folders.add(one);
    return true;
  }
}

/** Windows compares names letter by letter in capitals; letters that have no single capital stand for themselves. */
function withoutCase(name: string): string {
  return name.replaceAll(/./gsu, (letter) => {
    const capital = letter.toUpperCase();
    return capital.length === letter.length ? capital : letter;
  });
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
