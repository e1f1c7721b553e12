// One PowerShell process from start to end. The supervisor makes one after the other.
import { assertNever } from '../domain/assertNever';
import { Emitter, type Event } from '../domain/emitter';
import { checkRequest } from './checkParameters';
import { systemClock, type Clock } from './clock';
import { SessionError } from './errors';
import { guardedCall } from './guardedCall';
import type { Hello } from './hello';
import type { Launcher, LaunchSpec } from './launcher';
import { Liveness } from './liveness';
import type { SessionLog } from './log';
import type { MethodTable, Parameters } from './methods';
import type { Answer, RequestOptions } from './request';
import type { SessionScript } from './script';
import { defaultTimeouts, type SessionTimeouts } from './sessionTimeouts';
import { Shell } from './shell';
import { destroyShell, stopShell } from './stopShell';

/** `draining`: being stopped by us. `dead` is final; a new start takes a new session. */
export type SessionState = 'new' | 'starting' | 'ready' | 'draining' | 'dead';

export interface SessionOptions {
  readonly launcher: Launcher;
  readonly launch: LaunchSpec;
  readonly methods: MethodTable;
  readonly script: SessionScript;
  readonly log: SessionLog;
  readonly clock?: Clock;
  readonly timeouts?: Partial<SessionTimeouts>;
}

export class Session {
  readonly #clock: Clock;
  readonly #timeouts: SessionTimeouts;
  readonly #changed = new Emitter<SessionState>();
  #state: SessionState = 'new';
  #shell: Shell | undefined;
  #hello: Hello | undefined;
  #liveness: Liveness | undefined;
  #stopping: Promise<void> | undefined;

  readonly onDidChangeState: Event<SessionState> = this.#changed.event;

  constructor(private readonly options: SessionOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Known from `ready` on. */
  get hello(): Hello | undefined {
    return this.#hello;
  }

  /** Last lines printed outside the protocol. */
  get noise(): readonly string[] {
    return this.#shell?.noise ?? [];
  }

  /**
   * Once, for a new session. When it fails nothing is left running.
   * @throws SessionError `spawn`, `probe`, `languageMode`, `bootstrap`, `protocol`, or `closed` when stopped meanwhile
   */
  async start(): Promise<Hello> {
    if (this.#state !== 'new') throw new SessionError('closed', 'A session starts once.');
    this.#enter('starting');
    try {
      const hello = await this.#open();
      this.#hello = hello;
      this.#enter('ready');
      return hello;
    } catch (error) {
      if (this.#shell !== undefined) await destroyShell(this.#shell);
      this.#enter('dead');
      throw error;
    }
  }

  /** @throws SessionError always of this class; `outcome` says whether a change may have happened */
  async request(method: string, parameters: Parameters, options: RequestOptions = {}): Promise<Answer> {
    // The dispatcher checks again; here it costs no round trip, and keeps names out of a frame that only differ in case.
    const spec = checkRequest(this.options.methods, method, parameters);
    if (this.#state !== 'ready' || this.#shell === undefined)
      throw new SessionError('closed', 'The session is not ready.');
    if (options.signal?.aborted === true) throw new SessionError('cancelled', `${method} was cancelled.`);
    const { channel } = this.#shell;
    this.#liveness?.expectAnswer();
    const { cancelGraceMs } = this.#timeouts;
    return await guardedCall({ channel, clock: this.#clock, method, spec, parameters, options, cancelGraceMs });
  }

  /** Asks the process for a sign of life, and ends it when none comes: what is pending is then rejected as `lost`. */
  checkAlive(): void {
    if (this.#state === 'ready') this.#liveness?.check();
  }

  /** Ends the process, gracefully if it can; resolves when it is gone. Safe in every state and more than once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #open(): Promise<Hello> {
    const { log, script, methods } = this.options;
    const startedAt = this.#clock.now();
    const shell = new Shell({ ...this.options, clock: this.#clock });
    this.#shell = shell;
    void shell.exited.then((info) => {
      this.#exited(info.code);
      // After the state has changed: whoever is told of a loss finds a session that says so too.
      shell.channel.dispose();
    });
    await shell.probe(this.#timeouts.probeMs);
    const probedMs = this.#clock.now() - startedAt;
    const hello = await shell.bootstrap(script, this.#timeouts.helloMs);
    const helloMs = this.#clock.now() - startedAt;
    const table = Object.entries(methods).map(([name, spec]) => ({
      name,
      function: spec.function,
      class: spec.class,
      parameters: Object.keys(spec.parameters),
    }));
    const opening = shell.channel.request('session.open', { methods: table, prelude: script.prelude?.data ?? null });
    await shell.within('bootstrap', this.#timeouts.openMs, opening);
    const openMs = this.#clock.now() - startedAt;
    this.#liveness = new Liveness({
      channel: shell.channel,
      clock: this.#clock,
      limits: this.#timeouts,
      onMute: () => {
        this.#stopping ??= this.#endMute(shell);
      },
    });
    log.info(
      `PowerShell ${hello.ps} (${hello.edition}), process ${hello.pid}: answered after ${probedMs.toFixed(0)} ms, ` +
        `hello after ${helloMs.toFixed(0)} ms, ready after ${openMs.toFixed(0)} ms`,
    );
    return hello;
  }

  async #stop(): Promise<void> {
    switch (this.#state) {
      case 'new':
        this.#enter('dead');
        return;
      case 'starting':
        // The start sees it, ends the process and leaves the state dead.
        this.#shell?.abort('closed', 'The session was stopped.');
        if (this.#shell !== undefined) await destroyShell(this.#shell);
        return;
      case 'ready':
        this.#enter('draining');
        if (this.#shell !== undefined) await stopShell(this.#shell);
        this.#enter('dead');
        return;
      case 'draining':
      case 'dead':
        return;
      default:
        assertNever(this.#state);
    }
  }

  async #endMute(shell: Shell): Promise<void> {
    this.options.log.warn(`PowerShell, process ${String(shell.pid)}, does not answer any more; it is ended`);
    this.#enter('dead');
    shell.channel.dispose();
    await destroyShell(shell);
  }

  #exited(code: number | null): void {
    if (this.#state === 'ready') this.options.log.warn(`PowerShell ended unexpectedly with code ${String(code)}`);
    // A failing start enters `dead` itself, after it has cleaned up.
    if (this.#state !== 'starting') this.#enter('dead');
  }

  #enter(state: SessionState): void {
    if (this.#state === state) return;
    this.#state = state;
    if (state === 'draining' || state === 'dead') this.#liveness?.dispose();
    this.#changed.fire(state);
  }
}
