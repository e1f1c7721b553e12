// What commands and views call: asks hosts, and puts into the store what they answer. The only writer of the store.
import type { Clock } from '../powershell/clock';
import { HyperVError } from '../domain/errors';
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmId, VmRecord } from '../domain/vm';
import type { ChangeMethod, MethodParameters } from './api';
import { explainFailure } from './explainFailure';
import { Follower } from './follower';
import type { FollowReason } from './follower';
import type { Connect, HostConnection } from './hostConnection';
import type { HostStatus, HostStore } from './hostStore';
import type { KvpApplied } from './kvpApplied';
import type { HostDefinition, HostId } from './hosts';

/**
 * Why a VM is followed after a change although it looks settled: a guest acts on a request minutes later, and a service's
 * guest half answers within seconds.
 */
const afterChange: Partial<Record<ChangeMethod, FollowReason>> = {
  'vm.shutDown': { asked: 'shutDown' },
  'vm.restartGuest': { asked: 'restart' },
  'service.set': { atLeastMs: 6_000 },
};

export interface HostServiceOptions {
  readonly store: HostStore;
  readonly connect: Connect;
  readonly clock: Clock;
}

export class HostService {
  readonly #store: HostStore;
  readonly #clock: Clock;
  readonly #connect: Connect;
  readonly #connections = new Map<HostId, Promise<HostConnection>>();
  readonly #follower: Follower;
  readonly #disposal = new AbortController();
  /** Counts answers about single VMs, so that a slower inventory cannot put an older state over a newer one. */
  #sequence = 0;
  readonly #lastSingle = new Map<string, number>();
  /** Refreshes under way, and the status before them, to which a host returns when all of them are cancelled. */
  readonly #refreshing = new Map<HostId, number>();
  readonly #settled = new Map<HostId, HostStatus>();

  constructor({ store, connect, clock }: HostServiceOptions) {
    this.#store = store;
    this.#connect = connect;
    this.#clock = clock;
    this.#follower = new Follower({
      clock,
      read: (hostId, vmId) => this.readVm(hostId, vmId),
    });
  }

  addHost(definition: HostDefinition): void {
    this.#store.addHost(definition);
  }

  /** The host leaves the store at once; the promise ends when its session has ended. */
  async removeHost(hostId: HostId): Promise<void> {
    this.#follower.forget(hostId);
    this.#store.removeHost(hostId);
    const connection = this.#connections.get(hostId);
    this.#connections.delete(hostId);
    await stopQuietly(connection);
  }

  /** Reads the whole host. Never rejects: a failure becomes the host's status, where every view sees it. */
  async refresh(hostId: HostId, signal?: AbortSignal): Promise<void> {
    const before = this.#store.host(hostId)?.status;
    if (before === undefined || this.#disposal.signal.aborted) return;
    if (before.kind !== 'connecting') this.#settled.set(hostId, before);
    if (before.kind !== 'ready') this.#store.setStatus(hostId, { kind: 'connecting' });
    this.#refreshing.set(hostId, (this.#refreshing.get(hostId) ?? 0) + 1);
    const startedAt = this.#sequence;
    try {
      const connection = await this.#connection(hostId);
      const { vms } = await connection.inventory(this.#signal(signal));
      this.#store.setInventory(hostId, this.#keepNewer(hostId, vms, startedAt), this.#clock.now());
      this.#follower.followTransitional(hostId, vms);
    } catch (error) {
      const failure = HyperVError.from(error);
      if (failure.reason !== 'cancelled') {
        const probe = await explainFailure(
          this.#store.host(hostId)?.definition,
          this.#connections.get(hostId),
          failure,
        );
        this.#store.setStatus(hostId, { kind: 'failed', error: failure }, probe);
      } else if (this.#isLastRefresh(hostId) && this.#store.host(hostId)?.status.kind === 'connecting') {
        this.#store.setStatus(hostId, this.#settled.get(hostId) ?? { kind: 'idle' });
      }
    } finally {
      this.#refreshing.set(hostId, (this.#refreshing.get(hostId) ?? 1) - 1);
    }
  }

  /**
   * Reads one VM and puts it into the store.
   * @returns undefined when the host no longer has it
   * @throws HyperVError when the host could not be asked; the store is left as it was
   */
  async readVm(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<VmRecord | undefined> {
    try {
      const connection = await this.#connection(hostId);
      const vm = await connection.readVm(vmId, this.#signal(signal));
      this.#took(hostId, vmId, vm);
      return vm;
    } catch (error) {
      if (!HyperVError.is(error, 'vmNotFound')) throw HyperVError.from(error);
      this.#took(hostId, vmId, undefined);
      return undefined;
    }
  }

  /**
   * Asks for one change and puts into the store what the host said afterwards.
   * @throws HyperVError; the store is then left as it was, and the VM is read again in the background
   */
  async change<M extends ChangeMethod>(
    hostId: HostId,
    method: M,
    parameters: MethodParameters[M],
    signal?: AbortSignal,
  ): Promise<VmRecord> {
    const { id } = parameters;
    try {
      const connection = await this.#connection(hostId);
      const vm = await connection.change(method, parameters, this.#signal(signal), (seen) => {
        this.#took(hostId, id, seen);
      });
      this.#took(hostId, id, vm);
      this.#follower.follow(hostId, vm, afterChange[method]);
      return vm;
    } catch (error) {
      const failure = HyperVError.from(error);
      if (isWorthRereading(failure)) void this.#readAgain(hostId, id, mayComeYet(failure) ? afterChange[method] : {});
      throw failure;
    }
  }

  /**
   * The pairs of one VM. They are not in the store: only an editor looks at them.
   * @throws HyperVError
   */
  async readKvp(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<KvpReading> {
    try {
      const connection = await this.#connection(hostId);
      return await connection.readKvp(vmId, this.#signal(signal));
    } catch (error) {
      if (HyperVError.is(error, 'vmNotFound')) this.#took(hostId, vmId, undefined);
      throw HyperVError.from(error);
    }
  }

  /**
   * Changes pairs of one VM and says what became of each.
   * @throws HyperVError when nothing was asked
   */
  async applyKvp(
    hostId: HostId,
    vmId: VmId,
    pool: EditableKvpPool,
    changes: KvpChanges,
    signal?: AbortSignal,
  ): Promise<KvpApplied> {
    try {
      const connection = await this.#connection(hostId);
      return await connection.applyKvp(vmId, pool, changes, this.#signal(signal));
    } catch (error) {
      throw HyperVError.from(error);
    }
  }

  /** Forgets earlier failures of the host's session and reads the host. */
  async retry(hostId: HostId): Promise<void> {
    const connection = await this.#connections.get(hostId)?.catch(() => undefined);
    connection?.retry();
    await this.refresh(hostId);
  }

  /** Stops all sessions in parallel; never rejects. */
  async dispose(): Promise<void> {
    this.#disposal.abort();
    this.#follower.dispose();
    const connections = [...this.#connections.values()];
    this.#connections.clear();
    await Promise.all(connections.map(stopQuietly));
  }

  async #readAgain(hostId: HostId, vmId: VmId, reason: FollowReason | undefined): Promise<void> {
    try {
      const vm = await this.readVm(hostId, vmId);
      if (vm !== undefined) this.#follower.follow(hostId, vm, reason);
    } catch {
      // The failure of the change is what is told.
    }
  }

  async #connection(hostId: HostId): Promise<HostConnection> {
    const known = this.#connections.get(hostId);
    if (known !== undefined) return known;
    const host = this.#store.host(hostId);
    if (host === undefined || this.#disposal.signal.aborted) {
      throw new HyperVError('cancelled', `The host ${hostId} was removed.`);
    }
    const connecting = this.#connect(host.definition);
    this.#connections.set(hostId, connecting);
    // A failed attempt is not kept: the next request may succeed.
    connecting.catch(() => {
      if (this.#connections.get(hostId) === connecting) this.#connections.delete(hostId);
    });
    return connecting;
  }

  #isLastRefresh(hostId: HostId): boolean {
    return this.#refreshing.get(hostId) === 1;
  }

  #signal(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.#disposal.signal : AbortSignal.any([signal, this.#disposal.signal]);
  }

  #took(hostId: HostId, vmId: VmId, vm: VmRecord | undefined): void {
    this.#lastSingle.set(`${hostId}\n${vmId}`, ++this.#sequence);
    this.#store.setVm(hostId, vmId, vm);
  }

  /** An inventory with each VM replaced of which a single answer came after the inventory had begun. */
  #keepNewer(hostId: HostId, vms: readonly VmRecord[], startedAt: number): readonly VmRecord[] {
    return vms.flatMap((vm) => {
      const single = this.#lastSingle.get(`${hostId}\n${vm.id}`);
      if (single === undefined || single <= startedAt) return [vm];
      return this.#store.vm(hostId, vm.id) ?? [];
    });
  }
}

/** Failures after which the VM may still do what was asked for. */
function mayComeYet(error: HyperVError): boolean {
  return error.outcome === 'unknown' || HyperVError.is(error, 'shutdownInProgress');
}

/** Failures after which the host may be in another state than the store says. */
function isWorthRereading(error: HyperVError): boolean {
  return (
    error.outcome === 'unknown' ||
    HyperVError.is(
      error,
      'invalidState',
      'shutdownInProgress',
      'timeout',
      'vmNotFound',
      'failed',
      'serviceNotFound',
      'serviceDisabled',
    )
  );
}

async function stopQuietly(connection: Promise<HostConnection> | undefined): Promise<void> {
  try {
    await (await connection)?.stop();
  } catch {
    // Never connected, so there is nothing to stop.
  }
}
