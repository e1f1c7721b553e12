// One PowerShell process from start to end. The supervisor makes one after the other.
import { assertNever } from '../domain/assertNever';
import { Emitter, type Event } from '../domain/emitter';
import { Activity } from './activity';
import { checkRequest } from './checkParameters';
import { systemClock, type Clock } from './clock';
import type { SessionDiagnostics } from './diagnostics';
import { SessionError } from './errors';
import { guardedCall } from './guardedCall';
import type { Health } from './health';
import type { Hello } from './hello';
import type { Launcher, LaunchSpec } from './launcher';
import type { SessionLog } from './log';
import type { MethodTable, Parameters } from './methods';
import { openDispatcher } from './openDispatcher';
import type { Answer, RequestOptions } from './request';
import type { SessionScript } from './script';
import { redactedLog, Secrets } from './secrets';
import { defaultTimeouts, type SessionTimeouts } from './sessionTimeouts';
import { SessionWatch } from './sessionWatch';
import { Shell } from './shell';
import type { Credential, SignIn } from './signIn';
import { destroyShell, stopShell } from './stopShell';
import type { WinRmTarget } from './winrmTarget';

/** A mute process is given up after much longer; whoever looks for the cause of a trouble wants to see it now. */
const diagnosticsMs = 2_000;

/** `draining`: takes no more requests and ends. `dead` is final; a new start takes a new session. */
export type SessionState = 'new' | 'starting' | 'ready' | 'draining' | 'dead';

/** Another computer, on which the functions run; the session's script has a transport that gets there. */
export interface RemoteOptions {
  readonly target: WinRmTarget;
  /** Tries to start as often as it likes, each time with a process of its own. */
  readonly signIn: Pick<SignIn, 'run'>;
}

export interface SessionOptions {
  readonly launcher: Launcher;
  readonly launch: LaunchSpec;
  readonly methods: MethodTable;
  readonly script: SessionScript;
  readonly log: SessionLog;
  readonly clock?: Clock;
  readonly timeouts?: Partial<SessionTimeouts>;
  readonly remote?: RemoteOptions;
  /**
   * Waits until a process may be started, and returns what to call when its start has ended. Not held while a person is
   * asked to sign in.
   */
  readonly turn?: ((signal: AbortSignal) => Promise<() => void>) | undefined;
  /** What must appear neither in the log nor among the noise. */
  readonly secrets?: Secrets;
}

export class Session {
  readonly #clock: Clock;
  readonly #log: SessionLog;
  readonly #secrets: Secrets;
  readonly #timeouts: SessionTimeouts;
  readonly #activity: Activity;
  readonly #changed = new Emitter<SessionState>();
  readonly #reported = new Emitter<Health>();
  #state: SessionState = 'new';
  #shell: Shell | undefined;
  #hello: Hello | undefined;
  #watch: SessionWatch | undefined;
  #stopping: Promise<void> | undefined;
  /** Aborts when the session is stopped while it starts: nobody is asked anything any more. */
  readonly #abandoned = new AbortController();

  readonly onDidChangeState: Event<SessionState> = this.#changed.event;
  /** How the process is, every now and then. */
  readonly onDidReport: Event<Health> = this.#reported.event;

  constructor(private readonly options: SessionOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#secrets = options.secrets ?? new Secrets();
    this.#log = redactedLog(options.log, this.#secrets);
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#activity = new Activity(this.#clock);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Known from `ready` on. */
  get hello(): Hello | undefined {
    return this.#hello;
  }

  get activity(): Pick<Activity, 'pending' | 'total' | 'idleMs'> {
    return this.#activity;
  }

  /** Why the process ended, as a loss that happened to nobody in particular. */
  get loss(): SessionError {
    return new SessionError('lost', 'The PowerShell process ended or does not answer any more.', {
      noise: this.#shell?.noise ?? [],
      connection: this.#shell?.connectionFailure,
    });
  }

  /**
   * Once, for a new session. When it fails nothing is left running.
   * @throws SessionError `spawn`, `probe`, `languageMode`, `bootstrap`, `protocol`, or `closed` when stopped meanwhile
   */
  async start(): Promise<Hello> {
    if (this.#state !== 'new') throw new SessionError('closed', 'A session starts once.');
    this.#enter('starting');
    try {
      const { remote } = this.options;
      const hello = await (remote === undefined
        ? this.#open(undefined)
        : remote.signIn.run((credential) => this.#open(credential), this.#abandoned.signal));
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
    this.#watch?.expectAnswer();
    const { cancelGraceMs } = this.#timeouts;
    const call = { channel, clock: this.#clock, method, spec, parameters, options, cancelGraceMs };
    // Who waits for something to happen uses nothing.
    if (spec.class === 'watch') return await guardedCall(call);
    return await this.#activity.track(guardedCall(call));
  }

  /** Asks the process for a sign of life, and ends it when none comes: what is pending is then rejected as `lost`. */
  checkAlive(): void {
    if (this.#state === 'ready') this.#watch?.checkAlive();
  }

  /** How the session is; asks its process first, and does not wait long for one that does not answer. Never rejects. */
  async diagnostics(): Promise<SessionDiagnostics> {
    const vitals = this.#watch?.vitals;
    if (this.#state === 'ready') await vitals?.checkWithin(diagnosticsMs);
    const { pending, total } = this.#activity;
    return {
      state: this.#state,
      program: this.options.launch.executable,
      hello: this.#hello,
      latencyMs: vitals?.latencyMs,
      requests: total,
      pending,
      health: vitals?.health,
      noise: this.#shell?.noise ?? [],
    };
  }

  /** Takes no more requests, and ends when those it has are settled. */
  async retire(): Promise<void> {
    if (this.#state === 'ready') {
      this.#enter('draining');
      await this.#activity.settled();
    }
    await this.stop();
  }

  /** Ends the process, gracefully if it can; resolves when it is gone. Safe in every state and more than once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #open(credential: Credential | undefined): Promise<Hello> {
    // What is left of an attempt that was refused.
    if (this.#shell !== undefined) await destroyShell(this.#shell);
    const { turn } = this.options;
    const started = turn && (await turn(this.#abandoned.signal));
    try {
      return await this.#openShell(credential);
    } finally {
      started?.();
    }
  }

  async #openShell(credential: Credential | undefined): Promise<Hello> {
    if (this.#abandoned.signal.aborted) throw new SessionError('closed', 'The session was stopped.');
    const { methods, script } = this.options;
    const startedAt = this.#clock.now();
    const shell = new Shell({ ...this.options, log: this.#log, secrets: this.#secrets, clock: this.#clock });
    this.#shell = shell;
    void shell.exited.then((info) => {
      this.#exited(info.code);
      // After the state has changed: whoever is told of a loss finds a session that says so too.
      shell.channel.dispose();
    });
    await shell.probe(this.#timeouts.probeMs);
    const probedMs = this.#clock.now() - startedAt;
    const greeting = await shell.bootstrap(methods, script, this.#timeouts);
    const helloMs = this.#clock.now() - startedAt;
    const opening = { ...this.options, target: this.options.remote?.target, credential };
    const hello = await openDispatcher(shell, greeting, opening, this.#timeouts);
    const openMs = this.#clock.now() - startedAt;
    this.#watch = new SessionWatch({
      channel: shell.channel,
      clock: this.#clock,
      timeouts: this.#timeouts,
      onMute: () => {
        this.#stopping ??= this.#endMute(shell);
      },
      onReport: (health) => {
        this.#reported.fire(health);
      },
    });
    this.#log.info(
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
        this.#abandoned.abort();
        this.#shell?.abort('closed', 'The session was stopped.');
        if (this.#shell !== undefined) await destroyShell(this.#shell);
        return;
      case 'ready':
      case 'draining':
        this.#enter('draining');
        this.#watch?.dispose();
        if (this.#shell !== undefined) await stopShell(this.#shell);
        this.#enter('dead');
        return;
      case 'dead':
        return;
      default:
        assertNever(this.#state);
    }
  }

  async #endMute(shell: Shell): Promise<void> {
    this.#log.warn(`PowerShell, process ${String(shell.pid)}, does not answer any more; it is ended`);
    this.#enter('dead');
    shell.channel.dispose();
    await destroyShell(shell);
  }

  #exited(code: number | null): void {
    if (this.#state === 'ready') this.#log.warn(`PowerShell ended unexpectedly with code ${String(code)}`);
    // A failing start enters `dead` itself, after it has cleaned up.
    if (this.#state !== 'starting') this.#enter('dead');
  }

  #enter(state: SessionState): void {
    if (this.#state === state) return;
    this.#state = state;
    if (state === 'dead') this.#watch?.dispose();
    this.#changed.fire(state);
  }
}
