import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { TreeFilter } from '../../../src/domain/vmFilter';
import { HostStore } from '../../../src/hyperv/hostStore';
import { filterText } from '../../../src/views/filterTexts';
import { KeptFilter } from '../../../src/views/keptFilter';
import { NodeRegistry } from '../../../src/views/nodes';
import type { HypervNode } from '../../../src/views/nodes';
import { TreeModel } from '../../../src/views/treeModel';
import { assertGolden } from '../../support/golden';
import { makeVm, vmId } from '../../support/vms';

const running = makeVm({ id: vmId(1), name: 'web-1' });
const off = makeVm({ id: vmId(2), name: 'web-2', state: 'off' });
const alsoOff = makeVm({ id: vmId(3), name: 'db-1', state: 'off', notes: 'for the web' });
const isOff: TreeFilter = { kind: 'state', state: 'off' };
const text = (typed: string): TreeFilter => ({ kind: 'text', text: typed });

interface Tree {
  readonly store: HostStore;
  readonly nodes: NodeRegistry;
  readonly model: TreeModel;
  /** What each change of the store redrew. */
  readonly redrawn: ('root' | HypervNode[])[];
}

function makeTree(filter?: TreeFilter): Tree {
  const store = new HostStore();
  const nodes = new NodeRegistry();
  const model = new TreeModel(store, nodes, filter);
  for (const name of ['a', 'b']) store.addHost({ kind: 'local', id: name, name });
  store.setInventory('a', [running, off, alsoOff], 0);
  store.setInventory('b', [makeVm({ id: vmId(4), name: 'mail' })], 0);
  model.counts();
  const redrawn: Tree['redrawn'] = [];
  store.onDidChange((change) => redrawn.push(model.touched(change)));
  return { store, nodes, model, redrawn };
}

function namesBelow({ store, nodes, model }: Tree, hostId: string): string[] {
  return model
    .children(nodes.host(hostId))
    .map((node) => (node.kind === 'vm' ? (store.vm(hostId, node.vmId)?.name ?? '') : node.kind));
}

describe('The tree under a filter', () => {
  it('shows what passes, below every host, and counts it', () => {
    const tree = makeTree(isOff);
    assert.deepEqual(tree.model.children(undefined), [tree.nodes.host('a'), tree.nodes.host('b')]);
    assert.deepEqual(namesBelow(tree, 'a'), ['db-1', 'web-2']);
    assert.equal(tree.model.row(tree.nodes.host('a'))?.description, '2 of 3 virtual machines');
    assert.deepEqual(tree.model.counts(), { shown: 2, all: 4 });
  });

  it('finds text in name, host, state, address and notes', () => {
    const found = (typed: string): string[] => ['a', 'b'].flatMap((host) => namesBelow(makeTree(text(typed)), host));
    assert.deepEqual(found('web'), ['db-1', 'web-1', 'web-2', 'info']);
    assert.deepEqual(found('running'), ['web-1', 'mail']);
    assert.deepEqual(found('10.0.0.1 mail'), ['info', 'mail']);
  });

  it('says below a host without a match what is the matter, and clears the filter from there', () => {
    const { nodes, model } = makeTree(isOff);
    assert.deepEqual(model.children(nodes.host('b')), [nodes.info('b')]);
    const rows = [nodes.host('a'), nodes.host('b'), nodes.info('b')].map((node) => {
      const { label, description, icon, accessibilityLabel, opens } = model.row(node) ?? assert.fail();
      return `${label} | ${description}\n  icon ${icon ?? 'none'}, opens ${opens ?? 'nothing'}\n  says "${accessibilityLabel}"`;
    });
    const texts = [isOff, text('web'), { kind: 'attention' } as const].map(filterText);
    assertGolden('unit/views/golden/filteredRows.txt', `${[...rows, ...texts].join('\n\n')}\n`);
  });

  it('still says why a host that failed has no true rows, and does not count what it had', () => {
    const tree = makeTree(isOff);
    tree.store.setStatus('a', { kind: 'failed', error: new HyperVError('serviceStopped', 'stopped') });
    const [info, ...rows] = tree.model.children(tree.nodes.host('a'));
    assert.equal(info, tree.nodes.info('a'));
    assert.equal(rows.length, 2);
    assert.match(tree.model.row(tree.nodes.info('a'))?.label ?? '', /vmms/);
    assert.deepEqual(tree.model.counts(), { shown: 0, all: 1 });
  });

  it('redraws the list of a host when a VM comes into sight or goes out of it', () => {
    const tree = makeTree(isOff);
    tree.store.setVm('a', running.id, { ...running, state: 'off' });
    assert.deepEqual(namesBelow(tree, 'a'), ['db-1', 'web-1', 'web-2']);
    tree.store.setVm('a', off.id, { ...off, state: 'running' });
    assert.deepEqual(namesBelow(tree, 'a'), ['db-1', 'web-1']);
    assert.deepEqual(tree.redrawn, [[tree.nodes.host('a')], [tree.nodes.host('a')]]);
  });

  it('redraws one row when a VM stays in sight, and none when it stays out of it', () => {
    const tree = makeTree(isOff);
    tree.store.setVm('a', off.id, { ...off, memoryMB: 1 });
    tree.store.setVm('a', running.id, { ...running, state: 'paused' });
    assert.deepEqual(tree.redrawn, [[tree.nodes.vm('a', off.id)], []]);
  });

  it('redraws only hosts whose list another filter changes', () => {
    const { nodes, model } = makeTree(isOff);
    assert.deepEqual(model.use(text('off')), []);
    assert.deepEqual(model.use(text('web-')), [nodes.host('a')]);
    assert.deepEqual(model.use(undefined), [nodes.host('a'), nodes.host('b')]);
    assert.deepEqual(model.use(undefined), []);
  });

  it('knows which rows it hides, and keeps each row the same object when it comes back', () => {
    const { nodes, model } = makeTree();
    const [first] = model.children(nodes.host('a'));
    model.use(text('mail'));
    assert.ok(!model.isShown(nodes.vm('a', off.id)));
    assert.ok(!model.isShown(nodes.service('a', off.id, 'vss')));
    assert.ok(model.isShown(nodes.host('a')));
    model.use(undefined);
    assert.ok(model.isShown(nodes.vm('a', off.id)));
    assert.equal(model.children(nodes.host('a'))[0], first);
  });

  it('follows another name of a host', () => {
    const tree = makeTree(text('mailhost'));
    assert.deepEqual(namesBelow(tree, 'b'), ['info']);
    tree.store.arrange([
      { kind: 'local', id: 'a', name: 'a' },
      { kind: 'local', id: 'b', name: 'mailhost' },
    ]);
    assert.deepEqual(namesBelow(tree, 'b'), ['mail']);
  });
});

describe('The filter that is kept', () => {
  it('is the same after a reload, until it is cleared', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    };
    await new KeptFilter(memory).set(isOff);
    const again = new KeptFilter(memory);
    assert.deepEqual(again.current, isOff);
    await again.set(undefined);
    assert.equal(new KeptFilter(memory).current, undefined);
  });

  it('tells of a change, and of nothing else', async () => {
    const filter = new KeptFilter({ get: () => undefined, update: () => Promise.resolve() });
    const heard: (TreeFilter | undefined)[] = [];
    filter.onDidChange((one) => heard.push(one));
    for (const one of [undefined, isOff, { ...isOff }, undefined]) await filter.set(one);
    assert.deepEqual(heard, [isOff, undefined]);
  });
});
