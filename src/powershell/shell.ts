// A running process with its channel: what a session holds from launch to exit. Every wait ends when the process does.
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { bootstrapBlock } from './bootstrapBlock';
import type { Clock } from './clock';
import { deferred } from './deferred';
import { SessionError, type ConnectionFailure, type SessionErrorKind } from './errors';
import { parseHello, type Hello } from './hello';
import type { ExitInfo, Launcher, LaunchSpec, ShellProcess } from './launcher';
import { LineSplitter } from './lines';
import type { SessionLog } from './log';
import type { MethodTable } from './methods';
import { NoiseLog } from './noise';
import { probeAnswer, refusesMethods } from './probe';
import { RpcChannel } from './rpcChannel';
import type { SessionScript } from './script';
import type { Secrets } from './secrets';
import type { SessionTimeouts } from './sessionTimeouts';

const maxStderrLineBytes = 64 * 1024;
/** Longer than a launcher waits for the rest of what an ended process wrote. */
const lastWordsMs = 1_000;

export interface ShellOptions {
  readonly launcher: Launcher;
  readonly launch: LaunchSpec;
  readonly log: SessionLog;
  readonly clock: Clock;
  readonly secrets: Secrets;
}

export class Shell {
  readonly #process: ShellProcess;
  readonly #noise: NoiseLog;
  readonly #nonce = randomBytes(8).toString('hex');
  readonly #hello = deferred<Hello>();
  /** Rejects once, with the reason why nothing more will come. */
  readonly #ended = deferred<never>();
  #connectionFailure: ConnectionFailure | undefined;
  readonly channel: RpcChannel;
  /** Resolves when the process is gone. The owner then disposes of the channel, which rejects what is pending. */
  readonly exited: Promise<ExitInfo>;

  /** @throws SessionError `spawn` */
  constructor(private readonly options: ShellOptions) {
    const { launcher, launch, log, clock, secrets } = options;
    this.#noise = new NoiseLog(log, clock, secrets);
    this.#process = launcher.launch(launch);
    this.channel = new RpcChannel({
      nonce: this.#nonce,
      stdin: this.#process.stdin,
      log,
      clock,
      onHello: (parameters) => {
        this.#greeted(parameters);
      },
      onNoise: (line) => {
        this.#heard('stdout', line);
        // The start would wait for its time-out.
        if (refusesMethods(line)) this.abort('languageMode', 'PowerShell is in Constrained Language.');
      },
    });
    // In the tick of the launch, and by pipe(): node-powershell unpipes and pauses streams that have no other destination.
    this.#process.stdout.pipe(this.channel.input);
    this.#process.stderr.pipe(this.#stderrSink());
    // EPIPE when the process is gone; its exit says so better.
    this.#process.stdin.on('error', () => undefined);
    this.exited = this.#process.exited.then((info) => {
      this.#connectionFailure = launch.explainExit?.(info, this.noise);
      this.abort('lost', describeExit(info), info.error);
      return info;
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get noise(): readonly string[] {
    return this.#noise.recent;
  }

  /** Why the connection to another computer failed; known when the process is gone. */
  get connectionFailure(): ConnectionFailure | undefined {
    return this.#connectionFailure;
  }

  async probe(timeoutMs: number): Promise<void> {
    await this.within('probe', timeoutMs, this.#process.probe());
  }

  /** Sends our script and waits for its first frame. */
  async bootstrap(
    methods: MethodTable,
    script: SessionScript,
    { helloMs, deadManMs }: SessionTimeouts,
  ): Promise<Hello> {
    const facts = { nonce: this.#nonce, methods, deadManMs, parentPid: this.options.launch.parentPid };
    this.#process.stdin.write(bootstrapBlock(facts, script));
    return await this.within('bootstrap', helloMs, this.#hello.promise);
  }

  /** Waits for a step of the start; ends early with the process, with `abort`, and after the time-out. */
  async within<T>(kind: SessionErrorKind, timeoutMs: number, work: Promise<T>): Promise<T> {
    const late = deferred<never>();
    const timer = this.options.clock.after(timeoutMs, () => {
      late.reject(this.#error(kind, `No answer within ${timeoutMs} ms.`));
    });
    try {
      return await Promise.race([work, this.#ended.promise, late.promise]);
    } catch (error) {
      // A launcher's probe may fail over the end of the process before everything was read that says why it ended.
      if (!(error instanceof SessionError)) await this.exitsWithin(lastWordsMs);
      if (SessionError.is(error, 'lost')) throw this.#error(kind, error.message, error.cause);
      if (SessionError.is(error, 'remote'))
        throw new SessionError(kind, error.message, { remote: error.remote, noise: this.noise });
      if (error instanceof SessionError) throw error;
      throw this.#error(kind, 'The shell did not answer as expected.', error);
    } finally {
      timer.dispose();
    }
  }

  /** Ends every wait with that reason; the first one counts. */
  abort(kind: SessionErrorKind, message: string, cause?: unknown): void {
    this.#ended.reject(this.#error(kind, message, cause));
  }

  /** Whether the process is gone within that time. Never rejects. */
  exitsWithin(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.options.clock.after(ms, () => {
        resolve(false);
      });
      void this.exited.then(() => {
        timer.dispose();
        resolve(true);
      });
    });
  }

  /** EOF ends the dispatcher at once, and with it the process. */
  endInput(): void {
    this.#process.stdin.end();
  }

  kill(): void {
    this.#process.kill();
  }

  killTree(): void {
    this.#process.killTree();
  }

  #greeted(parameters: unknown): void {
    const hello = parseHello(parameters, this.#nonce);
    if (hello === undefined) this.abort('protocol', 'The first frame is not of this version.');
    else this.#hello.resolve(hello);
  }

  #heard(source: 'stdout' | 'stderr', line: string): void {
    if (line !== probeAnswer && this.#process.isEcho?.(line) !== true) this.#noise.add(source, line);
  }

  #stderrSink(): Writable {
    const lines = new LineSplitter(
      {
        line: (line) => {
          this.#heard('stderr', line);
        },
        overlong: (bytes) => {
          this.#noise.add('stderr', `a line of ${bytes} bytes was dropped`);
        },
      },
      maxStderrLineBytes,
    );
    return new Writable({
      decodeStrings: false,
      write: (chunk: Buffer | string, _encoding, done) => {
        lines.push(chunk);
        done();
      },
      final: (done) => {
        lines.end();
        done();
      },
    });
  }

  #error(kind: SessionErrorKind, message: string, cause?: unknown): SessionError {
    const spawnFailed = kind !== 'closed' && cause instanceof Error && this.pid === undefined;
    const facts = { noise: this.noise, connection: this.#connectionFailure, cause };
    return new SessionError(spawnFailed ? 'spawn' : kind, message, facts);
  }
}

function describeExit({ code, signal, error }: ExitInfo): string {
  if (error !== undefined) return `The process could not be started: ${error.message}`;
  return signal === null ? `The process ended with code ${String(code)}.` : `The process was ended by ${signal}.`;
}
