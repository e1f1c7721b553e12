// Finds the files behind what a person chose: the host takes one file at a time, so folders are walked here. Links are not
// followed.
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Stats } from 'node:fs';
import { mostFiles } from '../../domain/files/plan';
import type { FoundFile, Skipped } from '../../domain/files/plan';

export interface Found {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly Skipped[];
  /** There are more, and nobody counted them. */
  readonly isTooMany: boolean;
}

/**
 * In the order of the paths; in a folder files come before folders, each by name.
 * @param onFound told how many there are so far
 */
export async function findFiles(
  paths: readonly string[],
  signal: AbortSignal,
  onFound: (count: number) => void,
): Promise<Found> {
  const walk = new Walk(signal, onFound);
  // The root of a drive has no name of its own: what is in it goes straight into the folder of the guest.
  for (const one of paths)
    await walk.enter(
      one,
      [path.basename(one)].filter((name) => name !== ''),
    );
  return walk;
}

class Walk implements Found {
  readonly files: FoundFile[] = [];
  readonly skipped: Skipped[] = [];

  constructor(
    private readonly signal: AbortSignal,
    private readonly onFound: (count: number) => void,
  ) {}

  get isTooMany(): boolean {
    return this.files.length > mostFiles;
  }

  async enter(source: string, parts: readonly string[]): Promise<void> {
    if (this.signal.aborted || this.isTooMany) return;
    let facts: Stats;
    try {
      facts = await lstat(source);
    } catch {
      this.#skip(parts, 'unreadable');
      return;
    }
    // A junction of Windows is a link as well.
    if (facts.isSymbolicLink()) this.#skip(parts, 'link');
    else if (facts.isDirectory()) await this.#enterFolder(source, parts);
    else if (facts.isFile()) {
      this.files.push({ source, parts, bytes: facts.size });
      this.onFound(this.files.length);
    } else this.#skip(parts, 'special');
  }

  async #enterFolder(source: string, parts: readonly string[]): Promise<void> {
    let entries;
    try {
      entries = await readdir(source, { withFileTypes: true });
    } catch {
      this.#skip(parts, 'unreadable');
      return;
    }
    if (entries.length === 0) this.#skip(parts, 'emptyFolder');
    const rank = (entry: { isDirectory(): boolean }): number => (entry.isDirectory() ? 1 : 0);
    entries.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
    for (const { name } of entries) await this.enter(path.join(source, name), [...parts, name]);
  }

  #skip(parts: readonly string[], reason: Skipped['reason']): void {
    this.skipped.push({ name: parts.join('/'), reason });
  }
}
