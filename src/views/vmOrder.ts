// The order of VMs in the tree and in quick picks.
import type { VmId, VmRecord } from '../domain/vm';

/** "VM 2" before "VM 10", and upper beside lower case, as people sort. */
const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Equal names stay apart, and in place, by their ids. */
export function compareVms(a: Pick<VmRecord, 'id' | 'name'>, b: Pick<VmRecord, 'id' | 'name'>): number {
  return compareTexts(a.name, b.name) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** 0 for texts that are one to people who sort, such as "a" and "A". */
export function compareTexts(a: string, b: string): number {
  return byName.compare(a, b);
}

/**
 * @param before ids as they were in order: what is nearly sorted takes an eighth of the time
 * @param added which others are taken as well; all of them when missing
 */
export function vmsInOrder(
  vms: ReadonlyMap<VmId, VmRecord>,
  before: readonly VmId[] = [],
  added: readonly VmId[] = othersThan(before, vms),
): VmRecord[] {
  const recordsOf = (ids: readonly VmId[]): VmRecord[] => ids.map((id) => vms.get(id)).filter((vm) => vm !== undefined);
  return [...recordsOf(before), ...roughlyInOrder(recordsOf(added))].sort(compareVms);
}

/** By their letters and numbers alone: comparing as people do takes twenty times as long, and then has little left to do. */
function roughlyInOrder(vms: readonly VmRecord[]): VmRecord[] {
  const keyed = vms.map((vm) => ({
    vm,
    key: vm.name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(15, '0')),
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ vm }) => vm);
}

function othersThan(before: readonly VmId[], vms: ReadonlyMap<VmId, VmRecord>): VmId[] {
  const known = new Set(before);
  return [...vms.keys()].filter((id) => !known.has(id));
}
