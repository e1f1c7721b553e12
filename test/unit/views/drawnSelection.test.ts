// Which rows are drawn anew so that all that are selected look so, and in which order they stand.
import assert from 'node:assert/strict';
import { defaultGrouping } from '../../../src/domain/vmGrouping';
import { HostStore } from '../../../src/hyperv/hostStore';
import { DrawnSelection } from '../../../src/views/drawnSelection';
import { NodeRegistry } from '../../../src/views/nodes';
import type { HypervNode } from '../../../src/views/nodes';
import { TreeModel } from '../../../src/views/treeModel';
import { ManualClock } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

const count = 6;

function setUp(above = defaultGrouping.above) {
  const store = new HostStore();
  const nodes = new NodeRegistry();
  for (const name of ['a', 'b']) {
    store.addHost({ kind: 'local', id: name, name });
    // The last one stands first.
    const vms = Array.from({ length: count }, (_, index) =>
      makeVm({ id: vmId(index), name: `vm-${count - index}`, state: index < 3 ? 'running' : 'off' }),
    );
    store.setInventory(name, vms, 0);
  }
  const model = new TreeModel(store, nodes, undefined, { by: 'state', above });
  const clock = new ManualClock();
  const drawn: string[][] = [];
  const rig = { selection: [] as HypervNode[] };
  const kept = new DrawnSelection({
    selection: () => rig.selection,
    inOrder: (some) => model.inOrder(some),
    draw: (rows) => drawn.push(rows.map(({ id }) => id)),
    after: (ms, action) => clock.after(ms, action),
  });
  return { nodes, model, clock, drawn, kept, rig };
}

describe('Rows that are selected', () => {
  it('are all drawn again, from top to bottom, a moment after one of them was', async () => {
    const { nodes, clock, drawn, kept, rig } = setUp();
    const [one, two, three] = [0, 3, 1].map((number) => nodes.vm('a', vmId(number)));
    assert.ok(one && two && three);
    rig.selection = [one, two, three];
    kept.follow([two]);
    assert.deepEqual(drawn, []);
    await clock.advance(500);
    assert.deepEqual(drawn, [[two.id, three.id, one.id]]);
    await clock.advance(10_000);
    assert.equal(drawn.length, 1);
  });

  it('are drawn once more when one of them changed before they were', async () => {
    const { nodes, clock, drawn, kept, rig } = setUp();
    rig.selection = [nodes.vm('a', vmId(0)), nodes.vm('a', vmId(1))];
    kept.follow(rig.selection);
    await clock.advance(499);
    kept.follow(rig.selection);
    await clock.advance(1);
    await clock.advance(500);
    assert.equal(drawn.length, 2);
    assert.deepEqual(clock.pending, []);
  });

  it('are drawn when their host was, as it is drawn with all below it', async () => {
    const { nodes, clock, drawn, kept, rig } = setUp();
    rig.selection = [nodes.vm('a', vmId(0)), nodes.vm('b', vmId(0))];
    kept.follow([nodes.host('a')]);
    await clock.advance(500);
    assert.equal(drawn.length, 1);
  });

  it('are left alone when others change, or when it is one only', async () => {
    const { nodes, clock, drawn, kept, rig } = setUp();
    rig.selection = [nodes.vm('a', vmId(0)), nodes.vm('a', vmId(1))];
    kept.follow([nodes.vm('a', vmId(2)), nodes.vm('b', vmId(0)), nodes.host('b')]);
    rig.selection = [nodes.vm('a', vmId(0))];
    kept.follow(rig.selection);
    assert.deepEqual(clock.pending, []);
    await clock.advance(500);
    assert.deepEqual(drawn, []);
  });

  it('stand in the order of the tree: hosts, groups, VMs, and what is below a VM after it', () => {
    const { nodes, model } = setUp(2);
    for (const host of ['a', 'b']) model.children(nodes.host(host));
    const group = model.children(nodes.host('a'))[0];
    assert.ok(group?.kind === 'group');
    const wanted = [
      nodes.host('a'),
      group,
      nodes.vm('a', vmId(2)),
      nodes.service('a', vmId(2), 'vss'),
      nodes.vm('a', vmId(0)),
      // Off, thus in the group after that.
      nodes.vm('a', vmId(5)),
      nodes.vm('b', vmId(2)),
    ];
    assert.deepEqual(model.inOrder([...wanted].reverse()), wanted);
  });
});
