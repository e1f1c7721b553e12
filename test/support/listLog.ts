// A log that tests can read.
import type { SessionLog } from '../../src/powershell/log';

export class ListLog implements SessionLog {
  readonly lines: string[] = [];
  readonly trace = (text: string): void => void this.lines.push(`trace ${text}`);
  readonly debug = (text: string): void => void this.lines.push(`debug ${text}`);
  readonly info = (text: string): void => void this.lines.push(`info ${text}`);
  readonly warn = (text: string): void => void this.lines.push(`warn ${text}`);

  constructor(readonly traceEnabled = false) {}
}
