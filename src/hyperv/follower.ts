// Re-reads a VM after a change, or while it changes by itself, until it has settled. HostService owns one.
import type { Clock } from '../powershell/clock';
import type { Disposable } from '../domain/emitter';
import { HyperVError } from '../domain/errors';
import { integrationServiceKeys } from '../domain/integrationServices';
import { isTransitional } from '../domain/powerStates';
import type { GuestRequest } from '../domain/shutdownStates';
import type { VmId, VmRecord } from '../domain/vm';
import { awaitGuest, stillAwaited } from './awaitedGuest';
import type { AwaitedGuest } from './awaitedGuest';
import type { HostId } from './hosts';

/** Delays between readings; the last one repeats. Quick at first, since most changes take a few seconds. */
const followDelaysMs: readonly number[] = [1_000, 1_000, 1_000, 2_000, 2_000, 3_000, 5_000, 8_000];
const lastDelayMs = 15_000;
/** Guest halves of services that do not answer by then may never do; a refresh or the next change looks again. */
const contactDeadlineMs = 2 * 60_000;
/** As long as a guest that shuts down may install updates, and the host may save the memory of a large VM. */
const changeDeadlineMs = 30 * 60_000;

export interface FollowerOptions {
  readonly clock: Clock;
  /** Reads a VM and stores it; undefined when it is gone. Rejections count as "not settled yet". */
  readonly read: (hostId: HostId, vmId: VmId) => Promise<VmRecord | undefined>;
}

/** Why a VM is followed although it may look settled. */
export interface FollowReason {
  /** What its guest was asked for, and has not shown yet. */
  readonly asked?: GuestRequest;
  /** The host's first answer does not show the end of the change, which comes within this time. */
  readonly atLeastMs?: number;
}

interface Pursuit {
  readonly hostId: HostId;
  readonly vmId: VmId;
  readonly startedAtMs: number;
  readonly atLeastMs: number;
  awaited: AwaitedGuest | undefined;
  /** Of the last reading that worked. */
  transitional: boolean;
  readings: number;
  timer?: Disposable;
  looking: boolean;
  /** Something happened to the VM while it was looked at, which that look may have missed. */
  again: boolean;
}

export class Follower implements Disposable {
  readonly #pursuits = new Map<string, Pursuit>();
  readonly #options: FollowerOptions;
  #disposed = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /**
   * Starts, or starts anew if the VM is followed already; a guest that is awaited still is, unless the VM has come to
   * rest since.
   */
  follow(hostId: HostId, vm: VmRecord, { asked, atLeastMs = 0 }: FollowReason = {}): void {
    const key = keyOf(hostId, vm.id);
    const before = this.#pursuits.get(key)?.awaited;
    const awaited = asked === undefined ? before && stillAwaited(before, vm) : awaitGuest(asked, vm);
    this.#end(key);
    if (this.#disposed || (awaited === undefined && atLeastMs === 0 && isSettled(vm))) return;
    const pursuit: Pursuit = {
      hostId,
      vmId: vm.id,
      startedAtMs: this.#options.clock.now(),
      atLeastMs,
      awaited,
      transitional: isTransitional(vm.state),
      readings: 0,
      looking: false,
      again: false,
    };
    this.#pursuits.set(key, pursuit);
    this.#schedule(key, pursuit);
  }

  /** Follows those VMs which an inventory found in the middle of a change, unless they are followed already. */
  followTransitional(hostId: HostId, vms: readonly VmRecord[]): void {
    for (const vm of vms) {
      if (isTransitional(vm.state) && !this.#pursuits.has(keyOf(hostId, vm.id))) this.follow(hostId, vm);
    }
  }

  /**
   * Something happened to these VMs: those which are followed are looked at now, or once more if they are just looked at.
   * @returns the others
   */
  hurry(hostId: HostId, vmIds: readonly VmId[]): VmId[] {
    return vmIds.filter((vmId) => {
      const key = keyOf(hostId, vmId);
      const pursuit = this.#pursuits.get(key);
      if (pursuit === undefined) return true;
      if (pursuit.looking) pursuit.again = true;
      else void this.#look(key, pursuit);
      return false;
    });
  }

  /** Stops following the VMs of a host. */
  forget(hostId: HostId): void {
    for (const [key, pursuit] of this.#pursuits) {
      if (pursuit.hostId === hostId) this.#end(key);
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const key of [...this.#pursuits.keys()]) this.#end(key);
  }

  #schedule(key: string, pursuit: Pursuit): void {
    const delayMs = followDelaysMs[pursuit.readings] ?? lastDelayMs;
    pursuit.timer = this.#options.clock.after(delayMs, () => void this.#look(key, pursuit));
  }

  async #look(key: string, pursuit: Pursuit): Promise<void> {
    pursuit.timer?.dispose();
    pursuit.looking = true;
    pursuit.readings += 1;
    const vm = await this.#options.read(pursuit.hostId, pursuit.vmId).then(
      (seen) => seen ?? 'gone',
      // Nothing cancels these readings but the end of their host.
      (error: unknown) => (HyperVError.is(error, 'cancelled') ? 'gone' : undefined),
    );
    pursuit.looking = false;
    // Stopped or started anew while the host was answering.
    if (this.#pursuits.get(key) !== pursuit) return;
    if (pursuit.again && vm !== 'gone') {
      pursuit.again = false;
      void this.#look(key, pursuit);
    } else if (vm === 'gone' || this.#isOver(pursuit)) this.#end(key);
    else if (vm === undefined) this.#schedule(key, pursuit);
    else this.#saw(key, pursuit, vm);
  }

  #saw(key: string, pursuit: Pursuit, vm: VmRecord): void {
    const { hostId, atLeastMs } = pursuit;
    const wasChanging = isChanging(pursuit);
    pursuit.transitional = isTransitional(vm.state);
    pursuit.awaited &&= stillAwaited(pursuit.awaited, vm);
    // What comes after a change, such as the first contact to the services, gets time of its own.
    if (wasChanging && !isChanging(pursuit)) this.follow(hostId, vm, { atLeastMs });
    else if (!isChanging(pursuit) && isSettled(vm) && this.#elapsedMs(pursuit) >= atLeastMs) this.#end(key);
    else this.#schedule(key, pursuit);
  }

  #isOver(pursuit: Pursuit): boolean {
    return this.#elapsedMs(pursuit) >= (isChanging(pursuit) ? changeDeadlineMs : contactDeadlineMs);
  }

  #elapsedMs({ startedAtMs }: Pursuit): number {
    return this.#options.clock.now() - startedAtMs;
  }

  #end(key: string): void {
    this.#pursuits.get(key)?.timer?.dispose();
    this.#pursuits.delete(key);
  }
}

function keyOf(hostId: HostId, vmId: VmId): string {
  return `${hostId}\n${vmId}`;
}

function isChanging({ awaited, transitional }: Pursuit): boolean {
  return awaited !== undefined || transitional;
}

/** Nothing is under way: the VM rests, and every service that is on has found its guest half. */
function isSettled(vm: VmRecord): boolean {
  if (isTransitional(vm.state)) return false;
  if (vm.state !== 'running') return true;
  return integrationServiceKeys.every((key) => {
    const { enabled, status } = vm.services[key];
    return enabled !== true || (status !== null && status !== 'noContact' && status !== 'lostCommunication');
  });
}
