// THE store: what every surface reads about hosts and VMs. In memory only; filled by HostService, never by a view.
import { isDeepStrictEqual } from 'node:util';
import { Emitter } from '../domain/emitter';
import type { Disposable, Event } from '../domain/emitter';
import type { HyperVError } from '../domain/errors';
import type { ProbeFacts } from '../domain/readiness';
import type { VmId, VmRecord } from '../domain/vm';
import { inOrder, sameWay } from './hostOrder';
import type { HostDefinition, HostId } from './hosts';
import { isLastKnown, outdated, rowVm, rowVms, withoutVm } from './lastKnown';
import type { LastKnown } from './lastKnown';
import { withEarlyVms, withoutPartial } from './partialVms';
import { sameVm } from './vmChanges';

export type HostStatus =
  /** Nobody asked yet. */
  | { readonly kind: 'idle' }
  /** The first answer is awaited; VMs of an earlier answer stay, and those without one come in part (VmRecord.partial). */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready' }
  /** The last read of the host failed; VMs of an earlier answer stay and may be out of date. */
  | { readonly kind: 'failed'; readonly error: HyperVError };

export interface HostRecord {
  readonly definition: HostDefinition;
  readonly status: HostStatus;
  readonly vms: ReadonlyMap<VmId, VmRecord>;
  /** What a probe saw after the last read failed; stays until a read works, so that a retry does not hide the cause. */
  readonly probe?: ProbeFacts | undefined;
  /** When the whole host was last read, on the service's clock; missing before the first time. */
  readonly readAtMs?: number;
  /** When it was last read, in milliseconds since 1970. */
  readonly seenAtMs?: number;
  /** What it was when it last answered; shown, never acted upon. Missing once it has answered. */
  readonly lastKnown?: LastKnown | undefined;
  /** Its session starts when those of other hosts have started. */
  readonly waitsToStart?: boolean;
}

export type StoreChange =
  /** Hosts were added or removed, or have another name or place. */
  | { readonly kind: 'hosts' }
  /** Status of one host. */
  | { readonly kind: 'host'; readonly hostId: HostId }
  /** VMs of one host; `structure` when VMs came or went or changed their names, so that the list must be redrawn. */
  | { readonly kind: 'vms'; readonly hostId: HostId; readonly changed: readonly VmId[]; readonly structure: boolean };

export class HostStore implements Disposable {
  #hosts = new Map<HostId, HostRecord>();
  readonly #emitter: Emitter<StoreChange>;
  readonly onDidChange: Event<StoreChange>;

  /**
   * @param onError told about listeners that throw
   * @param wallClock milliseconds since 1970
   */
  constructor(
    onError?: (error: unknown) => void,
    private readonly wallClock: () => number = Date.now,
  ) {
    this.#emitter = new Emitter(onError);
    this.onDidChange = this.#emitter.event;
  }

  /** In the order in which they are shown. */
  hosts(): readonly HostRecord[] {
    return [...this.#hosts.values()];
  }

  host(id: HostId): HostRecord | undefined {
    return this.#hosts.get(id);
  }

  vm(hostId: HostId, vmId: VmId): VmRecord | undefined {
    return this.#hosts.get(hostId)?.vms.get(vmId);
  }

  /** Does nothing if a host of this id is there. */
  addHost(definition: HostDefinition): void {
    if (this.#hosts.has(definition.id)) return;
    this.arrange(inOrder([...this.#definitions(), definition]));
  }

  /**
   * Shows exactly these hosts, in this order. What is known of a host stays, also under another name; when the way to
   * it has changed, nobody has asked it yet.
   */
  arrange(definitions: readonly HostDefinition[]): void {
    if (isDeepStrictEqual(definitions, this.#definitions())) return;
    const known = this.#hosts;
    this.#hosts = new Map(
      definitions.map((definition) => [definition.id, recordOf(definition, known.get(definition.id))]),
    );
    this.#emitter.fire({ kind: 'hosts' });
  }

  /** @param probe only with a failure, whose cause it tells */
  setStatus(id: HostId, status: HostStatus, probe?: ProbeFacts): void {
    const host = this.#hosts.get(id);
    if (host === undefined || sameStatus(host.status, status)) return;
    const vms = withoutPartial(host.vms);
    const failed = status.kind === 'failed' && { probe, lastKnown: outdated({ ...host, vms }, this.wallClock()) };
    this.#hosts.set(id, { ...host, status, vms, ...failed });
    this.#emitter.fire({ kind: 'host', hostId: id });
    const changed = [...host.vms.keys()].filter((vmId) => !vms.has(vmId));
    if (changed.length > 0) this.#emitter.fire({ kind: 'vms', hostId: id, changed, structure: true });
  }

  /** Whether its session waits for those of other hosts to start. */
  setWaitsToStart(id: HostId, waitsToStart: boolean): void {
    const host = this.#hosts.get(id);
    if (host === undefined || (host.waitsToStart ?? false) === waitsToStart) return;
    this.#hosts.set(id, { ...host, waitsToStart });
    this.#emitter.fire({ kind: 'host', hostId: id });
  }

  /** Takes what an earlier window saw; does nothing for a host of which this window knows more. */
  recall(id: HostId, lastKnown: LastKnown): void {
    const host = this.#hosts.get(id);
    if (host === undefined || host.vms.size > 0 || host.seenAtMs !== undefined || host.lastKnown !== undefined) return;
    this.#hosts.set(id, { ...host, lastKnown });
    this.#emitter.fire({ kind: 'vms', hostId: id, changed: [...lastKnown.vms.keys()], structure: true });
  }

  /** Takes what is known of VMs before the answer of the first inventory is complete. */
  setEarlyVms(id: HostId, early: readonly VmRecord[]): void {
    const host = this.#hosts.get(id);
    const vms = host && withEarlyVms(host, early);
    if (host === undefined || vms === undefined) return;
    this.#hosts.set(id, { ...host, vms });
    this.#emitter.fire({ kind: 'vms', hostId: id, changed: early.map((vm) => vm.id), structure: true });
  }

  /** Takes the answer of an inventory: the host is ready and has exactly these VMs. */
  setInventory(id: HostId, vms: readonly VmRecord[], readAtMs: number): void {
    const host = this.#hosts.get(id);
    if (host === undefined) return;
    const next = new Map(vms.map((vm) => [vm.id, vm] as const));
    const changed: VmId[] = [];
    let structure = false;
    for (const [vmId, vm] of next) {
      const before = host.vms.get(vmId);
      if (before === undefined || !sameVm(before, vm)) changed.push(vmId);
      // All rows of a host that was read in part are drawn at once, not each for itself.
      structure ||= before?.name !== vm.name || before.partial === true;
    }
    for (const vmId of rowVms(host).keys()) {
      if (next.has(vmId)) continue;
      changed.push(vmId);
      structure = true;
    }
    // Whoever keeps something by the list finds the same one when nothing in it has changed.
    const isSame = changed.length === 0 && vms.every((vm) => host.vms.get(vm.id) === vm);
    const known = { vms: isSame ? host.vms : next, lastKnown: undefined, readAtMs, seenAtMs: this.wallClock() };
    this.#hosts.set(id, { ...host, status: { kind: 'ready' }, probe: undefined, ...known });
    if (host.status.kind !== 'ready') this.#emitter.fire({ kind: 'host', hostId: id });
    if (changed.length > 0) this.#emitter.fire({ kind: 'vms', hostId: id, changed, structure });
  }

  /** Takes what the host said of one VM; undefined when it no longer has it. */
  setVm(id: HostId, vmId: VmId, vm: VmRecord | undefined): void {
    const host = this.#hosts.get(id);
    if (host === undefined) return;
    const before = host.vms.get(vmId);
    const row = rowVm(host, vmId);
    if (vm === undefined && row === undefined) return;
    const vms = new Map(host.vms);
    if (vm === undefined) vms.delete(vmId);
    else vms.set(vmId, vm);
    const lastKnown = vm === undefined ? withoutVm(host.lastKnown, vmId) : host.lastKnown;
    this.#hosts.set(id, { ...host, vms, ...(lastKnown !== host.lastKnown && { lastKnown }) });
    if (before !== undefined && vm !== undefined && sameVm(before, vm) && !isLastKnown(host, vmId)) return;
    this.#emitter.fire({ kind: 'vms', hostId: id, changed: [vmId], structure: row?.name !== vm?.name });
  }

  dispose(): void {
    this.#emitter.dispose();
    this.#hosts.clear();
  }

  #definitions(): HostDefinition[] {
    return this.hosts().map(({ definition }) => definition);
  }
}

function recordOf(definition: HostDefinition, known: HostRecord | undefined): HostRecord {
  return known !== undefined && sameWay(known.definition, definition)
    ? { ...known, definition }
    : { definition, status: { kind: 'idle' }, vms: new Map() };
}

/** A failure is always news: it comes with an error of its own. */
function sameStatus(a: HostStatus, b: HostStatus): boolean {
  return a.kind === b.kind && a.kind !== 'failed';
}
