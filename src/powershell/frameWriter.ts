// Stdin of a process as a message sink of vscode-jsonrpc. Made by the session for its RPC channel.
import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-jsonrpc/node';
import { encodeFrame, maxFrameBytes } from './encode';
import { SessionError } from './errors';

export class FrameWriter extends AbstractMessageWriter implements MessageWriter {
  /** @param sent before the bytes leave, within the call of `write` */
  constructor(
    private readonly stdin: Writable,
    private readonly sent: (message: Message, bytes: number) => void,
  ) {
    super();
  }

  write(message: Message): Promise<void> {
    const line = encodeFrame(message);
    if (line.length > maxFrameBytes) {
      return Promise.reject(new SessionError('badRequest', `A request of ${line.length} bytes is too large.`));
    }
    this.sent(message, line.length);
    // Not awaited: a shell that reads slowly must not hold back a cancellation. When it dies, its exit settles everything.
    this.stdin.write(line);
    return Promise.resolve();
  }

  end(): void {
    // The session ends stdin itself, after `shutdown` was answered.
  }
}
