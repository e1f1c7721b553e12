// A checkpoint as every surface reads it, and what the host says of all checkpoints of one VM. Made once, at the edge
// (src/hyperv/checkpointReading.ts), trusted inside.
import type { CheckpointFile } from './files';
import type { HostWork } from '../health/facts';
import type { VmState } from '../powerStates';
import type { CheckpointType } from '../vm';

declare const checkpointIdBrand: unique symbol;

/** The GUID of a checkpoint's settings, in lower case and without braces. Names are neither unique nor literal. */
export type CheckpointId = string & { readonly [checkpointIdBrand]: true };

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The last GUID in an InstanceID or an object path of the host; undefined when there is none. */
export function checkpointIdIn(text: string): CheckpointId | undefined {
  const found = text.toLowerCase().match(new RegExp(guid, 'g'));
  return found?.at(-1) as CheckpointId | undefined;
}

/** `VirtualSystemType` of Msvm_VirtualSystemSettingData: `…:Snapshot:Realized`, `:Recovery`, `:Replica:…`, `:Missing`. */
export type CheckpointPurpose = 'person' | 'backup' | 'replica' | 'missing' | 'other';

/** `null` means that the host does not say. */
export interface Checkpoint {
  readonly id: CheckpointId;
  /** Display only. */
  readonly name: string;
  /** The checkpoint it was made after; null for the first, and for one whose parent the host does not show. */
  readonly parentId: CheckpointId | null;
  /** The host's clock, milliseconds since 1970. */
  readonly createdAtMs: number | null;
  readonly purpose: CheckpointPurpose;
  /** It holds the memory of the guest (`IsSaved`), so that this goes on where it was; without, it starts anew. */
  readonly hasMemory: boolean | null;
  /** What the VM was set to make when it was made (`UserSnapshotType`). */
  readonly setting: CheckpointType;
  /** Made by the host when the VM started (`IsAutomaticSnapshot`); null before Windows 10 1709. */
  readonly automatic: boolean | null;
  /** The files of the host that it names, frozen since it was made. */
  readonly files: readonly CheckpointFile[] | null;
}

export interface CheckpointReading {
  readonly checkpoints: readonly Checkpoint[];
  /** The checkpoint from which the VM goes on; null before the first one. */
  readonly currentId: CheckpointId | null;
  readonly vmState: VmState;
  /** What the VM is set to make now. */
  readonly setting: CheckpointType;
  readonly work: readonly HostWork[];
  /** The disks into which the VM writes now: what is in them belongs to no checkpoint. null: not asked, or not told. */
  readonly nowFiles: readonly CheckpointFile[] | null;
  /** Rows of the host that were not understood. */
  readonly unreadable: number;
}
