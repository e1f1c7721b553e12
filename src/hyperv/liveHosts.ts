// Which hosts are followed and when: those that are ready, while somebody looks at the view. HostService owns one.
import type { Disposable } from '../domain/emitter';
import type { HyperVError } from '../domain/errors';
import type { VmId } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import { jittered } from '../powershell/jitter';
import type { HostChanges } from './api';
import type { HostId } from './hosts';
import type { HostRecord, HostStore } from './hostStore';
import { HostWatcher } from './hostWatcher';

/** Each host is read as a whole this often, since events may get lost and not everything that is shown has events. */
const readAgainMs = 60_000;
/** Whoever looks at something else for a moment finds the view as it is. */
const sleepAfterMs = 5 * 60_000;

export interface LiveHostsOptions {
  readonly store: HostStore;
  readonly clock: Clock;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** See HostConnection. */
  readonly watch: (hostId: HostId, waitMs: number, signal: AbortSignal, anew: boolean) => Promise<HostChanges>;
  /** Reads these VMs in one request and stores them. */
  readonly readVms: (hostId: HostId, vmIds: readonly VmId[], signal: AbortSignal) => Promise<void>;
  /** Reads a whole host and stores it; never rejects. */
  readonly readHost: (hostId: HostId) => Promise<void>;
  /** Whether a whole host is being read, by whomever. */
  readonly isBeingRead: (hostId: HostId) => boolean;
}

export class LiveHosts implements Disposable {
  readonly #watchers = new Map<HostId, HostWatcher>();
  readonly #timers = new Map<HostId, Disposable>();
  readonly #listening: Disposable;
  #visible = false;
  /** Somebody looks, or did a moment ago. */
  #awake = false;
  #fallingAsleep: Disposable | undefined;
  #disposed = false;

  constructor(private readonly options: LiveHostsOptions) {
    this.#listening = options.store.onDidChange((change) => {
      if (change.kind !== 'vms') this.#leaveUnready();
    });
  }

  /** Whether somebody can see the hosts. */
  setVisible(visible: boolean): void {
    if (this.#visible === visible || this.#disposed) return;
    this.#visible = visible;
    this.#fallingAsleep?.dispose();
    if (visible) {
      this.#wakeUp();
      return;
    }
    for (const hostId of [...this.#timers.keys()]) this.#cancelReading(hostId);
    this.#fallingAsleep = this.options.clock.after(sleepAfterMs, () => {
      this.#awake = false;
      for (const hostId of [...this.#watchers.keys()]) this.leave(hostId);
    });
  }

  /** To be called whenever a whole host was read and stored. */
  wasRead(hostId: HostId): void {
    const host = this.options.store.host(hostId);
    if (host !== undefined && this.#awake) this.#follow(host);
  }

  /** Asks the host nothing more until it was read anew. */
  leave(hostId: HostId): void {
    this.#watchers.get(hostId)?.dispose();
    this.#watchers.delete(hostId);
    this.#cancelReading(hostId);
  }

  dispose(): void {
    this.#disposed = true;
    this.#awake = false;
    this.#listening.dispose();
    this.#fallingAsleep?.dispose();
    for (const hostId of [...this.#watchers.keys(), ...this.#timers.keys()]) this.leave(hostId);
  }

  #wakeUp(): void {
    const { store, clock } = this.options;
    const hasSlept = !this.#awake;
    this.#awake = true;
    for (const host of store.hosts()) {
      if (host.status.kind !== 'ready') continue;
      this.#follow(host);
      const isOld = clock.now() - (host.readAtMs ?? 0) >= readAgainMs;
      if (hasSlept || isOld) this.#readUnlessBeingRead(host.definition.id);
    }
  }

  #follow(host: HostRecord): void {
    const { id, kind } = host.definition;
    this.#readLater(id);
    if (this.#watchers.has(id)) return;
    const { clock, random, watch, readVms, readHost } = this.options;
    const watcher: HostWatcher = new HostWatcher({
      clock,
      random,
      oneLane: kind === 'winrm',
      // A new process would start a lab over, so that waits until somebody asks for it.
      mayRestart: kind !== 'lab',
      watch: (waitMs, signal, anew) => watch(id, waitMs, signal, anew),
      readVms: (vmIds, signal) => readVms(id, vmIds, signal),
      readHost: () => readHost(id),
      onLost: (error) => {
        if (this.#watchers.get(id) === watcher) this.#lost(host, error);
      },
    });
    this.#watchers.set(id, watcher);
  }

  /** How the host is, its next reading tells; that of a lab waits until somebody asks for it. */
  #lost({ definition: { id, kind } }: HostRecord, error: HyperVError): void {
    if (kind === 'lab' || error.reason === 'cancelled') this.leave(id);
    else this.#watchers.delete(id);
  }

  #readLater(hostId: HostId): void {
    this.#cancelReading(hostId);
    if (!this.#visible) return;
    const { clock, random } = this.options;
    const timer = clock.after(jittered(readAgainMs, random), () => {
      this.#readLater(hostId);
      void this.#readInCase(hostId);
    });
    this.#timers.set(hostId, timer);
  }

  /** What has no events, and what events were lost of. */
  async #readInCase(hostId: HostId): Promise<void> {
    const { store, clock, readHost, isBeingRead } = this.options;
    if (isBeingRead(hostId)) return;
    const watcher = this.#watchers.get(hostId);
    const before = store.host(hostId)?.vms;
    const startedAtMs = clock.now();
    await readHost(hostId);
    const after = store.host(hostId);
    if (before === undefined || after?.status.kind !== 'ready' || this.#watchers.get(hostId) !== watcher) return;
    watcher?.wasRead(before, after.vms, startedAtMs);
  }

  #readUnlessBeingRead(hostId: HostId): void {
    if (!this.options.isBeingRead(hostId)) void this.options.readHost(hostId);
  }

  #cancelReading(hostId: HostId): void {
    this.#timers.get(hostId)?.dispose();
    this.#timers.delete(hostId);
  }

  /** A host that failed comes back by others' doing. */
  #leaveUnready(): void {
    const { store } = this.options;
    for (const hostId of [...this.#watchers.keys(), ...this.#timers.keys()]) {
      if (store.host(hostId)?.status.kind !== 'ready') this.leave(hostId);
    }
  }
}
