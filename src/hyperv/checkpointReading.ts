// The checkpoints of one VM from the rows of checkpoints.ps1, checked once. Unknown rows and bad items never throw; they
// are counted.
import { checkpointIdIn } from '../domain/checkpoints/checkpoint';
import type { Checkpoint, CheckpointId, CheckpointPurpose, CheckpointReading } from '../domain/checkpoints/checkpoint';
import { vmStateFromCode } from '../domain/powerStates';
import type { CheckpointType } from '../domain/vm';
import { workOfCodes } from './hostWork';
import { checkpointTypes } from './vmParts';

/** @param answer what Get-HvCheckpoint returned: state, work, current parent and setting of the VM */
export function checkpointReading(rows: readonly unknown[], answer: unknown): CheckpointReading {
  const { state, work, current, setting } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const checkpoints: Checkpoint[] = [];
  let unreadable = 0;
  for (const row of rows) {
    const checkpoint = Array.isArray(row) && row[0] === 'checkpoint' ? checkpointOf(row) : undefined;
    if (checkpoint === undefined) unreadable += 1;
    else checkpoints.push(checkpoint);
  }
  return {
    checkpoints,
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
  };
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
