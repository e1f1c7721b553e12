// How many VMs each filter would show, counted in slices: ten thousand VMs must not hold up the next letter.
import { filterTest } from '../domain/vmFilter';
import type { TreeFilter } from '../domain/vmFilter';
import type { HostRecord } from '../hyperv/hostStore';
import { searchableVm } from '../views/vmSearch';
import type { Slices } from './findVmSearch';

/** VMs between two looks at the clock: 250 take 1 to 5 ms. */
const step = 250;

export class FilterCounts {
  readonly #counts = new Map<string, number>();

  /** @param hosts as they were when the list was opened: those whose VMs can be trusted */
  constructor(private readonly hosts: readonly HostRecord[]) {}

  /** Of all VMs. */
  get all(): number {
    return this.hosts.reduce((sum, { vms }) => sum + vms.size, 0);
  }

  /** undefined until it was counted. */
  of(filter: TreeFilter): number | undefined {
    return this.#counts.get(JSON.stringify(filter));
  }

  /** @returns false when nobody wants them any more */
  async count(filters: readonly TreeFilter[], { goOn }: Pick<Slices, 'goOn'>): Promise<boolean> {
    const found = filters.filter((filter) => this.of(filter) === undefined).map((filter) => ({ filter, count: 0 }));
    let seen = 0;
    for (const { definition, vms } of this.hosts) {
      const tests = found.map(({ filter }) => filterTest(filter, (vm) => searchableVm(vm, definition.name)));
      for (const vm of vms.values()) {
        if (seen++ % step === 0 && !(await goOn())) return false;
        for (const [at, one] of found.entries()) if (tests[at]?.(vm) === true) one.count++;
      }
    }
    for (const { filter, count } of found) this.#counts.set(JSON.stringify(filter), count);
    return true;
  }
}
