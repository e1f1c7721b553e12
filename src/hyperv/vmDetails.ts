// What there is of one VM beyond its record: its pairs, its checkpoints, what a report needs, its files. None of it is in the store, as
// only those look at it who have asked. Every promise rejects with a HyperVError and nothing else. HostService has one.
import { HyperVError } from '../domain/errors';
import type { CheckpointReading } from '../domain/checkpoints/checkpoint';
import type { VmHealth } from '../domain/health/facts';
import type { GuestReading, HostClock } from '../domain/time/facts';
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { Thumbnail, ThumbnailSize } from '../domain/screen/thumbnail';
import type { VmId, VmRecord } from '../domain/vm';
import type { CheckpointChange, CheckpointOutcome, CheckpointWatch } from './checkpointClient';
import type { FileCopy, FileWatch } from './fileClient';
import type { HostAnswers } from './hostAnswers';
import type { HostConnection } from './hostConnection';
import type { HostLife } from './hostLife';
import type { HostLives } from './hostLives';
import { isWorthRereading } from './hostRereading';
import type { HostId } from './hosts';
import type { KvpApplied } from './kvpApplied';
import type { GuestAccess, GuestOfHost, TimeSync } from './timeClient';
import type { VmRecords } from './vmRecords';

export class VmDetails {
  constructor(
    private readonly lives: HostLives,
    private readonly answers: HostAnswers,
    private readonly records: VmRecords,
  ) {}

  readKvp(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<KvpReading> {
    return this.#ask(hostId, vmId, (host, life) => host.readKvp(vmId, life.signal(signal)));
  }

  /** Changes pairs and says what became of each; rejects when nothing was asked. */
  applyKvp(
    hostId: HostId,
    vmId: VmId,
    pool: EditableKvpPool,
    changes: KvpChanges,
    signal?: AbortSignal,
  ): Promise<KvpApplied> {
    return this.#ask(hostId, vmId, (host, life) => host.applyKvp(vmId, pool, changes, life.signal(signal)));
  }

  /** What a report on one VM needs. */
  readHealth(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<VmHealth> {
    return this.#ask(hostId, vmId, (host, life) => host.readHealth(vmId, life.signal(signal)));
  }

  /** Whom the clock of the VM's host follows. */
  readHostTime(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<HostClock> {
    return this.#ask(hostId, vmId, (host, life) => host.clocks.readHost(life.signal(signal)));
  }

  /** The clock inside a guest, in the way that a person allowed. */
  readGuestTime(hostId: HostId, vm: GuestOfHost, access: GuestAccess, signal?: AbortSignal): Promise<GuestReading> {
    return this.#ask(hostId, vm.id, (host, life) => host.clocks.readGuest(vm, access, life.signal(signal)));
  }

  /** Lets a guest set its clock now. */
  syncGuestTime(hostId: HostId, vm: GuestOfHost, access: GuestAccess, signal?: AbortSignal): Promise<TimeSync> {
    return this.#ask(hostId, vm.id, (host, life) => host.clocks.sync(vm, access, life.signal(signal)));
  }

  /** The picture of the console, undefined unless the VM runs; kept nowhere. */
  readThumbnail(hostId: HostId, vmId: VmId, size: ThumbnailSize, signal?: AbortSignal): Promise<Thumbnail | undefined> {
    return this.#ask(hostId, vmId, (host, life) => host.readThumbnail(vmId, size, life.signal(signal)));
  }

  readCheckpoints(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<CheckpointReading> {
    return this.#ask(hostId, vmId, (host, life) => host.readCheckpoints(vmId, life.signal(signal)));
  }

  /**
   * Does one thing with checkpoints, and puts into the store what the host says of the VM on the way; rejects when nothing was
   * asked.
   */
  changeCheckpoints(
    hostId: HostId,
    vmId: VmId,
    change: CheckpointChange,
    watch: CheckpointWatch = {},
  ): Promise<CheckpointOutcome> {
    return this.#ask(hostId, vmId, async (host, life) => {
      let last: VmRecord | undefined;
      // Only a person ends a job of the host: a window that closes leaves it alone.
      const outcome = await host.changeCheckpoints(vmId, change, watch, (vm) => {
        last = vm;
        this.answers.took(life, hostId, vmId, vm);
      });
      const { failure } = outcome;
      // Of what failed nobody knows how far it came.
      if (failure !== undefined && isWorthRereading(failure)) this.records.readAgain(hostId, vmId);
      else if (last !== undefined && !life.ended) this.records.follow(hostId, last);
      return failure === undefined ? outcome : { ...outcome, failure: this.answers.located(hostId, vmId, failure) };
    });
  }

  /** Copies one file of the host into the guest; what the host says of the VM then is for the caller to read. */
  copyFile(hostId: HostId, vmId: VmId, file: FileCopy, watch: FileWatch = {}): Promise<void> {
    // Only a person ends a job of the host.
    return this.#ask(hostId, vmId, (host) => host.copyFile(vmId, file, watch));
  }

  /** Asks the host, and tells where else a VM is which it no longer has. */
  async #ask<T>(
    hostId: HostId,
    vmId: VmId,
    question: (host: HostConnection, life: HostLife) => Promise<T>,
  ): Promise<T> {
    const life = this.lives.of(hostId);
    try {
      return await question(await life.connection(), life);
    } catch (error) {
      if (HyperVError.is(error, 'vmNotFound')) this.answers.took(life, hostId, vmId, undefined);
      throw this.answers.located(hostId, vmId, error);
    }
  }
}
