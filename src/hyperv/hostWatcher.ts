// Follows one host: waits until the host says that VMs changed, and has those read. What the host says is a nudge only,
// the records come from reading. LiveHosts makes one for each host that somebody looks at.
import type { Disposable } from '../domain/emitter';
import { HyperVError } from '../domain/errors';
import type { VmId, VmRecord } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import { jittered } from '../powershell/jitter';
import type { HostChanges } from './api';
import { SilenceCheck } from './silence';

/** How long a host is waited for at once. */
const waitMs = 20_000;
/** Between two questions, so that what changes together is read together. */
const gatherMs = 250;
/** A burst that goes on is read all the same after that many rounds. */
const gatherRounds = 4;
/** Where one lane serves all requests, the host is not waited for but asked this often. */
const oneLanePauseMs = 5_000;
/** More than these are read faster as a whole host. */
const mostSingly = 50;
const firstBackOffMs = 2_000;
const lastBackOffMs = 60_000;

export interface HostWatcherOptions {
  readonly clock: Clock;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** The host has one lane for all requests (WinRM). */
  readonly oneLane: boolean;
  /** See HostConnection. */
  readonly watch: (waitMs: number, signal: AbortSignal, anew: boolean) => Promise<HostChanges>;
  /** Reads these VMs in one request and stores them. */
  readonly readVms: (vmIds: readonly VmId[], signal: AbortSignal) => Promise<void>;
  /** Reads the whole host and stores it; never rejects. */
  readonly readHost: () => Promise<void>;
  /** A session that is lost may be started again by watching alone. */
  readonly mayRestart: boolean;
  /** There is no session, so that watching has ended by itself. */
  readonly onLost: (error: HyperVError) => void;
}

export class HostWatcher implements Disposable {
  readonly #end = new AbortController();
  #wake: () => void = () => undefined;
  #failures = 0;
  readonly #silence: SilenceCheck;
  /** Did not tell what a reading found. */
  #isSilent = false;
  /** Ends the question that waits. */
  #waiting = new AbortController();

  constructor(private readonly options: HostWatcherOptions) {
    this.#silence = new SilenceCheck(options.clock, () => {
      this.#isSilent = true;
      // It would wait for nothing.
      this.#waiting.abort();
    });
    void this.#run();
  }

  /**
   * Takes what was read although the host had not told to, and what was known before. When the host should have told, it
   * is asked anew to tell.
   * @param startedAtMs when that reading began, on the clock
   */
  wasRead(before: ReadonlyMap<VmId, VmRecord>, after: ReadonlyMap<VmId, VmRecord>, startedAtMs: number): void {
    this.#silence.compare(before, after, startedAtMs);
  }

  /** Cancels what it waits for. */
  dispose(): void {
    this.#silence.dispose();
    this.#end.abort();
    this.#wake();
  }

  async #run(): Promise<void> {
    while (!this.#isOver()) {
      try {
        if (this.#failures > 0 || this.#isSilent) await this.#armAnew();
        await this.#turn();
        this.#failures = 0;
      } catch (error) {
        if (this.#isOver()) return;
        const failure = HyperVError.from(error);
        if (this.#wasWoken() && failure.reason === 'cancelled') continue;
        if (!passes(failure) && !(this.options.mayRestart && failure.reason === 'sessionLost')) {
          this.#end.abort();
          this.options.onLost(failure);
          return;
        }
        await this.#pause(jittered(backOffMs(this.#failures++), this.options.random));
      }
    }
  }

  /** Nobody knows what changed since the host last told anything. */
  async #armAnew(): Promise<void> {
    await this.#ask(0, this.#isSilent);
    this.#isSilent = false;
    await this.options.readHost();
  }

  async #turn(): Promise<void> {
    if (this.options.oneLane) {
      await this.#read(await this.#ask(0));
      await this.#pause(oneLanePauseMs);
      return;
    }
    let heard = await this.#ask(waitMs);
    // A burst comes in pieces.
    for (let round = 0; round < gatherRounds; round++) {
      await this.#pause(gatherMs);
      if (isNothing(heard)) return;
      const more = await this.#ask(0);
      if (isNothing(more)) break;
      heard = both(heard, more);
    }
    await this.#read(heard);
  }

  async #read(heard: HostChanges): Promise<void> {
    if (this.#isOver() || isNothing(heard)) return;
    if (heard.listChanged || heard.changed.length > mostSingly) await this.options.readHost();
    else await this.options.readVms(heard.changed, this.#end.signal);
  }

  async #ask(ms: number, anew = false): Promise<HostChanges> {
    this.#end.signal.throwIfAborted();
    const signal = ms === 0 ? this.#end.signal : AbortSignal.any([this.#end.signal, this.#waiting.signal]);
    const heard = await this.options.watch(ms, signal, anew);
    if (!isNothing(heard)) this.#silence.told(heard);
    return heard;
  }

  #wasWoken(): boolean {
    const { aborted } = this.#waiting.signal;
    if (aborted) this.#waiting = new AbortController();
    return aborted;
  }

  #pause(ms: number): Promise<void> {
    if (this.#isOver()) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.options.clock.after(ms, resolve);
      this.#wake = () => {
        timer.dispose();
        resolve();
      };
    });
  }

  #isOver(): boolean {
    return this.#end.signal.aborted;
  }
}

function isNothing({ changed, listChanged }: HostChanges): boolean {
  return changed.length === 0 && !listChanged;
}

function both(a: HostChanges, b: HostChanges): HostChanges {
  return { changed: [...new Set([...a.changed, ...b.changed])], listChanged: a.listChanged || b.listChanged };
}

function backOffMs(failures: number): number {
  return Math.min(firstBackOffMs * 2 ** failures, lastBackOffMs);
}

/** Failures of the watching itself. After any other, the next reading of the host tells how the host is. */
function passes(error: HyperVError): boolean {
  return HyperVError.is(
    error,
    'accessDenied',
    'busy',
    'failed',
    'invalidParameter',
    'notAvailable',
    'notSupported',
    'protocol',
    'serviceStopped',
    'timeout',
  );
}
