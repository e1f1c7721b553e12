import assert from 'node:assert/strict';
import type { TreeFilter } from '../../../src/domain/vmFilter';
import type { GroupBy } from '../../../src/domain/vmGrouping';
import type { VmRecord } from '../../../src/domain/vm';
import { HostStore } from '../../../src/hyperv/hostStore';
import { NodeRegistry } from '../../../src/views/nodes';
import type { HypervNode } from '../../../src/views/nodes';
import { TreeModel } from '../../../src/views/treeModel';
import { assertGolden } from '../../support/golden';
import { makeVm, vmId } from '../../support/vms';

const roles = ['app', 'sql', 'web'];

/** Three roles of 20: a third off, each fourth with a tag. */
const sixty: readonly VmRecord[] = Array.from({ length: 60 }, (_, at) =>
  makeVm({
    id: vmId(at + 1),
    name: `${roles[at % 3] ?? ''}-${String(at + 1).padStart(2, '0')}`,
    state: at % 3 === 1 ? 'off' : 'running',
    notes: at % 4 === 0 ? `for the demo #${at % 8 === 0 ? 'Prod' : 'test'} #x` : '',
  }),
);
const [first = makeVm(), second = makeVm()] = sixty;

interface Tree {
  readonly store: HostStore;
  readonly nodes: NodeRegistry;
  readonly model: TreeModel;
  readonly redrawn: ('root' | HypervNode[])[];
  /** Labels and descriptions of the rows below a node, drawn. */
  below(node: HypervNode): string[];
  group(title: string): HypervNode;
}

function makeTree(by: GroupBy, { above = 50, filter }: { above?: number; filter?: TreeFilter } = {}): Tree {
  const store = new HostStore();
  const nodes = new NodeRegistry();
  const model = new TreeModel(store, nodes, filter, { by, above });
  store.addHost({ kind: 'local', id: 'a', name: 'HV' });
  store.setInventory('a', sixty, 0);
  const redrawn: Tree['redrawn'] = [];
  store.onDidChange((change) => redrawn.push(model.touched(change)));
  const tree: Tree = {
    store,
    nodes,
    model,
    redrawn,
    below: (node) =>
      model.children(node).map((child) => {
        const { label, description } = model.row(child) ?? assert.fail(`${child.id} stands for nothing`);
        return `${label} ${description}`;
      }),
    group: (title) =>
      model.children(nodes.host('a')).find((node) => model.row(node)?.label === title) ?? assert.fail(`no ${title}`),
  };
  return tree;
}

const hostOf = ({ nodes }: Tree): HypervNode => nodes.host('a');

describe('The groups of a host', () => {
  it('are ranges of names, states in their order, or tags', () => {
    const tree = (by: GroupBy): string[] => {
      const one = makeTree(by);
      return one.below(hostOf(one));
    };
    assert.deepEqual(tree('name'), ['A 20', 'S 20', 'W 20']);
    assert.deepEqual(tree('state'), ['Running 40', 'Off 20']);
    assert.deepEqual(tree('tag'), ['#prod 8', '#test 7', 'No tag 45']);
  });

  it('are there only above the number of the setting, and never without a grouping', () => {
    const flat = makeTree('name', { above: 60 });
    assert.equal(flat.below(hostOf(flat)).length, 60);
    const none = makeTree('none', { above: 0 });
    assert.equal(none.below(hostOf(none)).length, 60);
    const groups = makeTree('name', { above: 59 });
    assert.equal(groups.below(hostOf(groups)).length, 3);
    assert.deepEqual(groups.model.group({ by: 'name', above: 60 }), [hostOf(groups)]);
    assert.equal(groups.below(hostOf(groups)).length, 60);
  });

  it('hold their VMs in order, each with the object that it has everywhere', () => {
    const tree = makeTree('state');
    const off = tree.model.children(tree.group('Off'));
    assert.equal(off.length, 20);
    assert.equal(off[0], tree.nodes.vm('a', second.id));
    for (const vm of off) assert.equal(tree.model.parent(vm), tree.group('Off'));
    assert.equal(tree.model.parent(tree.group('Off')), hostOf(tree));
    assert.ok(tree.model.children(off[0]).length > 0);
  });

  it('are rows with a count, a sign where one of their VMs needs attention, and words for both', () => {
    const tree = makeTree('state');
    tree.store.setVm('a', first.id, { ...first, name: 'we*b', heartbeat: 'lostCommunication' });
    const shown = ['Running', 'Off'].map((title) => {
      const node = tree.group(title);
      const { label, description, icon, contextValue, accessibilityLabel, children } =
        tree.model.row(node) ?? assert.fail();
      const tooltip = tree.model.tooltip(node) ?? '';
      return `${label} | ${description} | ${icon ?? ''} | ${contextValue} | ${children}\n  says "${accessibilityLabel}"\n${tooltip}`;
    });
    assertGolden('unit/views/golden/groupRows.txt', `${shown.join('\n\n')}\n`);
  });

  it('keep the larger tags, and put what few share together', () => {
    const tree = makeTree('tag', { above: 1 });
    const all = Array.from({ length: 450 }, (_, at) =>
      makeVm({ id: vmId(at + 1), name: `vm-${at}`, notes: at < 449 ? `#t${at < 400 ? at % 200 : at}` : '' }),
    );
    tree.store.setInventory('a', all, 0);
    const rows = tree.below(hostOf(tree));
    assert.deepEqual([rows.length, rows[0], rows.at(-2), rows.at(-1)], [202, '#t0 2', 'Other tags 49', 'No tag 1']);
  });

  it('are cut by name where a state has so many VMs that an open row would hold up the window', () => {
    const tree = makeTree('state');
    const many = Array.from({ length: 600 }, (_, at) =>
      makeVm({ id: vmId(at + 1), name: `${roles[at % 3] ?? ''}-${at}` }),
    );
    tree.store.setInventory('a', many, 0);
    assert.deepEqual(tree.below(hostOf(tree)), ['Running: A 200', 'Running: S 200', 'Running: W 200']);
  });
});

describe('A change below a host with groups', () => {
  it('of one VM redraws one row', () => {
    const tree = makeTree('name');
    tree.below(hostOf(tree));
    tree.store.setVm('a', first.id, { ...first, state: 'off' });
    assert.deepEqual(tree.redrawn, [[tree.nodes.vm('a', first.id)]]);
  });

  it('redraws a group when the first of its VMs needs attention, and when none does any more', () => {
    const tree = makeTree('name');
    tree.below(hostOf(tree));
    const vm = (id: VmRecord): HypervNode => tree.nodes.vm('a', id.id);
    const fourth = sixty[3] ?? assert.fail();
    const group = tree.group('A');
    for (const heartbeat of ['error', 'healthy'] as const) {
      for (const one of [first, fourth]) tree.store.setVm('a', one.id, { ...one, heartbeat });
    }
    assert.deepEqual(tree.redrawn, [[group, vm(first)], [vm(fourth)], [vm(first)], [group, vm(fourth)]]);
    assert.equal(tree.model.row(group)?.icon, 'list-unordered');
  });

  it('that moves a VM to another group redraws the list, and the VM stays the same object', () => {
    const tree = makeTree('state');
    tree.below(hostOf(tree));
    const node = tree.nodes.vm('a', first.id);
    tree.store.setVm('a', first.id, { ...first, state: 'off' });
    assert.deepEqual(tree.redrawn, [[hostOf(tree)]]);
    assert.deepEqual(tree.below(hostOf(tree)), ['Running 39', 'Off 21']);
    assert.ok(tree.model.children(tree.group('Off')).includes(node));
    assert.equal(tree.model.parent(node), tree.group('Off'));
  });

  it('shows a VM in one group only, whenever VS Code asks for its old and its new one', () => {
    const tree = makeTree('state');
    const [running, off] = [tree.group('Running'), tree.group('Off')];
    const node = tree.nodes.vm('a', first.id);
    assert.ok(tree.model.children(running).includes(node));
    tree.store.setVm('a', first.id, { ...first, state: 'off' });
    // VS Code has not come to the new list yet: a person opens the other group.
    assert.ok(!tree.model.children(off).includes(node));
    assert.ok(tree.model.children(running).includes(node));
    // But whoever looks for the row is led to where it will be.
    assert.equal(tree.model.parent(node), off);
    tree.below(hostOf(tree));
    assert.ok(tree.model.children(off).includes(node));
  });

  it('that starts one moves it once, and the row says what goes on meanwhile', () => {
    const tree = makeTree('state');
    tree.below(hostOf(tree));
    for (const state of ['starting', 'running'] as const) tree.store.setVm('a', second.id, { ...second, state });
    assert.deepEqual(tree.redrawn.filter((rows) => rows.includes(hostOf(tree) as never)).length, 1);
  });

  it('to what is true already redraws nothing', () => {
    const tree = makeTree('tag');
    tree.below(hostOf(tree));
    tree.store.setInventory('a', structuredClone([...sixty]), 0);
    tree.store.setVm('a', first.id, structuredClone(first));
    assert.deepEqual(tree.redrawn, []);
  });

  it('of notes moves a VM between tags', () => {
    const tree = makeTree('tag');
    tree.below(hostOf(tree));
    tree.store.setVm('a', second.id, { ...second, notes: '#PROD' });
    assert.deepEqual(tree.below(hostOf(tree)), ['#prod 9', '#test 7', 'No tag 44']);
  });

  it('leaves groups their ids while VMs come and go, and forgets those that are gone', () => {
    const tree = makeTree('name');
    const before = tree.model.children(hostOf(tree));
    tree.store.setVm('a', vmId(99), makeVm({ id: vmId(99), name: 'abc' }));
    assert.deepEqual(tree.model.children(hostOf(tree)), before);
    tree.store.setInventory('a', sixty.slice(0, 3), 0);
    tree.model.children(hostOf(tree));
    tree.nodes.retain((node) => {
      assert.notEqual(node.kind, 'group');
      return true;
    });
  });
});

describe('Groups under a filter', () => {
  const text = (typed: string): TreeFilter => ({ kind: 'text', text: typed });

  it('are there only while enough VMs pass, and vanish where none does', () => {
    const tree = makeTree('tag', { above: 5, filter: text('#') });
    assert.deepEqual(tree.below(hostOf(tree)), ['#prod 8', '#test 7']);
    assert.deepEqual(tree.model.use(text('web-0')), [hostOf(tree)]);
    assert.equal(tree.below(hostOf(tree)).length, 3);
    tree.model.use(undefined);
    assert.deepEqual(tree.below(hostOf(tree)), ['#prod 8', '#test 7', 'No tag 45']);
  });

  it('have the ids which they had before when the filter is cleared', () => {
    const tree = makeTree('name', { above: 10 });
    const before = tree.model.children(hostOf(tree));
    tree.model.use(text('1'));
    tree.model.children(hostOf(tree));
    tree.model.use(undefined);
    assert.deepEqual(
      tree.model.children(hostOf(tree)).map(({ id }) => id),
      before.map(({ id }) => id),
    );
  });
});

describe('10,000 VMs below a host', () => {
  it('are groups of which none has more than 300 rows, however they are grouped', () => {
    const store = new HostStore();
    const nodes = new NodeRegistry();
    store.addHost({ kind: 'local', id: 'a', name: 'HV' });
    const vms = Array.from({ length: 10_000 }, (_, at) => makeVm({ id: vmId(at), name: `web-${at}`, notes: '#one' }));
    store.setInventory('a', vms, 0);
    for (const by of ['name', 'state', 'tag'] as const) {
      const model = new TreeModel(store, nodes, undefined, { by, above: 200 });
      const groups = model.children(nodes.host('a'));
      const sizes = groups.map((group) => model.children(group).length);
      assert.equal(
        sizes.reduce((sum, size) => sum + size, 0),
        10_000,
      );
      assert.ok(
        groups.length <= 100 && Math.max(...sizes) <= 500,
        `${groups.length} groups, ${Math.max(...sizes)} rows`,
      );
    }
  });
});
