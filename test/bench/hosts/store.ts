// What Node does with an answer: the difference of 2,000 VMs, and which rows of the tree one event touches.
import { isDeepStrictEqual } from 'node:util';
import type { VmRecord } from '../../../src/domain/vm';
import { HostStore } from '../../../src/hyperv/hostStore';
import { NodeRegistry } from '../../../src/views/nodes';
import { TreeModel } from '../../../src/views/treeModel';
import { makeVm, vmId } from '../../support/vms';
import { atMost, race, toRow, type Results } from '../measure';
import type { Plan } from '../plan';

const count = 2_000;

export async function storeDiff({ quick }: Plan): Promise<Results> {
  const store = new HostStore();
  const nodes = new NodeRegistry();
  const tree = new TreeModel(store, nodes);
  store.addHost({ kind: 'local', id: 'host', name: 'host' });
  const touched: ReturnType<TreeModel['touched']>[] = [];
  store.onDidChange((change) => touched.push(tree.touched(change)));
  let turn = 0;
  let before: readonly VmRecord[] = [];
  let next: readonly VmRecord[] = [];
  const prepare = (changed: number) => () => {
    before = next;
    turn++;
    // Fresh objects each time, as answers bring them.
    next = Array.from({ length: count }, (_, i) =>
      makeVm({ id: vmId(i + 1), name: `vm-${i + 1}`, ...(i < changed && { processors: 1 + (turn % 64) }) }),
    );
    return Promise.resolve();
  };
  const contenders = (changed: number): Parameters<typeof race>[0] => [
    {
      name: 'ours, the rows to redraw included',
      prepare: prepare(changed),
      run: () => {
        store.setInventory('host', next, turn);
        return Promise.resolve();
      },
    },
    { name: 'comparing JSON texts', prepare: prepare(changed), run: () => jsonDiff(before, next) },
    { name: 'isDeepStrictEqual', prepare: prepare(changed), run: () => deepDiff(before, next) },
  ];
  const turns = quick ? 20 : 50;
  const same = toRow('Window', 'Store: 2,000 VMs, nothing changed', await race(contenders(0), turns));
  const some = toRow('Window', 'Store: 2,000 VMs, 100 changed', await race(contenders(100), turns));
  const [vm] = store.host('host')?.vms.values() ?? [];
  touched.length = 0;
  if (vm !== undefined) store.setVm('host', vm.id, { ...vm, state: 'off' });
  const redrawn = touched.reduce((sum, nodes) => sum + (nodes === 'root' ? Infinity : nodes.length), 0);
  return {
    rows: [same, some],
    budgets: [
      atMost(25, 'Store diff of 2,000 VMs, ms', Math.max(same.ours, some.ours)),
      {
        name: 'Rows to redraw after one event (the root is none)',
        limit: '= 1',
        value: redrawn,
        holds: redrawn === 1,
      },
    ],
  };
}

function jsonDiff(before: readonly VmRecord[], next: readonly VmRecord[]): Promise<readonly VmRecord[]> {
  const known = new Map(before.map((vm) => [vm.id, JSON.stringify(vm)]));
  return Promise.resolve(next.filter((vm) => known.get(vm.id) !== JSON.stringify(vm)));
}

function deepDiff(before: readonly VmRecord[], next: readonly VmRecord[]): Promise<readonly VmRecord[]> {
  const known = new Map(before.map((vm) => [vm.id, vm]));
  return Promise.resolve(next.filter((vm) => !isDeepStrictEqual(known.get(vm.id), vm)));
}
