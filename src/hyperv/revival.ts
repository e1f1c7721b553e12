// A host that was lost comes back by itself: it is read again while somebody looks at it. HostService owns one.
import type { Disposable } from '../domain/emitter';
import type { HyperVErrorReason } from '../domain/errors';
import type { Clock } from '../powershell/clock';
import { jittered } from '../powershell/jitter';
import type { HostId } from './hosts';
import type { HostStatus, HostStore } from './hostStore';

/** Until a host is read again, after the first, second, … failure in a row; the last one repeats. */
type Pace = readonly number[];

/** A host that restarts takes a minute or more. */
const quick: Pace = [5_000, 15_000, 30_000, 60_000];
/** Somebody has to start it again; the host has to look what is wrong each time it is read. */
const slow: Pace = [60_000];

/** Failures that pass without anybody doing anything here. Any other waits for a person: a refused sign-in may lock an account. */
const paces: Partial<Record<HyperVErrorReason, Pace>> = {
  hostUnreachable: quick,
  sessionLost: quick,
  timeout: quick,
  serviceStopped: slow,
};

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
      if (paceOf(status) !== undefined) this.options.revive(definition.id);
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
    const pace = status && paceOf(status);
    if (pace === undefined) {
      this.#failures.delete(hostId);
      return;
    }
    const failures = this.#failures.get(hostId) ?? 0;
    this.#failures.set(hostId, failures + 1);
    if (!this.#visible) return;
    const { clock, random } = this.options;
    // Hosts that were lost together, with the network say, are not asked in step.
    const delayMs = jittered(pace[Math.min(failures, pace.length - 1)] ?? 0, random);
    const timer = clock.after(delayMs, () => {
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

function paceOf(status: HostStatus): Pace | undefined {
  return status.kind === 'failed' ? paces[status.error.reason] : undefined;
}
