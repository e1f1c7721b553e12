// Tells our frames from everything else that a PowerShell process prints on stdout. Pure; frameReader.ts feeds it.
import { LineSplitter } from './lines';

/** The dispatcher stops at 1 MiB of text in a frame, which is at most three bytes a character. */
const maxLineBytes = 3 * 1024 * 1024 + 64;

export interface FrameSink {
  /** @param json what followed the prefix @param bytes size of the line on the wire */
  frame(json: string, bytes: number): void;
  /** A line of somebody else: native programs, `[Console]::Out`, banners. Never parsed, whatever it looks like. */
  noise(line: string): void;
  /** A line above the limit was dropped. @param bytes its size */
  overlong(bytes: number): void;
}

/** @param nonce of this process: a line that was printed for another one is noise too */
export function createFrameSplitter(nonce: string, sink: FrameSink, limitBytes = maxLineBytes): LineSplitter {
  const prefix = `@hv1:${nonce} `;
  return new LineSplitter(
    {
      line: (line, bytes) => {
        if (line.startsWith(prefix)) sink.frame(line.slice(prefix.length), bytes);
        else if (line !== '') sink.noise(line);
      },
      overlong: (bytes) => {
        sink.overlong(bytes);
      },
    },
    limitBytes,
  );
}
