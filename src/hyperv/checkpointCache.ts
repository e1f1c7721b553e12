// The checkpoints of those VMs at which somebody has looked. Not in the store: nothing is read before somebody asks, and an
// inventory stays as cheap as it is. Views look, commands bring what they have read anyway.
import { checkpointTree } from '../domain/checkpoints/tree';
import type { CheckpointTree } from '../domain/checkpoints/tree';
import type { CheckpointReading } from '../domain/checkpoints/checkpoint';
import { Emitter } from '../domain/emitter';
import type { Event } from '../domain/emitter';
import { HyperVError } from '../domain/errors';
import type { VmState } from '../domain/powerStates';
import type { VmId } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { HostId } from './hosts';
import type { HostStore, StoreChange } from './hostStore';

export interface KnownCheckpoints {
  readonly reading: CheckpointReading;
  readonly tree: CheckpointTree;
}

/** What is known of the checkpoints of one VM. */
export interface CheckpointView {
  /** Missing before the first answer; kept while they are read again. */
  readonly known?: KnownCheckpoints | undefined;
  /** Why the last reading failed. */
  readonly failure?: HyperVError | undefined;
  readonly isReading: boolean;
}

export interface CheckpointPlace {
  readonly hostId: HostId;
  readonly vmId: VmId;
}

interface Entry extends CheckpointPlace {
  view: CheckpointView;
  /** What is known may be out of date: the next look reads. */
  isStale: boolean;
  /** How often somebody has said so. */
  invalidations: number;
  /** State of the VM in the store at the last reading. */
  vmState: VmState | undefined;
  /** Looks at what the host is busy with. */
  timer: { dispose(): void } | undefined;
  looks: number;
}

/** While the host merges disks or makes a checkpoint, nothing else tells that it is done. */
const firstLookMs = 3_000;
const lastLookMs = 60_000;
/** About half an hour; after that somebody has to refresh. */
const maxLooks = 34;

export interface CheckpointCacheOptions {
  readonly store: HostStore;
  readonly clock: Clock;
  readonly read: (hostId: HostId, vmId: VmId) => Promise<CheckpointReading>;
}

export class CheckpointCache {
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new Emitter<CheckpointPlace>();
  readonly #following: { dispose(): unknown };
  readonly onDidChange: Event<CheckpointPlace> = this.#changes.event;
  #isOver = false;

  constructor(private readonly options: CheckpointCacheOptions) {
    this.#following = options.store.onDidChange((change) => {
      this.#follow(change);
    });
  }

  /** What is known; starts nothing. */
  peek(hostId: HostId, vmId: VmId): CheckpointView | undefined {
    return this.#entries.get(key(hostId, vmId))?.view;
  }

  /** Somebody looks: reads what is not known, or may be out of date. Answers at once with what there is. */
  look(hostId: HostId, vmId: VmId): CheckpointView {
    const entry = this.#entry(hostId, vmId);
    if (entry.isStale && !entry.view.isReading) void this.#read(entry);
    return entry.view;
  }

  /** Takes what somebody else has read. */
  took(hostId: HostId, vmId: VmId, reading: CheckpointReading): void {
    const entry = this.#entry(hostId, vmId);
    this.#set(entry, { known: knownFrom(reading), isReading: false }, this.#stateOf(entry));
  }

  /** Lets the next look read again: of one VM, of a host, or of all. */
  invalidate(hostId?: HostId, vmId?: VmId): void {
    for (const entry of this.#entries.values()) {
      if (hostId !== undefined && entry.hostId !== hostId) continue;
      if (vmId !== undefined && entry.vmId !== vmId) continue;
      entry.isStale = true;
      entry.invalidations += 1;
      entry.looks = 0;
      this.#changes.fire(entry);
    }
  }

  dispose(): void {
    this.#isOver = true;
    this.#following.dispose();
    for (const { timer } of this.#entries.values()) timer?.dispose();
    this.#changes.dispose();
  }

  #entry(hostId: HostId, vmId: VmId): Entry {
    const id = key(hostId, vmId);
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    const view = { isReading: false };
    const entry: Entry = {
      hostId,
      vmId,
      view,
      isStale: true,
      invalidations: 0,
      vmState: undefined,
      timer: undefined,
      looks: 0,
    };
    this.#entries.set(id, entry);
    return entry;
  }

  async #read(entry: Entry): Promise<void> {
    entry.isStale = false;
    entry.view = { ...entry.view, isReading: true };
    const vmState = this.#stateOf(entry);
    const { invalidations } = entry;
    let view: CheckpointView;
    try {
      view = { known: knownFrom(await this.options.read(entry.hostId, entry.vmId)), isReading: false };
    } catch (error) {
      // A command has brought what could not be read.
      if (!entry.view.isReading) return;
      view = { ...entry.view, failure: HyperVError.from(error), isReading: false };
    }
    // What was asked for again meanwhile may have been read before the reason for that.
    const isLate = entry.invalidations > invalidations || this.#stateOf(entry) !== vmState;
    this.#set(entry, view, vmState, isLate);
  }

  /** @param vmState of the VM in the store when it was read */
  #set(entry: Entry, view: CheckpointView, vmState: VmState | undefined, isStale = false): void {
    // The VM is gone, or the window closes.
    if (this.#isOver || this.#entries.get(key(entry.hostId, entry.vmId)) !== entry) return;
    entry.view = view;
    entry.isStale = isStale;
    entry.vmState = vmState;
    this.#lookLater(entry);
    this.#changes.fire(entry);
  }

  #stateOf({ hostId, vmId }: CheckpointPlace): VmState | undefined {
    return this.options.store.vm(hostId, vmId)?.state;
  }

  #lookLater(entry: Entry): void {
    entry.timer?.dispose();
    entry.timer = undefined;
    const isBusy = (entry.view.known?.reading.work.length ?? 0) > 0 && entry.view.failure === undefined;
    if (!isBusy) entry.looks = 0;
    else if (entry.looks < maxLooks) {
      const delayMs = Math.min(firstLookMs * 2 ** entry.looks, lastLookMs);
      entry.looks += 1;
      entry.timer = this.options.clock.after(delayMs, () => {
        if (!entry.view.isReading) void this.#read(entry);
      });
    }
  }

  #follow(change: StoreChange): void {
    if (change.kind === 'hosts') {
      this.#forget((entry) => this.options.store.host(entry.hostId) === undefined);
    } else if (change.kind === 'host') {
      this.#followHost(change.hostId);
    } else {
      for (const vmId of change.changed) this.#followVm(change.hostId, vmId);
    }
  }

  /** A host that is back: nobody looks again by himself at what could not be read. */
  #followHost(hostId: HostId): void {
    if (this.options.store.host(hostId)?.status.kind !== 'ready') return;
    for (const entry of this.#entries.values())
      if (entry.hostId === hostId && entry.view.failure !== undefined) this.invalidate(hostId, entry.vmId);
  }

  #followVm(hostId: HostId, vmId: VmId): void {
    const entry = this.#entries.get(key(hostId, vmId));
    if (entry === undefined) return;
    const vm = this.options.store.vm(hostId, vmId);
    if (vm === undefined) this.#forget((one) => one === entry);
    // What is being read is compared when it is there.
    else if (!entry.view.isReading && vm.state !== entry.vmState) {
      // What may be done with checkpoints depends on it, and somebody else may have applied one.
      entry.vmState = vm.state;
      this.invalidate(hostId, vmId);
    }
  }

  #forget(isGone: (entry: Entry) => boolean): void {
    for (const [id, entry] of this.#entries) {
      if (!isGone(entry)) continue;
      entry.timer?.dispose();
      this.#entries.delete(id);
    }
  }
}

function knownFrom(reading: CheckpointReading): KnownCheckpoints {
  return { reading, tree: checkpointTree(reading.checkpoints) };
}

function key(hostId: HostId, vmId: VmId): string {
  return JSON.stringify([hostId, vmId]);
}
