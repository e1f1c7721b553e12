// Readings of single VMs of one host. One is under way at a time, as in the session itself; those that are asked for
// meanwhile go together, in a request for 50 of them that costs hardly more than one: hundreds of VMs that are followed
// after a change, or whose guests are waited for, neither fill the session's queue nor read the host for minutes.
import { HyperVError } from '../domain/errors';
import type { VmId, VmRecord } from '../domain/vm';
import { idsPerRead } from './api';
import type { HostConnection } from './hostConnection';

type Connection = Pick<HostConnection, 'readVm' | 'readVms'>;

interface Reading {
  readonly id: VmId;
  readonly resolve: (answer: Promise<VmRecord>) => void;
  readonly leave: () => void;
  /** The caller is gone. */
  left: boolean;
}

export class GatheredReads {
  #waiting: Reading[] = [];
  #underWay: { readonly members: readonly Reading[]; readonly abort: AbortController } | undefined;

  /** @param end of the host: all who wait are then told so */
  constructor(
    private readonly connection: () => Promise<Connection>,
    private readonly end: AbortSignal,
  ) {
    // One for all: there may be hundreds.
    end.addEventListener('abort', () => {
      for (const { leave } of [...this.#waiting, ...(this.#underWay?.members ?? [])]) leave();
    });
  }

  /**
   * Begins after this call, so that it is never older.
   * @throws HyperVError `vmNotFound` when it is gone, `cancelled` at once when aborted
   */
  async read(id: VmId, signal?: AbortSignal): Promise<VmRecord> {
    let leave = (): void => undefined;
    try {
      return await new Promise<VmRecord>((resolve, reject) => {
        leave = () => {
          reading.left = true;
          reject(new HyperVError('cancelled', 'The reading was cancelled.'));
          this.#cancelUnwanted();
        };
        const reading: Reading = { id, resolve, leave, left: false };
        signal?.addEventListener('abort', leave, { once: true });
        if (signal?.aborted === true || this.end.aborted) leave();
        this.#waiting.push(reading);
        if (this.#underWay === undefined) void this.#readAll();
      });
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  #cancelUnwanted(): void {
    if (this.#underWay?.members.every(({ left }) => left) === true) this.#underWay.abort.abort();
  }

  async #readAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#readNext(this.#take());
    this.#underWay = undefined;
  }

  /** Never rejects. */
  async #readNext(byId: ReadonlyMap<VmId, readonly Reading[]>): Promise<void> {
    const members = [...byId.values()].flat();
    const abort = new AbortController();
    this.#underWay = { members, abort };
    if (members.length === 0) return;
    try {
      const connection = await this.connection();
      const ids = [...byId.keys()];
      const vms = ids.length === 1 ? [] : await connection.readVms(ids, abort.signal);
      const found = new Map(vms.map((vm) => [vm.id, vm]));
      for (const [id, readings] of byId) {
        const vm = found.get(id);
        // Who is missing among several is asked for alone: only that answer says why.
        const answer = vm === undefined ? connection.readVm(id, abort.signal) : Promise.resolve(vm);
        // Handed on when it has settled: who waits for it can leave until then.
        await answer.catch(() => undefined);
        for (const { resolve } of readings) resolve(answer);
      }
    } catch (error) {
      const answer = Promise.reject(HyperVError.from(error));
      // All of them may have left.
      answer.catch(() => undefined);
      for (const { resolve } of members) resolve(answer);
    }
  }

  /** What the next request is for; who left is forgotten. */
  #take(): Map<VmId, Reading[]> {
    const byId = new Map<VmId, Reading[]>();
    const later: Reading[] = [];
    for (const reading of this.#waiting) {
      const same = byId.get(reading.id);
      if (reading.left) continue;
      if (same !== undefined) same.push(reading);
      else if (byId.size < idsPerRead) byId.set(reading.id, [reading]);
      else later.push(reading);
    }
    this.#waiting = later;
    return byId;
  }
}
