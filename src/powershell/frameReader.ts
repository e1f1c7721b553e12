// Stdout of a process as a message source of vscode-jsonrpc. Made by the session for its RPC channel.
import { Writable } from 'node:stream';
import { AbstractMessageReader, Message, type DataCallback, type Disposable } from 'vscode-jsonrpc/node';
import { createFrameSplitter } from './frames';

export interface FrameReaderEvents {
  /** Before the message is handed on. @param bytes size of its line */
  received(message: Message, bytes: number): void;
  noise(line: string): void;
  /** A line with our prefix that no version of ours would write. */
  broken(reason: string): void;
}

/** `pipe()` the process's stdout into `input` in the tick it was started, or node-powershell pauses it. */
export class FrameReader extends AbstractMessageReader {
  readonly input: Writable;
  #callback: DataCallback | undefined;

  constructor(nonce: string, events: FrameReaderEvents) {
    super();
    const splitter = createFrameSplitter(nonce, {
      frame: (json, bytes) => {
        const message = parse(json);
        if (message === undefined) {
          events.broken(`a frame of ${bytes} bytes is not JSON-RPC`);
          return;
        }
        events.received(message, bytes);
        // Only answers concern the library: we serve no requests, and notifications were handled above.
        if (Message.isResponse(message)) this.#callback?.(message);
      },
      noise: (line) => {
        events.noise(line);
      },
      overlong: (bytes) => {
        events.broken(`a line of ${bytes} bytes was dropped`);
      },
    });
    this.input = new Writable({
      decodeStrings: false,
      write: (chunk: Buffer | string, _encoding, done) => {
        splitter.push(chunk);
        done();
      },
      final: (done) => {
        splitter.end();
        done();
      },
    });
  }

  listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    return { dispose: () => (this.#callback = undefined) };
  }
}

function parse(json: string): Message | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const message = value as Message | null;
  return typeof message === 'object' && message?.jsonrpc === '2.0' ? message : undefined;
}
