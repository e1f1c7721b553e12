// The order of VMs in the tree and in quick picks.
import type { VmRecord } from '../domain/vm';

/** "VM 2" before "VM 10", and upper beside lower case, as people sort. */
const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Equal names stay apart, and in place, by their ids. */
export function compareVms(a: VmRecord, b: VmRecord): number {
  return byName.compare(a.name, b.name) || a.id.localeCompare(b.id);
}
