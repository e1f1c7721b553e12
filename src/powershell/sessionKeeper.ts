// Has one session ready when somebody needs it: starts it, starts it again after a loss, gives up when that is hopeless.
// Called by supervisor.ts, which decides what is sent through it.
import { assertNever } from '../domain/assertNever';
import { Emitter, type Disposable, type Event } from '../domain/emitter';
import type { Clock } from './clock';
import { deferred, type Deferred } from './deferred';
import { SessionError } from './errors';
import type { Hello } from './hello';
import type { SessionLog } from './log';
import { RestartPolicy } from './restartPolicy';
import type { Session } from './session';

/** `waiting`: the last session failed, and the next request starts one when its delay is over. */
export type SupervisorState = 'idle' | 'starting' | 'ready' | 'waiting' | 'gaveUp' | 'disposed';

/** What is needed of a session; unit tests pass their own. */
export type ManagedSession = Pick<
  Session,
  'state' | 'onDidChangeState' | 'hello' | 'noise' | 'start' | 'request' | 'checkAlive' | 'stop'
>;

export interface KeeperOptions {
  readonly log: SessionLog;
  readonly create: () => ManagedSession;
  readonly clock: Clock;
  readonly random: () => number;
}

export class SessionKeeper {
  readonly #policy: RestartPolicy;
  readonly #changed = new Emitter<SupervisorState>();
  #state: SupervisorState = 'idle';
  #session: ManagedSession | undefined;
  #readyAt = 0;
  #failure: SessionError | undefined;
  /** What requests wait for while there is no session. */
  #opening: Deferred<ManagedSession> | undefined;
  #notBefore = 0;
  #timer: Disposable | undefined;

  readonly onDidChangeState: Event<SupervisorState> = this.#changed.event;

  constructor(private readonly options: KeeperOptions) {
    this.#policy = new RestartPolicy(options.random);
  }

  get state(): SupervisorState {
    return this.#state;
  }

  get hello(): Hello | undefined {
    return this.#session?.hello;
  }

  get failure(): SessionError | undefined {
    return this.#failure;
  }

  /** Forgets past failures: the next request, or one that waits, starts a session at once. A mute session is replaced. */
  retry(): void {
    this.#policy.reset();
    if (this.#state === 'ready') this.#session?.checkAlive();
    if (this.#state !== 'gaveUp' && this.#state !== 'waiting') return;
    this.#timer?.dispose();
    this.#enter('idle');
    if (this.#opening !== undefined) void this.#start(this.#opening);
  }

  /** Stops the session and rejects what waits for one. */
  async dispose(): Promise<void> {
    this.#timer?.dispose();
    this.#enter('disposed');
    this.#opening?.reject(closed());
    await this.#session?.stop();
  }

  /** Rejects with why there is none: the failure of the start, `gaveUp` or `closed`. */
  ready(): Promise<ManagedSession> {
    switch (this.#state) {
      case 'ready':
        if (this.#session !== undefined) return Promise.resolve(this.#session);
        return Promise.reject(closed());
      case 'idle': {
        const opening = deferred<ManagedSession>();
        void this.#start(opening);
        return opening.promise;
      }
      case 'waiting':
        this.#opening ??= this.#startLater();
        return this.#opening.promise;
      case 'starting':
        return this.#opening?.promise ?? Promise.reject(closed());
      case 'gaveUp':
        return Promise.reject(
          new SessionError('gaveUp', 'PowerShell failed too often.', {
            cause: this.#failure,
            noise: this.#failure?.noise ?? [],
          }),
        );
      case 'disposed':
        return Promise.reject(closed());
      default:
        return assertNever(this.#state);
    }
  }

  #startLater(): Deferred<ManagedSession> {
    const opening = deferred<ManagedSession>();
    this.#timer = this.options.clock.after(Math.max(0, this.#notBefore - this.options.clock.now()), () => {
      void this.#start(opening);
    });
    return opening;
  }

  async #start(opening: Deferred<ManagedSession>): Promise<void> {
    this.#opening = opening;
    this.#enter('starting');
    try {
      const session = this.options.create();
      this.#session = session;
      session.onDidChangeState((state) => {
        if (state === 'dead' && this.#session === session && this.#state === 'ready') this.#lost(session);
      });
      await session.start();
      if (this.#isDisposed()) return;
      this.#readyAt = this.options.clock.now();
      this.#failure = undefined;
      this.#opening = undefined;
      this.#enter('ready');
      opening.resolve(session);
    } catch (error) {
      const failure =
        error instanceof SessionError ? error : new SessionError('bootstrap', String(error), { cause: error });
      opening.reject(failure);
      this.#opening = undefined;
      if (!this.#isDisposed()) this.#failed(failure, 0);
    }
  }

  #lost(session: ManagedSession): void {
    const failure = new SessionError('lost', 'The PowerShell process ended or does not answer any more.', {
      noise: session.noise,
    });
    this.#failed(failure, this.options.clock.now() - this.#readyAt);
  }

  #failed(failure: SessionError, readyMs: number): void {
    this.#failure = failure;
    // Nothing was started, so there is nothing to wait for: the next request looks again.
    if (failure.kind === 'powershellMissing') {
      this.#enter('idle');
      return;
    }
    const now = this.options.clock.now();
    const delayMs = this.#policy.failed(now, readyMs);
    const next =
      delayMs === undefined ? 'no further start until a retry' : `next start after ${delayMs} ms at the earliest`;
    this.options.log.warn(`session failed (${failure.kind}): ${failure.message} ${next}`);
    if (delayMs === undefined) for (const line of failure.noise) this.options.log.info(line);
    this.#notBefore = now + (delayMs ?? 0);
    this.#enter(delayMs === undefined ? 'gaveUp' : 'waiting');
  }

  #isDisposed(): boolean {
    return this.#state === 'disposed';
  }

  #enter(state: SupervisorState): void {
    if (this.#state === state || this.#isDisposed()) return;
    this.#state = state;
    this.#changed.fire(state);
  }
}

function closed(): SessionError {
  return new SessionError('closed', 'The session was stopped.');
}
