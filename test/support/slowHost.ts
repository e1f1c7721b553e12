// Hosts that answer changes when the test says so, in place of those of a command rig.
import type { VmId, VmRecord } from '../../src/domain/vm';
import type { HostId } from '../../src/hyperv/hosts';
import { deferred } from '../../src/powershell/deferred';
import type { Deferred } from '../../src/powershell/deferred';
import type { Rig } from './commandRig';
import { settled } from './manualClock';

interface Sent {
  readonly hostId: HostId;
  readonly method: string;
  readonly id: VmId;
  readonly withdraw: AbortSignal | undefined;
  readonly answer: Deferred<VmRecord>;
}

export class SlowHost {
  /** Every change that reached a host, in order. */
  readonly sent: Sent[] = [];
  readonly #open = new Set<Sent>();
  readonly #most = new Map<HostId, number>();

  /** @param after how a VM is when its change is answered */
  constructor(
    private readonly rig: Rig,
    private readonly after: (vm: VmRecord) => VmRecord = (vm) => ({ ...vm, state: 'running' }),
  ) {
    rig.context.service.change = async (hostId, method, { id }, _signal, withdraw) => {
      const sent: Sent = { hostId, method, id, withdraw, answer: deferred() };
      this.sent.push(sent);
      this.#open.add(sent);
      this.#most.set(hostId, Math.max(this.most(hostId), this.underWay(hostId)));
      try {
        const vm = await sent.answer.promise;
        rig.store.setVm(hostId, id, vm);
        return vm;
      } finally {
        this.#open.delete(sent);
      }
    };
  }

  /** The oldest that was not answered. */
  get next(): VmId {
    const [first] = this.#open;
    if (first === undefined) throw new Error('nothing is under way');
    return first.id;
  }

  underWay(hostId: HostId): number {
    return [...this.#open].filter((sent) => sent.hostId === hostId).length;
  }

  /** How many were ever under way at the same time. */
  most(hostId: HostId): number {
    return this.#most.get(hostId) ?? 0;
  }

  async answer(id: VmId): Promise<void> {
    this.#answer(this.#find(id));
    await settled();
  }

  async fail(id: VmId, error: Error): Promise<void> {
    this.#find(id).answer.reject(error);
    await settled();
  }

  /** Also those which come meanwhile. */
  async answerAll(): Promise<void> {
    while (this.#open.size > 0) {
      for (const sent of this.#open) this.#answer(sent);
      await settled();
    }
  }

  #answer({ hostId, id, answer }: Sent): void {
    const vm = this.rig.store.vm(hostId, id);
    if (vm === undefined) throw new Error(`the store has no VM ${id}`);
    answer.resolve(this.after(vm));
  }

  #find(id: VmId): Sent {
    const found = [...this.#open].find((sent) => sent.id === id);
    if (found === undefined) throw new Error(`nothing is under way for ${id}`);
    return found;
  }
}
