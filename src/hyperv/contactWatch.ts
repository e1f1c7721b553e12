// Follows the heartbeats in the store: keeps their history, and tells when VMs lost contact or answer again. Made by
// commands/contact.ts; asks no host anything.
import { Emitter } from '../domain/emitter';
import type { Disposable, Event } from '../domain/emitter';
import { HeartbeatHistory } from '../domain/health/heartbeatHistory';
import type { LostVm } from '../domain/health/heartbeatHistory';
import type { Clock } from '../powershell/clock';
import type { HostStore, StoreChange } from './hostStore';
import { isLastKnown, rowVm } from './lastKnown';

export class ContactWatch implements Disposable {
  readonly history = new HeartbeatHistory();
  readonly #emitter = new Emitter<readonly LostVm[]>();
  /** The VMs that have lost contact now; told when they are others than before. */
  readonly onDidChange: Event<readonly LostVm[]> = this.#emitter.event;
  readonly #listening: Disposable;
  #lost: readonly LostVm[] = [];
  #timer: Disposable | undefined;

  /** @param now milliseconds since 1970, for people to read; the clock is for waiting */
  constructor(
    private readonly store: HostStore,
    private readonly clock: Pick<Clock, 'after'>,
    readonly now: () => number = Date.now,
  ) {
    this.#listening = store.onDidChange((change) => {
      this.#take(change);
      this.#judge();
    });
    // What was known before anybody watched.
    for (const { definition, vms } of store.hosts()) {
      this.#take({ kind: 'vms', hostId: definition.id, changed: [...vms.keys()], structure: false });
    }
    this.#judge();
  }

  get lost(): readonly LostVm[] {
    return this.#lost;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#timer?.dispose();
    this.#emitter.dispose();
  }

  #take(change: StoreChange): void {
    if (change.kind === 'hosts') {
      this.history.retainHosts(new Set(this.store.hosts().map(({ definition }) => definition.id)));
    }
    if (change.kind !== 'vms') return;
    const { hostId } = change;
    const atMs = this.now();
    const host = this.store.host(hostId);
    for (const vmId of change.changed) {
      const vm = host && rowVm(host, vmId);
      if (vm === undefined) this.history.forget(hostId, vmId);
      else if (host !== undefined && !isLastKnown(host, vmId)) this.history.note(hostId, vm, atMs);
    }
  }

  /** VMs of a host that cannot be read are as they were once; nobody knows about now. */
  #judge(): void {
    const nowMs = this.now();
    const lost = this.history.lost(nowMs).filter(({ hostId, vmId }) => {
      const host = this.store.host(hostId);
      return host !== undefined && host.status.kind !== 'failed' && !isLastKnown(host, vmId);
    });
    this.#timer?.dispose();
    const next = this.history.nextLossMs(nowMs);
    this.#timer =
      next === undefined
        ? undefined
        : this.clock.after(next - nowMs, () => {
            this.#judge();
          });
    if (sameVms(lost, this.#lost)) return;
    this.#lost = lost;
    this.#emitter.fire(lost);
  }
}

function sameVms(a: readonly LostVm[], b: readonly LostVm[]): boolean {
  return (
    a.length === b.length && a.every(({ hostId, vmId }, index) => b[index]?.hostId === hostId && b[index].vmId === vmId)
  );
}
