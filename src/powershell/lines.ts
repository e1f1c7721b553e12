// Cuts a stream of UTF-8 into lines of bounded length. Pure; under frames.ts (stdout) and noise.ts (stderr).
import { StringDecoder } from 'node:string_decoder';

export interface LineSink {
  /** @param line without its LF or CRLF @param bytes its size on the wire */
  line(line: string, bytes: number): void;
  /** A line above the limit was dropped; what follows its LF is read again. @param bytes its size */
  overlong(bytes: number): void;
}

/**
 * Splits on LF only: `readline` also splits on U+2028 and U+2029, which are legal inside JSON strings.
 * UTF-8 sequences may be cut anywhere between chunks.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #line = '';
  #bytes = 0;
  #dropping = false;

  constructor(
    private readonly sink: LineSink,
    private readonly limitBytes: number,
  ) {}

  /** @param chunk as the stream gave it: node-powershell sets an encoding and delivers strings, spawn delivers bytes */
  push(chunk: Buffer | string): void {
    const text = typeof chunk === 'string' ? chunk : this.#decoder.write(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#append(text.slice(start, end));
      this.#finish();
      start = end + 1;
    }
    this.#append(text.slice(start));
  }

  /** The stream ended: hands on a last line that has no LF. */
  end(): void {
    this.#append(this.#decoder.end());
    if (this.#bytes > 0) this.#finish();
  }

  #append(piece: string): void {
    this.#bytes += Buffer.byteLength(piece);
    this.#dropping ||= this.#bytes > this.limitBytes;
    this.#line = this.#dropping ? '' : this.#line + piece;
  }

  #finish(): void {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    const [bytes, dropping] = [this.#bytes, this.#dropping];
    this.#line = '';
    this.#bytes = 0;
    this.#dropping = false;
    if (dropping) this.sink.overlong(bytes);
    else this.sink.line(line, bytes);
  }
}
