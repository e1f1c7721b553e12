// Re-reads a VM after a change, or while it changes by itself, until it has settled. HostService owns one.
import type { Clock } from '../powershell/clock';
import type { Disposable } from '../domain/emitter';
import { integrationServiceKeys } from '../domain/integrationServices';
import { isTransitional } from '../domain/powerStates';
import type { VmId, VmRecord } from '../domain/vm';
import type { HostId } from './hosts';

/** Delays between readings; the last one repeats. Quick at first, since most changes take a few seconds. */
const followDelaysMs: readonly number[] = [1_000, 1_000, 1_000, 2_000, 2_000, 3_000, 5_000];
/** A guest that boots or installs updates may take longer; then a refresh or the next change looks again. */
const followDeadlineMs = 2 * 60_000;

export interface FollowerOptions {
  readonly clock: Clock;
  /** Reads a VM and stores it; undefined when it is gone. Rejections count as "not settled yet". */
  readonly read: (hostId: HostId, vmId: VmId) => Promise<VmRecord | undefined>;
}

interface Pursuit {
  readonly hostId: HostId;
  readonly vmId: VmId;
  readonly startedAtMs: number;
  readonly atLeastMs: number;
  readings: number;
  timer?: Disposable;
}

export class Follower implements Disposable {
  readonly #pursuits = new Map<string, Pursuit>();
  readonly #options: FollowerOptions;
  #disposed = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Starts, or starts anew if the VM is followed already. @param atLeastMs go on for so long even if it looks settled */
  follow(hostId: HostId, vm: VmRecord, atLeastMs = 0): void {
    const key = keyOf(hostId, vm.id);
    this.#end(key);
    if (this.#disposed || (atLeastMs === 0 && isSettled(vm))) return;
    const pursuit: Pursuit = { hostId, vmId: vm.id, startedAtMs: this.#options.clock.now(), atLeastMs, readings: 0 };
    this.#pursuits.set(key, pursuit);
    this.#schedule(key, pursuit);
  }

  /** Follows those VMs which an inventory found in the middle of a change, unless they are followed already. */
  followTransitional(hostId: HostId, vms: readonly VmRecord[]): void {
    for (const vm of vms) {
      if (isTransitional(vm.state) && !this.#pursuits.has(keyOf(hostId, vm.id))) this.follow(hostId, vm);
    }
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
    const delay = followDelaysMs[Math.min(pursuit.readings, followDelaysMs.length - 1)] ?? followDeadlineMs;
    pursuit.timer = this.#options.clock.after(delay, () => void this.#look(key, pursuit));
  }

  async #look(key: string, pursuit: Pursuit): Promise<void> {
    pursuit.readings += 1;
    const settled = await this.#options.read(pursuit.hostId, pursuit.vmId).then(
      (vm) => vm === undefined || isSettled(vm),
      () => false,
    );
    // Stopped or started anew while the host was answering.
    if (this.#pursuits.get(key) !== pursuit) return;
    const elapsedMs = this.#options.clock.now() - pursuit.startedAtMs;
    if (elapsedMs >= followDeadlineMs || (settled && elapsedMs >= pursuit.atLeastMs)) this.#end(key);
    else this.#schedule(key, pursuit);
  }

  #end(key: string): void {
    this.#pursuits.get(key)?.timer?.dispose();
    this.#pursuits.delete(key);
  }
}

function keyOf(hostId: HostId, vmId: VmId): string {
  return `${hostId}\n${vmId}`;
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
