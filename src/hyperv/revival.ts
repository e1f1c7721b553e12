// A host that was lost comes back by itself: it is read again while somebody looks at it. HostService owns one.
import type { Disposable } from '../domain/emitter';
import { HyperVError } from '../domain/errors';
import type { Clock } from '../powershell/clock';
import type { HostId } from './hosts';
import type { HostStatus, HostStore } from './hostStore';

/** After the first, second, … failure in a row; the last one repeats. A host that restarts takes a minute or more. */
const delaysMs: readonly number[] = [5_000, 15_000, 30_000];
const lastDelayMs = 60_000;
/** Hosts that were lost together, with the network say, are not asked in step. */
const jitter = 0.2;

export interface RevivalOptions {
  readonly store: HostStore;
  readonly clock: Clock;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** Reads a host; the store then says how it went. */
  readonly refresh: (hostId: HostId) => void;
  /** The same for a host whose earlier attempts failed. */
  readonly revive: (hostId: HostId) => void;
}

export class Revival implements Disposable {
  readonly #failures = new Map<HostId, number>();
  readonly #timers = new Map<HostId, Disposable>();
  /** Hosts whose session has ended unnoticed, while nobody looked. */
  readonly #lost = new Set<HostId>();
  readonly #listening: Disposable;
  #visible = false;

  constructor(private readonly options: RevivalOptions) {
    this.#listening = options.store.onDidChange((change) => {
      if (change.kind === 'host') this.#changed(change.hostId, options.store.host(change.hostId)?.status);
      else if (change.kind === 'hosts') this.#forgetGone();
    });
  }

  /** Whether somebody can see the hosts. Nothing is read while nobody does; whoever comes back need not wait. */
  setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (!visible) {
      for (const hostId of [...this.#timers.keys()]) this.#cancel(hostId);
      return;
    }
    for (const { definition, status } of this.options.store.hosts()) {
      if (passes(status)) this.options.revive(definition.id);
      else if (this.#lost.has(definition.id)) this.options.refresh(definition.id);
    }
    this.#lost.clear();
  }

  /** The session of a host has ended by itself, which its row does not show yet. */
  lost(hostId: HostId): void {
    if (this.#visible) this.options.refresh(hostId);
    else this.#lost.add(hostId);
  }

  dispose(): void {
    this.#listening.dispose();
    for (const hostId of [...this.#timers.keys()]) this.#cancel(hostId);
  }

  #changed(hostId: HostId, status: HostStatus | undefined): void {
    // Also while it is read, by whomever.
    this.#cancel(hostId);
    if (status?.kind === 'connecting') return;
    if (status === undefined || !passes(status)) {
      this.#failures.delete(hostId);
      return;
    }
    const failures = this.#failures.get(hostId) ?? 0;
    this.#failures.set(hostId, failures + 1);
    if (!this.#visible) return;
    const delayMs = (delaysMs[failures] ?? lastDelayMs) * (1 - jitter + 2 * jitter * this.options.random());
    const timer = this.options.clock.after(delayMs, () => {
      this.#timers.delete(hostId);
      this.options.revive(hostId);
    });
    this.#timers.set(hostId, timer);
  }

  #forgetGone(): void {
    const { store } = this.options;
    for (const hostId of [...this.#timers.keys(), ...this.#failures.keys(), ...this.#lost]) {
      if (store.host(hostId) !== undefined) continue;
      this.#cancel(hostId);
      this.#failures.delete(hostId);
      this.#lost.delete(hostId);
    }
  }

  #cancel(hostId: HostId): void {
    this.#timers.get(hostId)?.dispose();
    this.#timers.delete(hostId);
  }
}

/** Failures that pass without anybody doing anything. Any other waits for a person: a refused sign-in may lock an account. */
function passes(status: HostStatus): boolean {
  return status.kind === 'failed' && HyperVError.is(status.error, 'hostUnreachable', 'sessionLost', 'timeout');
}
