// Rows that show what was: in the place of true ones, marked, and with nothing to do with them.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { HostStore } from '../../../src/hyperv/hostStore';
import type { StoreChange } from '../../../src/hyperv/hostStore';
import { NodeRegistry } from '../../../src/views/nodes';
import { seenText } from '../../../src/views/presentationLastKnown';
import { TreeModel } from '../../../src/views/treeModel';
import { makeVm, vmId, withService } from '../../support/vms';

const seenAtMs = new Date(2026, 4, 1, 14, 32).getTime();
const one = withService(makeVm({ name: 'one' }), 'vss', { enabled: false });
const two = makeVm({ id: vmId(2), name: 'two', state: 'off' });
const failed = { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') } as const;

function recalled(): { store: HostStore; nodes: NodeRegistry; model: TreeModel; changes: StoreChange[] } {
  const store = new HostStore();
  const nodes = new NodeRegistry();
  const changes: StoreChange[] = [];
  store.addHost({ kind: 'ssh', id: 'a', name: 'a', target: { host: 'a' } });
  store.onDidChange((change) => changes.push(change));
  store.recall('a', { seenAtMs, vms: new Map([one, two].map((vm) => [vm.id, vm])) });
  store.setStatus('a', { kind: 'connecting' });
  return { store, nodes, model: new TreeModel(store, nodes), changes };
}

describe('rows of VMs as they were last seen', () => {
  it('say so, without the sign of a state, without boxes and menus', () => {
    const { model, nodes } = recalled();
    const [vm] = model.children(nodes.host('a'));
    assert.equal(vm, nodes.vm('a', one.id));
    const row = model.row(nodes.vm('a', one.id));
    assert.deepEqual(
      [row?.label, row?.description, row?.icon, row?.contextValue, row?.accessibilityLabel],
      ['one', 'last known: running', 'history', 'lastKnown', 'one, last known: running'],
    );
    const services = model.children(vm).map((node) => model.row(node));
    assert.equal(services.length, 6);
    for (const service of services) {
      assert.deepEqual([service?.checkbox, service?.opens, service?.contextValue], [undefined, undefined, 'lastKnown']);
    }
    assert.equal(model.row(nodes.service('a', one.id, 'vss'))?.description, 'last known: disabled');
    assert.match(model.tooltip(nodes.vm('a', one.id)) ?? '', /nobody knows/);
  });

  it('stand below a host that says when that was, and what it does now', () => {
    const { model, nodes, store } = recalled();
    const seen = seenText(seenAtMs);
    assert.equal(model.row(nodes.host('a'))?.description, `${seen}, reading…`);
    store.setWaitsToStart('a', true);
    assert.equal(model.row(nodes.host('a'))?.description, `${seen}, waiting for other hosts…`);
    store.setStatus('a', failed);
    assert.ok(model.row(nodes.host('a'))?.description.endsWith(`, ${seen}`));
    assert.ok(model.row(nodes.host('a'))?.accessibilityLabel.includes(seen));
    assert.ok(model.tooltip(nodes.host('a'))?.includes('last seen'));
  });

  it('stay below a host that cannot be reached, after the row that says what helps', () => {
    const { model, nodes, store } = recalled();
    store.setStatus('a', failed);
    const rows = model.children(nodes.host('a'));
    assert.deepEqual(rows, [nodes.info('a'), nodes.vm('a', one.id), nodes.vm('a', two.id)]);
    assert.equal(model.row(nodes.info('a'))?.icon, 'lightbulb');
  });

  it('become true in their places: the same objects, drawn anew with what is below them', () => {
    const { model, nodes, store, changes } = recalled();
    const before = model.children(nodes.host('a'));
    changes.length = 0;
    store.setInventory('a', [one, two], 0);
    assert.deepEqual(new Set(changes.flatMap((change) => [model.touched(change)].flat())), new Set([nodes.host('a')]));
    const after = model.children(nodes.host('a'));
    assert.ok(after.every((node, index) => node === before[index]));
    assert.match(model.row(nodes.vm('a', one.id))?.description ?? '', /^running/);
    assert.ok(model.children(nodes.vm('a', one.id)).includes(nodes.pairs('a', one.id)));
  });

  it('go when the host no longer has them', () => {
    const { model, nodes, store, changes } = recalled();
    model.children(nodes.host('a'));
    const kept = nodes.size;
    store.setInventory('a', [two], 0);
    for (const change of changes) model.touched(change);
    assert.deepEqual(model.children(nodes.host('a')), [nodes.vm('a', two.id)]);
    assert.equal(nodes.size, kept - 1);
  });

  it('need no attention and are not counted by a filter, which hides them like others', () => {
    const { model, nodes, store } = recalled();
    store.setInventory('a', [{ ...one, heartbeat: 'lostCommunication' }, two], 0);
    store.setStatus('a', failed);
    model.use({ kind: 'attention' });
    assert.deepEqual(model.children(nodes.host('a')), [nodes.info('a')]);
    assert.deepEqual(model.counts(), { shown: 0, all: 0 });
    model.use({ kind: 'text', text: 'two' });
    assert.deepEqual(model.children(nodes.host('a')), [nodes.info('a'), nodes.vm('a', two.id)]);
  });
});

describe('the time at which a host was last seen', () => {
  it('names the day when that is another one', () => {
    const sameDay = seenText(seenAtMs, seenAtMs + 60_000);
    const nextDay = seenText(seenAtMs, seenAtMs + 24 * 3_600_000);
    assert.match(sameDay, /^last seen .*32/);
    assert.doesNotMatch(sameDay, /2026/);
    assert.match(nextDay, /^last seen .*2026.*32/);
  });
});
