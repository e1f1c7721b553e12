// What a process prints outside the protocol: kept for error reports, logged with a limit.
import type { Clock } from './clock';
import type { SessionLog } from './log';
import type { Secrets } from './secrets';

/** Enough to see why a process died; the log holds more. */
const keptLines = 50;
const maxLineLength = 500;
/** A flood (a native tool in a loop, 200 MB of it) must fill neither the log nor the disk. */
const loggedLinesPerWindow = 20;
const windowMs = 10_000;

export class NoiseLog {
  readonly #kept: string[] = [];
  #windowStart = -Infinity;
  #inWindow = 0;

  constructor(
    private readonly log: SessionLog,
    private readonly clock: Clock,
    private readonly secrets: Secrets,
  ) {}

  add(source: 'stdout' | 'stderr', line: string): void {
    // Redacted before it is cut: half a secret is not found any more. A line may be megabytes long.
    const clean = this.secrets.redact(line.slice(0, 4 * maxLineLength));
    const text = `${source}: ${clean.length > maxLineLength ? `${clean.slice(0, maxLineLength)}…` : clean}`;
    this.#kept.push(text);
    if (this.#kept.length > keptLines) this.#kept.shift();
    this.#write(text);
  }

  /** The last lines, oldest first. */
  get recent(): readonly string[] {
    return [...this.#kept];
  }

  #write(text: string): void {
    const now = this.clock.now();
    if (now - this.#windowStart >= windowMs) {
      const suppressed = this.#inWindow - loggedLinesPerWindow;
      if (suppressed > 0) this.log.debug(`${suppressed} more lines of output were not logged`);
      this.#windowStart = now;
      this.#inWindow = 0;
    }
    if (++this.#inWindow <= loggedLinesPerWindow) this.log.debug(text);
  }
}
