// One file that checkpoints keep, from a row of checkpointFiles.ps1. What is malformed is a file of unknown size, so that no
// sum is smaller than it says.
import { isDiskSet } from '../domain/checkpoints/files';
import type { CheckpointFile, FileGap } from '../domain/checkpoints/files';

const gaps: ReadonlySet<string> = new Set<FileGap>([
  'missing',
  'denied',
  'unreachable',
  'noAnswer',
  'tooLong',
  'notAFile',
  'failed',
]);

/** @param row 'file', owner, 'disk' or 'memory', path, bytes or null, why not */
export function checkpointFile(row: readonly unknown[]): CheckpointFile {
  const [, , kind, path, bytes, gap] = row;
  const file = { kind: kind === 'memory' ? 'memory' : 'disk', path: typeof path === 'string' ? path : '' } as const;
  if (isDiskSet(file.path)) return { ...file, bytes: null, gap: 'diskSet' };
  if (typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0) return { ...file, bytes, gap: null };
  return { ...file, bytes: null, gap: isGap(gap) ? gap : 'failed' };
}

function isGap(value: unknown): value is FileGap {
  return typeof value === 'string' && gaps.has(value);
}
