// Has one session ready when somebody needs it: starts it, starts it again after a loss, gives up when that is hopeless,
// and replaces one that has grown too large. Called by supervisor.ts, which decides what is sent through it.
import { assertNever } from '../domain/assertNever';
import { Emitter, type Disposable, type Event } from '../domain/emitter';
import { Caretaker } from './caretaker';
import type { Clock } from './clock';
import { needsPerson } from './connectionCause';
import { deferred, type Deferred } from './deferred';
import type { SupervisorDiagnostics } from './diagnostics';
import { SessionError } from './errors';
import type { Hello } from './hello';
import type { SessionLog } from './log';
import { RestartPolicy } from './restartPolicy';
import type { Session } from './session';
import type { UpkeepLimits } from './upkeep';

/** `waiting`: the last session failed, and the next request starts one when its delay is over. */
export type SupervisorState = 'idle' | 'starting' | 'ready' | 'waiting' | 'gaveUp' | 'disposed';

/** What is needed of a session; unit tests pass their own. */
export type ManagedSession = Pick<
  Session,
  | 'state'
  | 'onDidChangeState'
  | 'onDidReport'
  | 'hello'
  | 'activity'
  | 'loss'
  | 'diagnostics'
  | 'start'
  | 'request'
  | 'checkAlive'
  | 'retire'
  | 'stop'
>;

export interface KeeperOptions {
  readonly log: SessionLog;
  readonly create: () => ManagedSession;
  readonly clock: Clock;
  readonly random: () => number;
  readonly upkeep: UpkeepLimits | undefined;
}

export class SessionKeeper {
  readonly #policy: RestartPolicy;
  readonly #caretaker: Caretaker<ManagedSession> | undefined;
  readonly #changed = new Emitter<SupervisorState>();
  readonly #counts = { starts: 0, recycled: 0, closedIdle: 0 };
  #state: SupervisorState = 'idle';
  #session: ManagedSession | undefined;
  /** Every session that is not dead: the present one, its successor, and those that finish what they have. */
  readonly #alive = new Set<ManagedSession>();
  #readyAt = 0;
  #failure: SessionError | undefined;
  /** What requests wait for while there is no session. */
  #opening: Deferred<ManagedSession> | undefined;
  #notBefore = 0;
  #timer: Disposable | undefined;

  readonly onDidChangeState: Event<SupervisorState> = this.#changed.event;

  constructor(private readonly options: KeeperOptions) {
    this.#policy = new RestartPolicy(options.random);
    this.#caretaker = this.#engageCaretaker();
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

  /**
   * The next request starts another session, which signs in anew; the present one finishes what it has. Does nothing for
   * a session that must not be replaced (see `upkeep`).
   */
  renew(): void {
    const session = this.#session;
    if (this.options.upkeep === undefined || session === undefined || this.#state !== 'ready') return;
    this.options.log.info('the session is ended, so that the next one signs in anew');
    this.#letGo(session);
  }

  /** Stops every session and rejects what waits for one. */
  async dispose(): Promise<void> {
    this.#timer?.dispose();
    this.#caretaker?.attend(undefined);
    this.#enter('disposed');
    this.#opening?.reject(closed());
    await Promise.all([...this.#alive].map((session) => session.stop()));
  }

  async diagnostics(): Promise<SupervisorDiagnostics> {
    const session = await this.#session?.diagnostics();
    const failure = this.#failure && {
      kind: this.#failure.kind,
      message: this.#failure.message,
      connection: this.#failure.connection,
      noise: this.#failure.noise,
    };
    return { state: this.#state, ...this.#counts, failure, session };
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
            connection: this.#failure?.connection,
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
      const session = this.#create();
      this.#session = session;
      await session.start();
      if (this.#isDisposed()) return;
      this.#failure = undefined;
      this.#opening = undefined;
      this.#adopt(session);
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

  /** May throw, like `options.create`. */
  #create(): ManagedSession {
    const session = this.options.create();
    this.#counts.starts++;
    this.#alive.add(session);
    session.onDidChangeState((state) => {
      if (state !== 'dead') return;
      this.#alive.delete(session);
      if (this.#session === session && this.#state === 'ready')
        this.#failed(session.loss, this.options.clock.now() - this.#readyAt);
    });
    session.onDidReport((health) => {
      this.#caretaker?.look(session, health);
    });
    return session;
  }

  /** From now on requests go to this one. */
  #adopt(session: ManagedSession): void {
    this.#session = session;
    this.#readyAt = this.options.clock.now();
    this.#caretaker?.attend(session);
  }

  #engageCaretaker(): Caretaker<ManagedSession> | undefined {
    const { upkeep: limits, clock } = this.options;
    if (limits === undefined) return undefined;
    return new Caretaker({
      clock,
      limits,
      close: (session) => {
        this.#closeUnused(session);
      },
      replace: (session, reason) => this.#replace(session, reason),
    });
  }

  #closeUnused(session: ManagedSession): void {
    this.options.log.info('nobody has used the session for a while; it is ended until it is needed');
    this.#counts.closedIdle++;
    this.#letGo(session);
  }

  #letGo(session: ManagedSession): void {
    this.#caretaker?.attend(undefined);
    this.#enter('idle');
    void session.retire();
  }

  /** The old session answers until the new one is ready, and finishes what it has: nobody notices. */
  async #replace(old: ManagedSession, reason: string): Promise<boolean> {
    this.options.log.info(`the session is replaced because of ${reason}`);
    let successor: ManagedSession | undefined;
    try {
      successor = this.#create();
      await successor.start();
    } catch (error) {
      this.options.log.warn(`the session could not be replaced: ${String(error)}`);
      await successor?.stop();
      return false;
    }
    // It may have been lost meanwhile; a start of its own is on the way then.
    if (this.#session !== old || this.#state !== 'ready') {
      await successor.stop();
      return true;
    }
    this.#counts.recycled++;
    this.#adopt(successor);
    // Until it has, the new one is not replaced: never more than two processes.
    await old.retire();
    return true;
  }

  #failed(failure: SessionError, readyMs: number): void {
    this.#caretaker?.attend(undefined);
    this.#failure = failure;
    // Nothing was started, so there is nothing to wait for: the next request looks again.
    if (failure.kind === 'powershellMissing') {
      this.#enter('idle');
      return;
    }
    const now = this.options.clock.now();
    const hopeless = failure.connection !== undefined && needsPerson(failure.connection.cause);
    const delayMs = hopeless ? undefined : this.#policy.failed(now, readyMs);
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
