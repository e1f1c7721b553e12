// Checkpoints for unit tests.
import type { Checkpoint, CheckpointId, CheckpointReading } from '../../src/domain/checkpoints/checkpoint';
import type { CheckpointFile } from '../../src/domain/checkpoints/files';
import { checkpointTree } from '../../src/domain/checkpoints/tree';
import type { KnownCheckpoints } from '../../src/hyperv/checkpointCache';

export function checkpointId(number: number): CheckpointId {
  return `c4ec0000-0000-4000-8000-${String(number).padStart(12, '0')}` as CheckpointId;
}

/** The nth of a VM, made n hours after midnight of 2026-11-01 here. */
export function makeCheckpoint(number: number, facts: Partial<Checkpoint> = {}): Checkpoint {
  return {
    id: checkpointId(number),
    name: `checkpoint ${String(number)}`,
    parentId: number === 1 ? null : checkpointId(number - 1),
    createdAtMs: new Date(2026, 10, 1, number).getTime(),
    purpose: 'person',
    hasMemory: true,
    setting: 'standard',
    automatic: false,
    files: null,
    ...facts,
  };
}

export function makeReading(
  checkpoints: readonly Checkpoint[],
  facts: Partial<CheckpointReading> = {},
): CheckpointReading {
  return {
    checkpoints,
    currentId: checkpoints.at(-1)?.id ?? null,
    vmState: 'running',
    setting: 'production',
    work: [],
    nowFiles: null,
    unreadable: 0,
    ...facts,
  };
}

export function knownFrom(reading: CheckpointReading): KnownCheckpoints {
  return { reading, tree: checkpointTree(reading.checkpoints) };
}

/** A file of the host; `bytes` null for one of unknown size. */
export function makeFile(path: string, bytes: number | null, facts: Partial<CheckpointFile> = {}): CheckpointFile {
  return { kind: 'disk', path, bytes, gap: bytes === null ? 'denied' : null, ...facts };
}
