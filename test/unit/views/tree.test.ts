import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { HostStore } from '../../../src/hyperv/hostStore';
import type { StoreChange } from '../../../src/hyperv/hostStore';
import { NodeRegistry } from '../../../src/views/nodes';
import { TreeModel } from '../../../src/views/treeModel';
import { makeVm, vmId, withService } from '../../support/vms';

function makeTree(): { store: HostStore; nodes: NodeRegistry; model: TreeModel; changes: StoreChange[] } {
  const store = new HostStore();
  const nodes = new NodeRegistry();
  const changes: StoreChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return { store, nodes, model: new TreeModel(store, nodes), changes };
}

function withHosts(...names: readonly string[]): ReturnType<typeof makeTree> {
  const tree = makeTree();
  for (const name of names) tree.store.addHost({ kind: 'local', id: name, name });
  tree.changes.length = 0;
  return tree;
}

describe('The tree', () => {
  it('has one object per row, however often it is asked', () => {
    const { store, nodes, model } = withHosts('a');
    store.setInventory('a', [makeVm()], 0);
    const [host] = model.children(undefined);
    const [vm] = model.children(host);
    const [service] = model.children(vm);
    assert.equal(model.children(undefined)[0], host);
    assert.equal(model.children(nodes.host('a'))[0], vm);
    assert.equal(model.children(vm)[0], service);
    assert.equal(service && model.parent(service), vm);
    assert.equal(vm && model.parent(vm), host);
    assert.equal(host && model.parent(host), undefined);
  });

  it('keeps hosts with equal VM ids apart', () => {
    const { nodes } = makeTree();
    assert.notEqual(nodes.vm('a', vmId(1)).id, nodes.vm('b', vmId(1)).id);
  });

  it('sorts VMs as people do, and equal names by id', () => {
    const { store, nodes, model } = withHosts('a');
    const names = ['VM 10', 'vm 2', 'VM 1', 'VM 1'];
    store.setInventory(
      'a',
      names.map((name, index) => makeVm({ id: vmId(index + 1), name })),
      0,
    );
    const ids = model.children(nodes.host('a')).map((node) => (node.kind === 'vm' ? node.vmId : node.kind));
    assert.deepEqual(ids, [vmId(3), vmId(4), vmId(2), vmId(1)]);
  });

  it('redraws one row, and nothing else, when one VM changes', () => {
    const { store, nodes, model, changes } = withHosts('a');
    store.setInventory('a', [makeVm(), makeVm({ id: vmId(2) })], 0);
    changes.length = 0;
    store.setVm('a', vmId(2), withService(makeVm({ id: vmId(2) }), 'vss', { enabled: false }));
    assert.deepEqual(
      changes.map((change) => model.touched(change)),
      [[nodes.vm('a', vmId(2))]],
    );
  });

  it('redraws only the host when its VMs come and go, and everything when hosts do', () => {
    const { store, nodes, model, changes } = withHosts('a', 'b');
    store.setStatus('a', { kind: 'connecting' });
    store.setInventory('a', [makeVm()], 0);
    store.setVm('a', vmId(1), undefined);
    store.arrange([{ kind: 'local', id: 'a', name: 'a' }]);
    assert.deepEqual(
      changes.map((change) => model.touched(change)),
      [[nodes.host('a')], [nodes.host('a')], [nodes.host('a')], [nodes.host('a')], 'root'],
    );
  });

  it('forgets rows of VMs that are gone', () => {
    const { store, nodes, model } = withHosts('a');
    store.setInventory('a', [makeVm()], 0);
    model.children(undefined);
    model.children(nodes.vm('a', vmId(1)));
    const before = nodes.size;
    store.setVm('a', vmId(1), undefined);
    model.touched({ kind: 'vms', hostId: 'a', changed: [vmId(1)], structure: true });
    assert.equal(nodes.size, before - 8);
  });

  it('shows a row with the reason below a host that failed, above what it knew before', () => {
    const { store, nodes, model } = withHosts('a');
    store.setInventory('a', [makeVm()], 0);
    store.setStatus('a', { kind: 'failed', error: new HyperVError('serviceStopped', 'stopped') });
    assert.deepEqual(model.children(nodes.host('a')), [nodes.info('a'), nodes.vm('a', vmId(1))]);
    assert.match(model.row(nodes.info('a'))?.label ?? '', /vmms/);
  });

  it('answers at once for a host that is not read yet', () => {
    const { nodes, model } = withHosts('a');
    assert.equal(model.row(nodes.info('a'))?.label, 'Waiting for a…');
    assert.deepEqual(model.children(nodes.host('a')), [nodes.info('a')]);
  });

  it('has no row for what the store no longer has', () => {
    const { nodes, model } = withHosts('a');
    assert.equal(model.row(nodes.host('gone')), undefined);
    assert.equal(model.row(nodes.vm('a', vmId(1))), undefined);
    assert.equal(model.tooltip(nodes.vm('a', vmId(1))), undefined);
  });
});
