// A session that is there when it is needed: what the layer above talks to. Decides what is sent when, and what twice.
import type { Event } from '../domain/emitter';
import { abortable } from './abortable';
import { checkRequest } from './checkParameters';
import { systemClock, type Clock } from './clock';
import type { SupervisorDiagnostics } from './diagnostics';
import { SessionError } from './errors';
import type { Hello } from './hello';
import type { SessionLog } from './log';
import { mayChange, type MethodTable, type Parameters } from './methods';
import { untilSent, type Answer, type RequestOptions } from './request';
import { RequestQueue } from './requestQueue';
import { SessionKeeper, type ManagedSession, type SupervisorState } from './sessionKeeper';
import { SharedFlights } from './sharedFlights';
import type { UpkeepLimits } from './upkeep';

export interface SupervisorOptions {
  readonly methods: MethodTable;
  readonly log: SessionLog;
  /** Makes a new session, not started; called for every start. May throw SessionError, e.g. `powershellMissing`. */
  readonly create: () => ManagedSession;
  readonly clock?: Clock;
  /** 0 <= x < 1, for the jitter of the delays. */
  readonly random?: () => number;
  /**
   * When a healthy session is replaced or ended. Left out for sessions whose process holds what a new one would not
   * have: a demo lab lives in its process.
   */
  readonly upkeep?: UpkeepLimits | undefined;
}

export class SupervisedSession {
  readonly #keeper: SessionKeeper;
  readonly #queue = new RequestQueue();
  readonly #flights = new SharedFlights();

  readonly onDidChangeState: Event<SupervisorState>;

  constructor(private readonly options: SupervisorOptions) {
    this.#keeper = new SessionKeeper({ clock: systemClock, random: Math.random, upkeep: undefined, ...options });
    this.onDidChangeState = this.#keeper.onDidChangeState;
  }

  get state(): SupervisorState {
    return this.#keeper.state;
  }

  /** Of the present session, or the last one. */
  get hello(): Hello | undefined {
    return this.#keeper.hello;
  }

  /** Why the last session failed; undefined while one is ready. */
  get failure(): SessionError | undefined {
    return this.#keeper.failure;
  }

  /**
   * Starts a session when there is none. Always settles: with an answer, or with a SessionError. A read whose session
   * is lost is sent once more; a change never, its error then says `outcome: 'unknown'`.
   */
  async request(method: string, parameters: Parameters, options: RequestOptions = {}): Promise<Answer> {
    // The session checks as well; nothing is started for a request that cannot be sent.
    const spec = checkRequest(this.options.methods, method, parameters);
    return await this.#queue.admit(async () => {
      const send = (shared: RequestOptions): Promise<Answer> =>
        this.#queue.run(spec.class, untilSent(shared), () =>
          this.#send(method, parameters, shared, spec.class === 'read'),
        );
      if (spec.class === 'read') return await this.#flights.join(method, parameters, options, send);
      try {
        return await send(options);
      } finally {
        if (mayChange(spec)) this.#flights.seal();
      }
    });
  }

  /** Forgets past failures: the next request, or one that waits, starts a session at once. A mute session is replaced. */
  retry(): void {
    this.#keeper.retry();
  }

  /** The next request starts another session, which signs in anew: rights given meanwhile count there only. */
  renew(): void {
    this.#keeper.renew();
  }

  /** How the session and its process are, for somebody who looks for the cause of a trouble. Starts nothing, never rejects. */
  async diagnostics(): Promise<SupervisorDiagnostics> {
    return await this.#keeper.diagnostics();
  }

  /** Stops the session and rejects what waits. Safe in every state and more than once. */
  async dispose(): Promise<void> {
    await this.#keeper.dispose();
  }

  async #send(method: string, parameters: Parameters, options: RequestOptions, mayRepeat: boolean): Promise<Answer> {
    for (let repeated = false; ;) {
      const session = await abortable(this.#keeper.ready(), untilSent(options));
      try {
        return await session.request(method, parameters, options);
      } catch (error) {
        // `closed`: it ended before anything was sent, so nothing is repeated.
        if (SessionError.is(error, 'closed') && session.state !== 'ready') continue;
        if (!SessionError.is(error, 'lost') || !mayRepeat || repeated) throw error;
        repeated = true;
        options.onRestart?.();
      }
    }
  }
}
