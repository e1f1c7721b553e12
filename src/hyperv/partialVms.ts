// VMs of which a host that is read for the first time has told no more than names and states: shown at once, and gone
// again when the read comes to nothing. Pure; used by HostStore.
import type { VmRecord } from '../domain/vm';
import type { HostRecord } from './hostStore';

type Vms = HostRecord['vms'];

/** undefined when they tell nothing: the host is not being read, or its VMs were read before. */
export function withEarlyVms({ status, vms, readAtMs }: HostRecord, early: readonly VmRecord[]): Vms | undefined {
  const isFirst = readAtMs === undefined || [...vms.values()].every(({ partial }) => partial);
  if (status.kind !== 'connecting' || !isFirst) return undefined;
  const all = new Map(vms);
  // An answer about one VM tells more than the list does yet.
  for (const vm of early) {
    const known = all.get(vm.id);
    if (known === undefined || known.partial === true) all.set(vm.id, vm);
  }
  return all;
}

/** Without those of which the rest was never read; the same map when there are none. */
export function withoutPartial(vms: Vms): Vms {
  if (![...vms.values()].some(({ partial }) => partial)) return vms;
  return new Map([...vms].filter(([, { partial }]) => partial !== true));
}

/** Whether the names and states of VMs are shown while the rest of the host is being read. */
export function isReadInPart({ status, vms }: HostRecord): boolean {
  return status.kind === 'connecting' && [...vms.values()].some(({ partial }) => partial);
}
