// What commands and views call: asks hosts, and puts into the store what they answer. The only writer of the store.
import type { Clock } from '../powershell/clock';
import { HyperVError } from '../domain/errors';
import type { CheckpointReading } from '../domain/checkpoints/checkpoint';
import type { VmHealth } from '../domain/health/facts';
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmId, VmRecord } from '../domain/vm';
import type { ChangeMethod, MethodParameters } from './api';
import type { CheckpointChange, CheckpointOutcome, CheckpointWatch } from './checkpointClient';
import { connectHost } from './connectHost';
import { explainFailure } from './explainFailure';
import { Follower } from './follower';
import type { FollowReason } from './follower';
import type { Connect } from './hostConnection';
import type { HostLife } from './hostLife';
import { HostLives } from './hostLives';
import { inOrder, isRemote, sameWay } from './hostOrder';
import type { RemoteHostDefinition } from './hostOrder';
import { isWorthRereading, reasonToFollow } from './hostRereading';
import type { HostStore } from './hostStore';
import type { KvpApplied } from './kvpApplied';
import type { HostDefinition, HostId } from './hosts';
import { LiveHosts } from './liveHosts';
import { NewestAnswers } from './newestAnswers';
import { sessionReport } from './sessionReport';
import { Revival } from './revival';
import { SharedVms } from './sharedVms';
import type { ListedVm } from './sharedVms';

export interface HostServiceOptions {
  readonly store: HostStore;
  readonly connect: Connect;
  readonly clock: Clock;
}

export class HostService {
  readonly #store: HostStore;
  readonly #clock: Clock;
  readonly #lives: HostLives;
  readonly #shared: SharedVms;
  readonly #follower: Follower;
  readonly #revival: Revival;
  readonly #live: LiveHosts;
  readonly #newest: NewestAnswers;

  constructor({ store, connect, clock }: HostServiceOptions) {
    this.#store = store;
    this.#clock = clock;
    const onLost = (hostId: HostId): void => {
      this.#revival.lost(hostId);
    };
    this.#lives = new HostLives(store, (definition) => connectHost(definition, { store, connect, onLost }));
    this.#shared = new SharedVms(store);
    this.#newest = new NewestAnswers(store);
    this.#follower = new Follower({
      clock,
      read: (hostId, vmId) => this.readVm(hostId, vmId),
    });
    this.#revival = new Revival({
      store,
      clock,
      random: Math.random,
      refresh: (hostId) => void this.refresh(hostId),
      revive: (hostId) => void this.#revive(hostId),
    });
    this.#live = new LiveHosts({
      store,
      clock,
      random: Math.random,
      watch: async (hostId, waitMs, signal, anew) => {
        const life = this.#lives.of(hostId);
        return (await life.connection()).watch(waitMs, life.signal(signal), anew);
      },
      readVms: (hostId, vmIds, signal) => this.#readVms(hostId, vmIds, signal),
      readHost: (hostId) => this.refresh(hostId, undefined, true),
      isBeingRead: (hostId) => this.#lives.of(hostId).refreshes > 0,
    });
  }

  addHost(definition: HostDefinition): void {
    this.#store.addHost(definition);
  }

  /**
   * Shows these hosts in place of those which the settings named before. One that stays keeps its session, also under
   * another name or in another place; the promise ends when the sessions of the others have ended.
   */
  async setRemoteHosts(remote: readonly RemoteHostDefinition[]): Promise<void> {
    const before = this.#store.hosts().map(({ definition }) => definition);
    const kept = before.filter((definition) => !isRemote(definition));
    const gone = before.filter(
      (definition) =>
        isRemote(definition) && !remote.some((one) => one.id === definition.id && sameWay(one, definition)),
    );
    const ending = gone.map(({ id }) => {
      this.#follower.forget(id);
      this.#shared.forgetHost(id);
      return this.#lives.end(id);
    });
    this.#store.arrange(inOrder([...kept, ...remote]));
    await Promise.all(ending);
  }

  /**
   * Reads the whole host. Never rejects: a failure becomes the host's status, where every view sees it.
   * @param quietly the status stays meanwhile what it is, as nobody waits for the answer
   */
  async refresh(hostId: HostId, signal?: AbortSignal, quietly = false): Promise<void> {
    const before = this.#store.host(hostId)?.status;
    if (before === undefined || this.#lives.disposed) return;
    const life = this.#lives.of(hostId);
    if (before.kind !== 'connecting') life.settled = before;
    if (before.kind !== 'ready' && !quietly) this.#store.setStatus(hostId, { kind: 'connecting' });
    life.refreshes++;
    const { successes } = life;
    const asked = this.#newest.now;
    let failure: HyperVError | undefined;
    try {
      const connection = await life.connection();
      const { vms } = await connection.inventory(life.signal(signal), (early) => {
        if (!life.ended) this.#store.setEarlyVms(hostId, early);
      });
      if (life.ended) return;
      life.successes++;
      this.#store.setInventory(hostId, this.#newest.of(hostId, vms, asked), this.#clock.now());
      this.#live.wasRead(hostId);
      this.#follower.followTransitional(hostId, vms);
      for (const listed of this.#shared.toAskAfter(hostId, vms)) void this.#askAgain(listed);
    } catch (error) {
      failure = HyperVError.from(error);
    } finally {
      life.refreshes--;
    }
    if (failure !== undefined) await this.#refreshFailed(hostId, life, failure, successes);
  }

  /**
   * Reads one VM and puts it into the store.
   * @returns undefined when the host no longer has it
   * @throws HyperVError when the host could not be asked; the store is left as it was
   */
  async readVm(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<VmRecord | undefined> {
    const life = this.#lives.of(hostId);
    try {
      const vm = await life.reads.read(vmId, signal);
      this.#took(life, hostId, vmId, vm);
      return vm;
    } catch (error) {
      if (!HyperVError.is(error, 'vmNotFound')) throw HyperVError.from(error);
      this.#took(life, hostId, vmId, undefined);
      return undefined;
    }
  }

  /**
   * Asks for one change and puts into the store what the host said afterwards.
   * @param withdraw takes the change back while it waits to be sent; it is then rejected as `cancelled`, outcome `none`
   * @throws HyperVError; the store is then left as it was, and the VM is read again in the background
   */
  async change<M extends ChangeMethod>(
    hostId: HostId,
    method: M,
    parameters: MethodParameters[M],
    signal?: AbortSignal,
    withdraw?: AbortSignal,
  ): Promise<VmRecord> {
    const { id } = parameters;
    const life = this.#lives.of(hostId);
    const onSeen = (seen: VmRecord): void => {
      this.#took(life, hostId, id, seen);
    };
    try {
      const connection = await life.connection();
      const vm = await connection.change(method, parameters, life.signal(signal), onSeen, withdraw);
      this.#took(life, hostId, id, vm);
      if (!life.ended) this.#follower.follow(hostId, vm, reasonToFollow(method));
      return vm;
    } catch (error) {
      const failure = this.#located(hostId, id, error);
      if (isWorthRereading(failure)) void this.#readAgain(hostId, id, reasonToFollow(method, failure));
      throw failure;
    }
  }

  /**
   * The pairs of one VM. They are not in the store: only an editor looks at them.
   * @throws HyperVError
   */
  async readKvp(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<KvpReading> {
    const life = this.#lives.of(hostId);
    try {
      const connection = await life.connection();
      return await connection.readKvp(vmId, life.signal(signal));
    } catch (error) {
      if (HyperVError.is(error, 'vmNotFound')) this.#took(life, hostId, vmId, undefined);
      throw this.#located(hostId, vmId, error);
    }
  }

  /**
   * What a report on one VM needs beyond its record; not in the store, as nothing else shows it.
   * @throws HyperVError
   */
  async readHealth(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<VmHealth> {
    const life = this.#lives.of(hostId);
    try {
      const connection = await life.connection();
      return await connection.readHealth(vmId, life.signal(signal));
    } catch (error) {
      throw this.#located(hostId, vmId, error);
    }
  }

  /**
   * The checkpoints of one VM; not in the store, as only those who look at them need them.
   * @throws HyperVError
   */
  async readCheckpoints(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<CheckpointReading> {
    const life = this.#lives.of(hostId);
    try {
      const connection = await life.connection();
      return await connection.readCheckpoints(vmId, life.signal(signal));
    } catch (error) {
      if (HyperVError.is(error, 'vmNotFound')) this.#took(life, hostId, vmId, undefined);
      throw this.#located(hostId, vmId, error);
    }
  }

  /**
   * Does one thing with checkpoints of one VM, and puts into the store what the host says of the VM on the way.
   * @throws HyperVError when nothing was asked
   */
  async changeCheckpoints(
    hostId: HostId,
    vmId: VmId,
    change: CheckpointChange,
    watch: CheckpointWatch = {},
  ): Promise<CheckpointOutcome> {
    const life = this.#lives.of(hostId);
    let last: VmRecord | undefined;
    try {
      const connection = await life.connection();
      // Only a person ends a job of the host: a window that closes leaves it alone.
      const outcome = await connection.changeCheckpoints(vmId, change, watch, (vm) => {
        last = vm;
        this.#took(life, hostId, vmId, vm);
      });
      const { failure } = outcome;
      // Of what failed nobody knows how far it came.
      if (failure !== undefined && isWorthRereading(failure)) void this.#readAgain(hostId, vmId, undefined);
      else if (last !== undefined && !life.ended) this.#follower.follow(hostId, last, undefined);
      return failure === undefined ? outcome : { ...outcome, failure: this.#located(hostId, vmId, failure) };
    } catch (error) {
      throw this.#located(hostId, vmId, error);
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
    const life = this.#lives.of(hostId);
    try {
      const connection = await life.connection();
      return await connection.applyKvp(vmId, pool, changes, life.signal(signal));
    } catch (error) {
      throw this.#located(hostId, vmId, error);
    }
  }

  /** How the sessions of these hosts are, or of all, as a text; starts none, waits for seconds at most, never rejects. */
  sessionReport(hostIds?: readonly HostId[]): Promise<string> {
    const definitions = this.#store.hosts().map(({ definition }) => definition);
    const wanted = definitions.filter(({ id }) => hostIds === undefined || hostIds.includes(id));
    return sessionReport(wanted, ({ id }) => this.#lives.known(id));
  }

  /** Forgets earlier failures of the host's session and reads the host. */
  async retry(hostId: HostId): Promise<void> {
    const connection = await this.#lives.known(hostId)?.catch(() => undefined);
    connection?.retry();
    await this.refresh(hostId);
  }

  /** Whether somebody can see the hosts: they are followed while that is so, and those that were lost are read again. */
  setVisible(visible: boolean): void {
    this.#revival.setVisible(visible);
    this.#live.setVisible(visible);
  }

  /** Stops all sessions in parallel; never rejects. */
  async dispose(): Promise<void> {
    this.#follower.dispose();
    this.#revival.dispose();
    this.#live.dispose();
    await this.#lives.dispose();
  }

  async #refreshFailed(hostId: HostId, life: HostLife, failure: HyperVError, successes: number): Promise<void> {
    const host = this.#store.host(hostId);
    const isCancelled = failure.reason === 'cancelled';
    const probe = isCancelled ? undefined : await explainFailure(host?.definition, life.known, failure);
    // A read that was begun later, or took less long, has worked meanwhile.
    if (life.ended || life.successes !== successes) return;
    if (!isCancelled) this.#store.setStatus(hostId, { kind: 'failed', error: failure }, probe);
    else if (life.refreshes === 0 && host?.status.kind === 'connecting') this.#store.setStatus(hostId, life.settled);
  }

  /** Those that are followed after a change are left to that. */
  async #readVms(hostId: HostId, vmIds: readonly VmId[], signal: AbortSignal): Promise<void> {
    const wanted = this.#follower.hurry(hostId, vmIds);
    if (wanted.length === 0) return;
    const life = this.#lives.of(hostId);
    const asked = this.#newest.now;
    const connection = await life.connection();
    const vms = this.#newest.of(hostId, await connection.readVms(wanted, life.signal(signal)), asked);
    const byId = new Map(vms.map((vm) => [vm.id, vm]));
    for (const vmId of wanted) this.#took(life, hostId, vmId, byId.get(vmId));
    this.#follower.followTransitional(hostId, vms);
  }

  async #askAgain({ hostId, vmId }: ListedVm): Promise<void> {
    try {
      await this.readVm(hostId, vmId);
    } catch {
      // The other host does not answer now: its row will say so when somebody refreshes it.
    }
  }

  async #readAgain(hostId: HostId, vmId: VmId, reason: FollowReason | undefined): Promise<void> {
    try {
      const vm = await this.readVm(hostId, vmId);
      if (vm !== undefined) this.#follower.follow(hostId, vm, reason);
    } catch {
      // The failure of the change is what is told.
    }
  }

  async #revive(hostId: HostId): Promise<void> {
    const connection = await this.#lives.known(hostId)?.catch(() => undefined);
    connection?.revive();
    await this.refresh(hostId, undefined, true);
  }

  #took(life: HostLife, hostId: HostId, vmId: VmId, vm: VmRecord | undefined): void {
    if (life.ended) return;
    this.#newest.took(hostId, vmId);
    this.#store.setVm(hostId, vmId, vm);
    if (vm === undefined) this.#shared.forget(hostId, vmId);
  }

  /** A VM that is not where it was looked for may be on another host by now. */
  #located(hostId: HostId, vmId: VmId, error: unknown): HyperVError {
    const failure = HyperVError.from(error);
    const foundOn = failure.reason === 'vmNotFound' ? this.#shared.otherHolder(hostId, vmId) : undefined;
    if (foundOn === undefined) return failure;
    const { reason, message, outcome, detail } = failure;
    return new HyperVError(reason, message, outcome, { ...detail, foundOn }, { cause: failure });
  }
}
