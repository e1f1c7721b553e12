// How many changes of one command a host gets at a time. Used where a command is for many VMs.
import { HyperVError } from '../domain/errors';
import type { HostId } from '../hyperv/hosts';

/**
 * Changes of one command under way on one host. A session sends one at a time and then waits for the host's job, so this is
 * how many jobs the host works at: enough that none of its disks waits for the next request, few enough that its
 * memory and disks serve those that run already, that a session's queue (200, see requestQueue.ts) is never filled by one
 * command, and that *Cancel* leaves little to wait for. Hyper-V documents no limit; the two live migrations and two
 * storage migrations that it allows at once by default say how much it expects of a host.
 */
const changesPerHost = 8;

interface Waiting {
  readonly signal: AbortSignal;
  readonly begin: () => void;
  readonly leave: () => void;
}

interface Turns {
  running: number;
  waiting: Waiting[];
}

export class HostTurns {
  readonly #hosts = new Map<HostId, Turns>();
  readonly #heard = new WeakSet<AbortSignal>();

  constructor(private readonly perHost = changesPerHost) {}

  /**
   * Runs `work` when it is its turn: in the order in which it was asked for on its host, and beside other hosts.
   * @throws HyperVError `cancelled`, outcome `none`, as soon as the signal fires while it waits: `work` was not begun
   */
  async run<T>(hostId: HostId, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const turns = this.#hosts.get(hostId) ?? { running: 0, waiting: [] };
    this.#hosts.set(hostId, turns);
    if (signal.aborted) throw notBegun();
    if (turns.running < this.perHost) turns.running += 1;
    else await this.#waitIn(turns, signal);
    try {
      return await work();
    } finally {
      // Handed on as it is, so that nobody who comes just now gets ahead.
      const next = turns.waiting.shift();
      if (next === undefined) turns.running -= 1;
      else next.begin();
    }
  }

  #waitIn(turns: Turns, signal: AbortSignal): Promise<void> {
    // One for all: there may be hundreds.
    if (!this.#heard.has(signal)) {
      this.#heard.add(signal);
      const onAbort = (): void => {
        this.#leave(signal);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(notBegun());
      };
      turns.waiting.push({ signal, begin: resolve, leave });
    });
  }

  #leave(signal: AbortSignal): void {
    for (const turns of this.#hosts.values()) {
      for (const waiting of turns.waiting) if (waiting.signal === signal) waiting.leave();
      turns.waiting = turns.waiting.filter((waiting) => waiting.signal !== signal);
    }
  }
}

function notBegun(): HyperVError {
  return new HyperVError('cancelled', 'The request was not sent.');
}
