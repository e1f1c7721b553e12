// 500 VMs change at once behind our back: how often the host is read for it, and when the store knows all of them.
import type { HostConnection } from '../../../src/hyperv/hostConnection';
import { HostService } from '../../../src/hyperv/hostService';
import { HostStore } from '../../../src/hyperv/hostStore';
import { systemClock } from '../../../src/powershell/clock';
import { atMost, exactly, timed, toRow, type Results } from '../measure';
import type { Plan } from '../plan';
import { openBenchHost } from './benchHost';

const events = 500;
const id = 'lab:burst';

export async function burst(plan: Plan): Promise<Results> {
  const { client, session } = openBenchHost(plan, { vmsPerHost: events });
  const store = new HostStore();
  let reads = 0;
  let startedWatching: () => void = () => undefined;
  const watching = new Promise<void>((resolve) => (startedWatching = resolve));
  const counted = new Proxy<HostConnection>(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        if (name === 'inventory' || name === 'readVm' || name === 'readVms') reads++;
        if (name === 'watch') startedWatching();
        return Reflect.apply(member, target, args);
      };
    },
  });
  const service = new HostService({ store, clock: systemClock, connect: () => Promise.resolve(counted) });
  try {
    store.addHost({ kind: 'lab', id, name: 'burst', spec: {}, index: 0 });
    service.setVisible(true);
    await service.refresh(id);
    await watching;
    // The host is asked with the first of these calls.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const ids = [...(store.host(id)?.vms.values() ?? [])].filter(({ state }) => state !== 'paused').map((vm) => vm.id);
    reads = 0;
    const seenMs = await timed(async () => {
      const seen = untilAll(store, ids.length);
      await session.request('bench.burst', { ids });
      await seen;
    });
    // What is read after the last of them would be a second reading.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const inventories = reads;
    const wholeMs = await timed(() => client.inventory());
    return {
      rows: [
        toRow(
          'Window',
          `${ids.length} VMs change at once: readings of the host`,
          new Map([
            ['ours', exactly(inventories)],
            ['a reading for each event', exactly(ids.length)],
          ]),
          'reads',
        ),
        toRow(
          'Window',
          `${ids.length} VMs change at once: until the store has all`,
          new Map([
            ['ours', exactly(seenMs)],
            ['one reading of the host, at once', exactly(wholeMs)],
          ]),
        ),
      ],
      budgets: [atMost(1, `Readings of the host after ${ids.length} events at once`, inventories)],
    };
  } finally {
    await service.dispose();
  }
}

function untilAll(store: HostStore, count: number): Promise<void> {
  return new Promise((resolve) => {
    const listening = store.onDidChange(() => {
      const vms = [...(store.host(id)?.vms.values() ?? [])];
      if (vms.filter(({ state }) => state === 'paused').length < count) return;
      listening.dispose();
      resolve();
    });
  });
}
