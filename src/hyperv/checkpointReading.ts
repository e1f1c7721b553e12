// The checkpoints of one VM from the rows of checkpoints.ps1, checked once. Unknown rows and bad items never throw; they
// are counted.
import { checkpointIdIn } from '../domain/checkpoints/checkpoint';
import type { Checkpoint, CheckpointId, CheckpointPurpose, CheckpointReading } from '../domain/checkpoints/checkpoint';
import type { CheckpointFile } from '../domain/checkpoints/files';
import { vmStateFromCode } from '../domain/powerStates';
import type { CheckpointType } from '../domain/vm';
import { checkpointFile } from './checkpointFileReading';
import { workOfCodes } from './hostWork';
import { checkpointTypes } from './vmParts';

/** @param answer what Get-HvCheckpoint returned: state, work, current parent and setting of the VM, and whether it told files */
export function checkpointReading(rows: readonly unknown[], answer: unknown): CheckpointReading {
  const { state, work, current, setting, sizes } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const found: Checkpoint[] = [];
  const files = new Map<CheckpointId | null, CheckpointFile[]>();
  let unreadable = 0;
  for (const row of rows) {
    const item: readonly unknown[] = Array.isArray(row) ? row : [];
    const checkpoint = item[0] === 'checkpoint' ? checkpointOf(item) : undefined;
    // Of a file that belongs to nothing nobody can tell where it is missing.
    const owner = item[0] === 'file' ? ownerOf(item[1]) : undefined;
    if (checkpoint !== undefined) found.push(checkpoint);
    else if (owner === undefined) unreadable += 1;
    else {
      const known = files.get(owner);
      if (known === undefined) files.set(owner, [checkpointFile(item)]);
      else known.push(checkpointFile(item));
    }
  }
  const filesOf = (id: CheckpointId | null): CheckpointFile[] | null => (sizes === true ? (files.get(id) ?? []) : null);
  return {
    checkpoints: found.map((one) => ({ ...one, files: filesOf(one.id) })),
    nowFiles: filesOf(null),
    currentId: idOf(current),
    vmState: typeof state === 'number' ? vmStateFromCode(state) : 'unknown',
    setting: typeOf(setting),
    work: workOfCodes(work),
    unreadable,
  };
}

function checkpointOf(row: readonly unknown[]): Checkpoint | undefined {
  const [, instanceId, name, kind, parent, createdAtMs, isSaved, setting, automatic] = row;
  const id = idOf(instanceId);
  if (id === null) return undefined;
  const parentId = idOf(parent);
  return {
    id,
    name: typeof name === 'string' ? name : '',
    parentId: parentId === id ? null : parentId,
    createdAtMs: typeof createdAtMs === 'number' && Number.isFinite(createdAtMs) ? createdAtMs : null,
    purpose: typeof kind === 'string' ? purposeOf(kind) : 'other',
    hasMemory: typeof isSaved === 'boolean' ? isSaved : null,
    setting: typeOf(setting),
    automatic: typeof automatic === 'boolean' ? automatic : null,
    files: null,
  };
}

/** null: the VM as it is now; undefined when nobody can tell. */
function ownerOf(value: unknown): CheckpointId | null | undefined {
  return value === null ? null : (idOf(value) ?? undefined);
}

/** `Microsoft:<GUID>`, or the object path of such an instance. */
function idOf(value: unknown): CheckpointId | null {
  return typeof value === 'string' ? (checkpointIdIn(value) ?? null) : null;
}

const purposes: readonly (readonly [string, CheckpointPurpose])[] = [
  ['Realized', 'person'],
  ['Recovery', 'backup'],
  ['Replica', 'replica'],
  ['Missing', 'missing'],
];

function typeOf(code: unknown): CheckpointType {
  return (typeof code === 'number' ? checkpointTypes.get(code) : undefined) ?? 'unknown';
}

function purposeOf(kind: string): CheckpointPurpose {
  const word = /:Snapshot:(\w+)/.exec(kind)?.[1];
  return purposes.find(([name]) => name === word)?.[1] ?? 'other';
}
