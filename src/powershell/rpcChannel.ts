// Requests and answers over the streams of one process. The library matches ids; batches, sizes and the log are ours.
import type { Writable } from 'node:stream';
import {
  CancellationTokenSource,
  createMessageConnection,
  Message,
  NullLogger,
  ParameterStructures,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { Clock } from './clock';
import { SessionError } from './errors';
import { FrameReader } from './frameReader';
import { FrameWriter } from './frameWriter';
import type { SessionLog } from './log';
import { toSessionError } from './remoteError';
import type { Answer } from './request';

export interface ChannelOptions {
  readonly nonce: string;
  readonly stdin: Writable;
  readonly log: SessionLog;
  readonly clock: Clock;
  readonly onHello: (parameters: unknown) => void;
  readonly onNoise: (line: string) => void;
}

interface Call {
  readonly method: string;
  readonly startedAt: number;
  readonly onBatch: ((records: readonly unknown[]) => void) | undefined;
  /** What comes back is in no log. */
  readonly isPrivate: boolean;
  frames: number;
  bytes: number;
}

export class RpcChannel {
  readonly #reader: FrameReader;
  readonly #connection: MessageConnection;
  readonly #calls = new Map<number, Call>();
  #frames = 0;
  #lastFrameAt = -Infinity;
  /** The call whose request is being written: the library chooses the id and writes before `sendRequest` returns. */
  #sending: Call | undefined;

  constructor(private readonly options: ChannelOptions) {
    this.#reader = new FrameReader(options.nonce, {
      received: (message, bytes) => {
        this.#received(message, bytes);
      },
      noise: options.onNoise,
      broken: (reason) => {
        options.log.warn(`protocol: ${reason}`);
      },
    });
    const writer = new FrameWriter(options.stdin, (message, bytes) => {
      this.#sent(message, bytes);
    });
    // With a limit on parallelism the library settles an answer at once instead of in a later turn of the event loop:
    // an answer that arrived just before the process ended is not lost. We serve no requests, so nothing is limited.
    this.#connection = createMessageConnection(this.#reader, writer, NullLogger, { maxParallelism: 1 });
    this.#connection.listen();
  }

  /** Where stdout goes. */
  get input(): Writable {
    return this.#reader.input;
  }

  /** Frames received so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Milliseconds for which an answer has been due while no frame came; undefined while none is due. */
  get silentMs(): number | undefined {
    const [oldest] = this.#calls.values();
    return oldest && this.options.clock.now() - Math.max(oldest.startedAt, this.#lastFrameAt);
  }

  /**
   * @param signal asks PowerShell to stop the call; the promise still waits for its answer
   * @param isPrivate keeps what comes back out of every log
   * @throws SessionError always of this class
   */
  async request(
    method: string,
    parameters: object,
    signal?: AbortSignal,
    onBatch?: Call['onBatch'],
    isPrivate = false,
  ): Promise<Answer> {
    const call: Call = { method, startedAt: this.options.clock.now(), onBatch, isPrivate, frames: 0, bytes: 0 };
    const cancellation = new CancellationTokenSource();
    const cancel = (): void => {
      cancellation.cancel();
    };
    signal?.addEventListener('abort', cancel);
    try {
      return { value: await this.#send(call, parameters, cancellation), frames: call.frames, bytes: call.bytes };
    } catch (error) {
      throw toSessionError(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      cancellation.dispose();
      for (const [id, other] of this.#calls) if (other === call) this.#calls.delete(id);
    }
  }

  /** Hands something over that is not answered. A process that does not get it is gone, and says so itself. */
  notify(method: string, parameters: object): void {
    this.#connection.sendNotification(method, ParameterStructures.byName, parameters).catch(() => undefined);
  }

  /** Rejects what is pending as `lost`: the library would let it hang when the stream just ends. */
  dispose(): void {
    this.#connection.dispose();
    this.#reader.dispose();
  }

  #send(call: Call, parameters: object, cancellation: CancellationTokenSource): Promise<unknown> {
    this.#sending = call;
    try {
      return this.#connection.sendRequest(call.method, ParameterStructures.byName, parameters, cancellation.token);
    } catch (error) {
      // The library throws at once when it was disposed.
      throw new SessionError('lost', 'The session has ended.', { cause: error });
    } finally {
      this.#sending = undefined;
    }
  }

  #sent(message: Message, bytes: number): void {
    const { log } = this.options;
    // Not even its length.
    if (Message.isNotification(message) && message.method.startsWith('secret.')) return;
    if (Message.isRequest(message)) {
      if (this.#sending !== undefined && typeof message.id === 'number') this.#calls.set(message.id, this.#sending);
      log.debug(`-> ${String(message.id)} ${message.method} ${bytes} B`);
    } else if (Message.isNotification(message)) log.debug(`-> ${message.method} ${bytes} B`);
    if (log.traceEnabled) log.trace(`-> ${JSON.stringify(message)}`);
  }

  /** Batches are handed on here, so that they always come before the answer. */
  #received(message: Message, bytes: number): void {
    const { log, clock } = this.options;
    this.#frames++;
    this.#lastFrameAt = clock.now();
    if (log.traceEnabled && !this.#isPrivate(message)) log.trace(`<- ${JSON.stringify(message)}`);
    if (Message.isNotification(message)) {
      if (message.method === 'hello') this.options.onHello(message.params);
      else if (message.method === '$/progress') this.#batch(message.params, bytes);
      else log.warn(`protocol: unknown notification ${message.method}`);
      return;
    }
    if (!Message.isResponse(message)) return;
    const call = typeof message.id === 'number' ? this.#calls.get(message.id) : undefined;
    if (call === undefined) {
      log.debug(`<- ${String(message.id)} nobody waits for it, ${bytes} B`);
      return;
    }
    call.frames++;
    call.bytes += bytes;
    const ms = (this.#lastFrameAt - call.startedAt).toFixed(1);
    const kind = message.error ? `error ${message.error.code}` : 'result';
    log.debug(`<- ${String(message.id)} ${call.method} ${kind} ${bytes} B ${ms} ms`);
  }

  /** An answer to nobody is private as well: who asked may have gone. */
  #isPrivate(message: Message): boolean {
    if (Message.isResponse(message)) {
      return typeof message.id !== 'number' || this.#calls.get(message.id)?.isPrivate !== false;
    }
    const { token } = (Message.isNotification(message) ? message.params : {}) as { token?: unknown };
    return typeof token === 'number' && this.#calls.get(token)?.isPrivate === true;
  }

  #batch(parameters: unknown, bytes: number): void {
    const { token, value } = (parameters ?? {}) as { token?: unknown; value?: unknown };
    const call = typeof token === 'number' ? this.#calls.get(token) : undefined;
    if (call === undefined || !Array.isArray(value)) return;
    call.frames++;
    call.bytes += bytes;
    this.options.log.debug(`<- ${String(token)} ${call.method} batch of ${value.length} ${bytes} B`);
    try {
      call.onBatch?.(value);
    } catch (error) {
      this.options.log.warn(`the receiver of a batch of ${call.method} failed: ${String(error)}`);
    }
  }
}
