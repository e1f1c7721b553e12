// Puts what hosts say of their VMs into the store, so that neither a slow answer nor a VM that moved makes it say what is no
// longer true. HostService has one.
import { HyperVError } from '../domain/errors';
import type { VmId, VmRecord } from '../domain/vm';
import type { HostLife } from './hostLife';
import type { HostId } from './hosts';
import type { HostStore } from './hostStore';
import { NewestAnswers } from './newestAnswers';
import { SharedVms } from './sharedVms';
import type { ListedVm } from './sharedVms';

export class HostAnswers {
  readonly #newest: NewestAnswers;
  readonly #shared: SharedVms;

  constructor(private readonly store: HostStore) {
    this.#newest = new NewestAnswers(store);
    this.#shared = new SharedVms(store);
  }

  /** To be taken before several VMs are asked for: what was answered about one of them meanwhile is newer. */
  get now(): number {
    return this.#newest.now;
  }

  /**
   * All VMs of a host.
   * @param asked what {@link now} was
   * @param readAtMs on the service's clock
   * @returns VMs which another host lists too, and should be asked about: one of them may have moved
   */
  tookAll(hostId: HostId, vms: readonly VmRecord[], asked: number, readAtMs: number): readonly ListedVm[] {
    this.store.setInventory(hostId, this.#newest.of(hostId, vms, asked), readAtMs);
    return this.#shared.toAskAfter(hostId, vms);
  }

  /**
   * Some VMs of a host; those of the ids that have no record are gone.
   * @param asked what {@link now} was
   */
  tookSome(life: HostLife, hostId: HostId, ids: readonly VmId[], vms: readonly VmRecord[], asked: number): void {
    const byId = new Map(this.#newest.of(hostId, vms, asked).map((vm) => [vm.id, vm]));
    for (const vmId of ids) this.took(life, hostId, vmId, byId.get(vmId));
  }

  /** One VM; undefined when the host no longer has it. */
  took(life: HostLife, hostId: HostId, vmId: VmId, vm: VmRecord | undefined): void {
    if (life.ended) return;
    this.#newest.took(hostId, vmId);
    this.store.setVm(hostId, vmId, vm);
    if (vm === undefined) this.#shared.forget(hostId, vmId);
  }

  /** The host was taken away. */
  forgetHost(hostId: HostId): void {
    this.#shared.forgetHost(hostId);
  }

  /** A failure that concerns one VM. One that is not where it was looked for may be on another host by now. */
  located(hostId: HostId, vmId: VmId, error: unknown): HyperVError {
    const failure = HyperVError.from(error);
    const foundOn = failure.reason === 'vmNotFound' ? this.#shared.otherHolder(hostId, vmId) : undefined;
    if (foundOn === undefined) return failure;
    const { reason, message, outcome, detail } = failure;
    return new HyperVError(reason, message, outcome, { ...detail, foundOn }, { cause: failure });
  }
}
