// Pictures of consoles for those who point at a VM: at most one request for a VM at a time, ended when nobody waits for it
// any more, and kept for seconds, in memory only. Entry of a part of its own, loaded with the first such look.
import { HyperVError } from '../domain/errors';
import { tooltipSize } from '../domain/screen/thumbnail';
import type { Thumbnail, ThumbnailSize } from '../domain/screen/thumbnail';
import type { VmId } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { HostId } from './hosts';

/** What there is to see of a console. */
export type ThumbnailView =
  | { readonly kind: 'shown'; readonly thumbnail: Thumbnail }
  /** The host has none: the VM does not run any more. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly error: HyperVError }
  /** The host has not answered yet; `onGone` tells when it is worth another look. */
  | { readonly kind: 'late' };

export interface ThumbnailOptions {
  readonly read: (
    hostId: HostId,
    vmId: VmId,
    size: ThumbnailSize,
    signal: AbortSignal,
  ) => Promise<Thumbnail | undefined>;
  readonly clock: Clock;
  /** What was shown of this VM, or that it was late, is true no longer. */
  readonly onGone: (hostId: HostId, vmId: VmId) => void;
}

/** Somebody compares two consoles: the mouse goes from one row to the other and back. */
export const freshMs = 5_000;
/** The tooltip of a row that is drawn anew closes, so it is given time to be read. */
export const keepMs = 30_000;
/** Longer than a host that is idle needs; the facts are not held back for one that is busy. */
export const lateMs = 1_500;

/** Who goes down a list of a host that takes long leaves no queue behind: the one that was left last may still be wanted. */
export const mostAwaited = 2;

interface Kept {
  readonly view: ThumbnailView;
  readonly atMs: number;
  readonly forget: () => void;
}

interface Flight {
  readonly abort: AbortController;
  readonly view: Promise<ThumbnailView>;
  /** How many wait for it. */
  waiting: number;
  /** Somebody was told that it is late, and is to be told when it is there. */
  isAwaited: boolean;
  readonly onGone: () => void;
}

export class ThumbnailCache {
  readonly #flights = new Map<string, Flight>();
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly options: ThumbnailOptions) {}

  /** @returns undefined when the signal came first; never rejects */
  async look(hostId: HostId, vmId: VmId, signal: AbortSignal): Promise<ThumbnailView | undefined> {
    const key = JSON.stringify([hostId, vmId]);
    this.#forgetOthers(key);
    const kept = this.#kept.get(key);
    if (kept !== undefined || signal.aborted) return kept?.view;
    let flight = this.#flights.get(key);
    if (flight === undefined) {
      flight = this.#start(key, hostId, vmId);
      this.#flights.set(key, flight);
    }
    flight.waiting++;
    const first = await this.#first(flight, signal);
    flight.waiting--;
    if (first?.kind === 'late') flight.isAwaited = true;
    if (flight.waiting === 0 && !flight.isAwaited) this.#giveUp(key, flight);
    this.#limitAwaited();
    return first;
  }

  /** What comes of it is nobody's: a later look asks anew. */
  #giveUp(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.abort.abort();
  }

  #limitAwaited(): void {
    const awaited = [...this.#flights].filter(([, { isAwaited, waiting }]) => isAwaited && waiting === 0);
    for (const [key, flight] of awaited.slice(0, -mostAwaited)) {
      this.#giveUp(key, flight);
      flight.onGone();
    }
  }

  /** The view, that it is late, or undefined when the signal came before both. */
  #first(flight: Flight, signal: AbortSignal): Promise<ThumbnailView | undefined> {
    return new Promise((resolve) => {
      const timer = this.options.clock.after(lateMs, () => {
        settle({ kind: 'late' });
      });
      const onAbort = (): void => {
        settle(undefined);
      };
      const settle = (view: ThumbnailView | undefined): void => {
        timer.dispose();
        signal.removeEventListener('abort', onAbort);
        resolve(view);
      };
      signal.addEventListener('abort', onAbort);
      void flight.view.then(settle);
    });
  }

  #start(key: string, hostId: HostId, vmId: VmId): Flight {
    const abort = new AbortController();
    const view = this.#read(hostId, vmId, abort.signal);
    const onGone = (): void => {
      this.options.onGone(hostId, vmId);
    };
    const flight: Flight = { abort, view, waiting: 0, isAwaited: false, onGone };
    void view.then((seen) => {
      if (this.#flights.get(key) !== flight) return;
      this.#flights.delete(key);
      this.#keep(key, seen, onGone);
      if (flight.isAwaited) onGone();
    });
    return flight;
  }

  #keep(key: string, view: ThumbnailView, onGone: () => void): void {
    const { clock } = this.options;
    const forget = (): void => {
      timer.dispose();
      this.#kept.delete(key);
      onGone();
    };
    const timer = clock.after(keepMs, forget);
    this.#kept.set(key, { view, atMs: clock.now(), forget });
  }

  /** Whoever points at one row has left the others. */
  #forgetOthers(key: string): void {
    const latest = this.options.clock.now() - freshMs;
    for (const [other, { atMs, forget }] of [...this.#kept]) if (other !== key && atMs <= latest) forget();
  }

  async #read(hostId: HostId, vmId: VmId, signal: AbortSignal): Promise<ThumbnailView> {
    try {
      const thumbnail = await this.options.read(hostId, vmId, tooltipSize, signal);
      return thumbnail === undefined ? { kind: 'none' } : { kind: 'shown', thumbnail };
    } catch (error) {
      return { kind: 'failed', error: HyperVError.from(error) };
    }
  }
}
