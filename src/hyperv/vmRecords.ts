// Single VMs: reads them, changes them, and follows those that change until they have settled. HostService has one.
import { HyperVError } from '../domain/errors';
import type { VmId, VmRecord } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { ChangeMethod, MethodParameters } from './api';
import { Follower } from './follower';
import type { FollowReason } from './follower';
import type { HostAnswers } from './hostAnswers';
import type { HostLives } from './hostLives';
import { isWorthRereading, reasonToFollow } from './hostRereading';
import type { HostId } from './hosts';

export class VmRecords {
  readonly #follower: Follower;

  constructor(
    private readonly lives: HostLives,
    private readonly answers: HostAnswers,
    clock: Clock,
  ) {
    this.#follower = new Follower({ clock, read: (hostId, vmId) => this.read(hostId, vmId) });
  }

  /** See HostService.readVm. */
  async read(hostId: HostId, vmId: VmId, signal?: AbortSignal): Promise<VmRecord | undefined> {
    const life = this.lives.of(hostId);
    try {
      const vm = await life.reads.read(vmId, signal);
      this.answers.took(life, hostId, vmId, vm);
      return vm;
    } catch (error) {
      if (!HyperVError.is(error, 'vmNotFound')) throw HyperVError.from(error);
      this.answers.took(life, hostId, vmId, undefined);
      return undefined;
    }
  }

  /** Reads what a host told of; those that are followed after a change are left to that. */
  async readMany(hostId: HostId, vmIds: readonly VmId[], signal: AbortSignal): Promise<void> {
    const wanted = this.#follower.hurry(hostId, vmIds);
    if (wanted.length === 0) return;
    const life = this.lives.of(hostId);
    const asked = this.answers.now;
    const connection = await life.connection();
    const vms = await connection.readVms(wanted, life.signal(signal));
    this.answers.tookSome(life, hostId, wanted, vms, asked);
    this.#follower.followTransitional(hostId, vms);
  }

  /** See HostService.change. */
  async change<M extends ChangeMethod>(
    hostId: HostId,
    method: M,
    parameters: MethodParameters[M],
    signal?: AbortSignal,
    withdraw?: AbortSignal,
  ): Promise<VmRecord> {
    const { id } = parameters;
    const life = this.lives.of(hostId);
    const onSeen = (seen: VmRecord): void => {
      this.answers.took(life, hostId, id, seen);
    };
    try {
      const connection = await life.connection();
      const vm = await connection.change(method, parameters, life.signal(signal), onSeen, withdraw);
      this.answers.took(life, hostId, id, vm);
      if (!life.ended) this.follow(hostId, vm, reasonToFollow(method));
      return vm;
    } catch (error) {
      const failure = this.answers.located(hostId, id, error);
      if (isWorthRereading(failure)) this.readAgain(hostId, id, reasonToFollow(method, failure));
      throw failure;
    }
  }

  /** In the background, without a word when it fails. */
  readAgain(hostId: HostId, vmId: VmId, reason?: FollowReason): void {
    this.read(hostId, vmId).then(
      (vm) => {
        if (vm !== undefined) this.follow(hostId, vm, reason);
      },
      () => {
        // Something else is told, or the row says it when somebody refreshes the host.
      },
    );
  }

  /** Until it has settled. */
  follow(hostId: HostId, vm: VmRecord, reason?: FollowReason): void {
    this.#follower.follow(hostId, vm, reason);
  }

  /** Those which a read of the whole host found in the middle of a change. */
  followTransitional(hostId: HostId, vms: readonly VmRecord[]): void {
    this.#follower.followTransitional(hostId, vms);
  }

  /** The host was taken away. */
  forgetHost(hostId: HostId): void {
    this.#follower.forget(hostId);
  }

  dispose(): void {
    this.#follower.dispose();
  }
}
