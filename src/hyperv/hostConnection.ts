// The seam between the store's side (part of the extension's first bundle) and the session's side (loaded when a host
// is first looked at): everything one host can be asked. HostClient implements it; tests put a fake behind it.
import type { Event } from '../domain/emitter';
import type { HostDefinition } from './hosts';
import type { ChangeMethod, HostChanges, Inventory, MethodParameters } from './api';
import type { CheckpointChange, CheckpointOutcome, CheckpointWatch } from './checkpointClient';
import type { FileCopy, FileWatch } from './fileClient';
import type { KvpApplied } from './kvpApplied';
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmHealth } from '../domain/health/facts';
import type { CheckpointReading } from '../domain/checkpoints/checkpoint';
import type { ProbeFacts } from '../domain/readiness';
import type { Thumbnail, ThumbnailSize } from '../domain/screen/thumbnail';
import type { VmId, VmRecord } from '../domain/vm';
import type { SupervisorDiagnostics } from '../powershell/diagnostics';
import type { Clocks } from './timeClient';

/** Every method rejects with a HyperVError and nothing else. */
export interface HostConnection {
  /**
   * All VMs of the host and what it took to get them. One that has not changed since the last time is the same object.
   * @param onVms told, before the first answer is complete, of VMs of which no more than `VmRecord.partial` is known; each
   * once, or once more when the read had to begin again
   */
  inventory(signal?: AbortSignal, onVms?: (vms: readonly VmRecord[]) => void): Promise<Inventory>;
  readVm(id: VmId, signal?: AbortSignal): Promise<VmRecord>;
  /** Several VMs, in a few requests however many they are. One that is missing in the answer is gone. */
  readVms(ids: readonly VmId[], signal?: AbortSignal): Promise<readonly VmRecord[]>;
  /**
   * Waits until the host itself says that VMs changed, at most `waitMs`; nothing changed by then is no failure.
   * What changes between two calls is told by the second. Rejects when the host no longer tells: the next call asks it
   * anew, and what changed meanwhile is not told by anybody.
   * @param waitMs 0 to 25,000; where one lane serves all requests it is taken as 0, so that it is not held
   * @param anew asks the host anew to tell, as it has fallen silent without a word
   */
  watch(waitMs: number, signal?: AbortSignal, anew?: boolean): Promise<HostChanges>;
  /** What explains a read that failed: what is installed and runs, and what this sign-in may do. */
  probe(signal?: AbortSignal): Promise<ProbeFacts>;
  /**
   * Resolves with what the host said of the VM after the change. Changes to one VM run one after the other.
   * @param onSeen told what the host says of the VM when it goes on working at the change
   * @param withdraw takes the change back while it waits; once it was sent, it goes on
   */
  change<M extends ChangeMethod>(
    method: M,
    parameters: MethodParameters[M],
    signal?: AbortSignal,
    onSeen?: (vm: VmRecord) => void,
    withdraw?: AbortSignal,
  ): Promise<VmRecord>;
  /** All pools of data exchange of one VM. */
  readKvp(id: VmId, signal?: AbortSignal): Promise<KvpReading>;
  /** The checkpoints of one VM. */
  readCheckpoints(id: VmId, signal?: AbortSignal): Promise<CheckpointReading>;
  /**
   * Does one thing with them and reads them again; rejects only when nothing was asked. Cancelling asks the host to end its
   * job, which not every job allows.
   * @param onSeen told of the VM on the way
   */
  changeCheckpoints(
    id: VmId,
    change: CheckpointChange,
    watch: CheckpointWatch,
    onSeen: (vm: VmRecord) => void,
  ): Promise<CheckpointOutcome>;
  /**
   * Copies one file of the host into the guest, beside changes to the VM. Cancelling asks the host to end it.
   */
  copyFile(id: VmId, file: FileCopy, watch: FileWatch): Promise<void>;
  /** What a report on one VM needs beyond its record. */
  readHealth(id: VmId, signal?: AbortSignal): Promise<VmHealth>;
  /** The clocks of the host and of its guests. */
  readonly clocks: Clocks;
  /** The picture of one VM's console; undefined unless it runs. */
  readThumbnail(id: VmId, size: ThumbnailSize, signal?: AbortSignal): Promise<Thumbnail | undefined>;
  /** Changes pairs of one pool and reads them back; rejects only when nothing was asked. Cancelling stops what is left. */
  applyKvp(id: VmId, pool: EditableKvpPool, changes: KvpChanges, signal?: AbortSignal): Promise<KvpApplied>;
  /** How the session is, for somebody who looks for the cause of a trouble. Starts nothing, waits seconds, never rejects. */
  diagnostics(): Promise<SupervisorDiagnostics>;
  /** The session has ended by itself. Missing where there is none. */
  readonly onDidLose?: Event<undefined>;
  /** Its session waits for those of other hosts to start, or does no longer. */
  readonly onDidWait?: Event<boolean> | undefined;
  /** Forgets earlier failures, so that the next request starts a session at once; signs in anew after a refusal. */
  retry(): void;
  /** Lets the next request start a session at once; as nobody asked for it, a sign-in that was refused stays refused. */
  revive(): void;
  /** Ends the session, gracefully if it listens; never rejects. */
  stop(): Promise<void>;
}

/** Makes the connection of a host without starting anything: a process starts with the first request. */
export type Connect = (definition: HostDefinition) => Promise<HostConnection>;
