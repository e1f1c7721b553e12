// VMs that two hosts list under one id: one that moved, so that its old host's list is out of date, or a replica, which
// both of them have. Only the old host can tell. Used by HostService.
import type { VmId, VmRecord } from '../domain/vm';
import type { HostId } from './hosts';
import type { HostStore } from './hostStore';

export interface ListedVm {
  readonly hostId: HostId;
  readonly vmId: VmId;
}

export class SharedVms {
  /** Hosts that were found to have the same VM and were asked about it: a replica is not read again with each inventory. */
  readonly #asked = new Map<VmId, Set<HostId>>();

  constructor(private readonly store: HostStore) {}

  /** What other hosts list as well and were not asked about since they do. To be called after each inventory of a host. */
  toAskAfter(hostId: HostId, vms: readonly VmRecord[]): ListedVm[] {
    const others = this.store
      .hosts()
      .filter(({ definition, status }) => definition.id !== hostId && status.kind === 'ready');
    const listed = new Set<VmId>();
    const toAsk = vms.flatMap(({ id }) => {
      listed.add(id);
      return others
        .filter(({ vms: theirs }) => theirs.has(id))
        .flatMap(({ definition }) => this.#note(id, hostId, definition.id));
    });
    for (const vmId of [...this.#asked.keys()]) if (!listed.has(vmId)) this.forget(hostId, vmId);
    return toAsk;
  }

  /** The host no longer has it; should it come back, it is asked anew. */
  forget(hostId: HostId, vmId: VmId): void {
    const holders = this.#asked.get(vmId);
    holders?.delete(hostId);
    if (holders?.size === 0) this.#asked.delete(vmId);
  }

  /** The host was taken away: should it come back, what it lists is news again. */
  forgetHost(hostId: HostId): void {
    for (const vmId of [...this.#asked.keys()]) this.forget(hostId, vmId);
  }

  /** The name of another host that lists the VM. */
  otherHolder(hostId: HostId, vmId: VmId): string | undefined {
    return this.store.hosts().find(({ definition, status, vms }) => {
      return definition.id !== hostId && status.kind === 'ready' && vms.has(vmId);
    })?.definition.name;
  }

  #note(vmId: VmId, hostId: HostId, other: HostId): ListedVm[] {
    const holders = this.#asked.get(vmId) ?? new Set();
    this.#asked.set(vmId, holders);
    const isNews = !(holders.has(hostId) && holders.has(other));
    holders.add(hostId).add(other);
    return isNews ? [{ hostId: other, vmId }] : [];
  }
}
