// Reads the inventory of one host, and again so that only what has changed travels: the host remembers under a token what
// it sent last (difference.ps1), and the client holds what it got. HostClient has one.
import type { Clock } from '../powershell/clock';
import type { SessionLog } from '../powershell/log';
import type { Parameters } from '../powershell/methods';
import type { Answer, RequestOptions } from '../powershell/request';
import type { VmRecord } from '../domain/vm';
import type { Inventory } from './api';
import { InventoryBuilder } from './heldInventory';
import type { HeldInventory } from './heldInventory';

export interface InventoryReaderOptions {
  readonly clock: Clock;
  readonly log: SessionLog;
  /** Sends `inventory`. */
  readonly request: (parameters: Parameters, options: RequestOptions) => Promise<Answer>;
}

interface Reading extends Omit<HeldInventory, 'token'> {
  readonly answer: Answer;
  /** By which the host knows what we hold now; missing when it does not. */
  readonly token: string | undefined;
  /** Not every row has arrived. */
  readonly isCut: boolean;
}

export class InventoryReader {
  #held: HeldInventory | undefined;

  constructor(private readonly options: InventoryReaderOptions) {}

  /**
   * What has not changed since the last time does not travel, and is the same objects as then.
   * @param onVms told of VMs as soon as their names and states are known, when nothing was known before
   */
  async read(signal?: AbortSignal, onVms?: (vms: readonly VmRecord[]) => void): Promise<Inventory> {
    const startedAt = this.options.clock.now();
    const held = this.#held;
    let reading = await this.#ask({ since: held?.token ?? '' }, signal, held, held === undefined ? onVms : undefined);
    const answers = [reading.answer];
    if (reading.isCut) {
      this.options.log.warn('rows of the inventory are missing; all of it is read again');
      reading = await this.#ask({ since: '' }, signal);
      answers.push(reading.answer);
    }
    const { token, entries, vms } = reading;
    if (token === undefined) this.#held = undefined;
    // An answer that was shared is put together by each who waited for it; the first one stays.
    else if (token !== this.#held?.token) this.#held = { token, entries, vms };
    return this.#inventory(this.#held?.vms ?? vms, answers, startedAt);
  }

  /** Everything travels, and nobody remembers it. */
  async readWhole(signal?: AbortSignal): Promise<Inventory> {
    const startedAt = this.options.clock.now();
    const { vms, answer } = await this.#ask({}, signal);
    return this.#inventory(vms, [answer], startedAt);
  }

  async #ask(
    parameters: Parameters,
    signal: AbortSignal | undefined,
    held?: HeldInventory,
    onVms?: (vms: readonly VmRecord[]) => void,
  ): Promise<Reading> {
    const { clock, log, request } = this.options;
    const builder = new InventoryBuilder({ held, now: () => clock.now(), onVms });
    const answer = await request(parameters, {
      signal,
      onBatch: (rows) => {
        builder.add(rows);
      },
      onRestart: () => {
        builder.restart();
      },
    });
    for (const problem of builder.problems) log.warn(problem);
    const { token, rows } = (answer.value ?? {}) as { token?: unknown; rows?: unknown };
    const isCut = rows !== undefined && rows !== builder.received;
    const { entries, vms } = await builder.finish();
    return { answer, isCut, token: typeof token === 'string' && !isCut ? token : undefined, entries, vms };
  }

  #inventory(vms: readonly VmRecord[], answers: readonly Answer[], startedAt: number): Inventory {
    const sum = (of: (answer: Answer) => number): number => answers.reduce((total, answer) => total + of(answer), 0);
    const stats = {
      cimQueries: sum(cimQueries),
      frames: sum(({ frames }) => frames),
      bytes: sum(({ bytes }) => bytes),
      ms: this.options.clock.now() - startedAt,
    };
    return { vms, stats };
  }
}

/** 0 when the host did not say. */
function cimQueries(answer: Answer): number {
  const count = (answer.value as { cimQueries?: unknown } | null)?.cimQueries;
  return typeof count === 'number' ? count : 0;
}
