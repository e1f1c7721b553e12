// Keeps a slow inventory from putting an older state of a VM over a newer one. Used by HostService.
import type { VmId, VmRecord } from '../domain/vm';
import type { HostId } from './hosts';
import type { HostStore } from './hostStore';

export class NewestAnswers {
  /** Counts answers about single VMs. */
  #count = 0;
  readonly #last = new Map<string, number>();

  constructor(private readonly store: HostStore) {}

  /** To be taken when an inventory begins. */
  get now(): number {
    return this.#count;
  }

  /** The store has an answer about this one VM now. */
  took(hostId: HostId, vmId: VmId): void {
    this.#last.set(keyOf(hostId, vmId), ++this.#count);
  }

  /** An inventory with each VM replaced of which a single answer came after the inventory had begun. */
  of(hostId: HostId, vms: readonly VmRecord[], asked: number): readonly VmRecord[] {
    return vms.flatMap((vm) => {
      const last = this.#last.get(keyOf(hostId, vm.id));
      if (last === undefined || last <= asked) return [vm];
      return this.store.vm(hostId, vm.id) ?? [];
    });
  }
}

function keyOf(hostId: HostId, vmId: VmId): string {
  return `${hostId}\n${vmId}`;
}
