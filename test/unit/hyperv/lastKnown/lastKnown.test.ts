// What the store knows of a host that has not answered: kept apart from the truth, and gone with it.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../../src/domain/errors';
import { HostStore } from '../../../../src/hyperv/hostStore';
import type { HostRecord, StoreChange } from '../../../../src/hyperv/hostStore';
import { isLastKnown, rowVm, rowVms } from '../../../../src/hyperv/lastKnown';
import { makeVm, vmId } from '../../../support/vms';

const one = makeVm();
const two = makeVm({ id: vmId(2), name: 'two' });
const failed = { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') } as const;
const seenThen = { seenAtMs: 1_000, vms: new Map([one, two].map((vm) => [vm.id, vm])) };

function withHost(): { store: HostStore; changes: StoreChange[]; host: () => HostRecord } {
  const store = new HostStore(undefined, () => 5_000);
  store.addHost({ kind: 'local', id: 'h', name: 'h' });
  const changes: StoreChange[] = [];
  store.onDidChange((change) => changes.push(change));
  const host = (): HostRecord => {
    const record = store.host('h');
    assert.ok(record);
    return record;
  };
  return { store, changes, host };
}

const marks = (host: HostRecord): string[] =>
  [...rowVms(host).values()].map(({ id, name }) => `${name}${isLastKnown(host, id) ? '?' : ''}`);

describe('what a host was last seen as', () => {
  it('is shown until the host answers, and is never among what is true', () => {
    const { store, host, changes } = withHost();
    store.recall('h', seenThen);
    assert.deepEqual(changes, [{ kind: 'vms', hostId: 'h', changed: [one.id, two.id], structure: true }]);
    store.setStatus('h', { kind: 'connecting' });
    assert.deepEqual([marks(host()), host().vms.size], [[`${one.name}?`, 'two?'], 0]);
    assert.equal(store.vm('h', one.id), undefined);
    changes.length = 0;
    store.setInventory('h', [one], 0);
    assert.deepEqual([marks(host()), host().lastKnown, host().seenAtMs], [[one.name], undefined, 5_000]);
    assert.deepEqual(changes.at(-1), { kind: 'vms', hostId: 'h', changed: [one.id, two.id], structure: true });
  });

  it('goes also when the host answers that it has no VM', () => {
    const { store, changes, host } = withHost();
    store.recall('h', seenThen);
    changes.length = 0;
    store.setInventory('h', [], 0);
    assert.equal(rowVms(host()).size, 0);
    assert.deepEqual(changes.at(-1), { kind: 'vms', hostId: 'h', changed: [one.id, two.id], structure: true });
  });

  it('comes too late for a host that has answered, or that this window has seen before', () => {
    const { store, host } = withHost();
    store.setInventory('h', [], 0);
    store.recall('h', seenThen);
    assert.equal(host().lastKnown, undefined);
    store.setStatus('h', failed);
    store.recall('h', seenThen);
    assert.equal(host().lastKnown, undefined);
  });

  it('is what it said before when it does not answer any more, also while it is asked again', () => {
    const { store, host } = withHost();
    store.setInventory('h', [one, two], 0);
    store.setStatus('h', failed);
    assert.deepEqual([marks(host()), host().lastKnown?.seenAtMs], [[`${one.name}?`, 'two?'], 5_000]);
    store.setStatus('h', { kind: 'connecting' });
    assert.deepEqual(marks(host()), [`${one.name}?`, 'two?']);
  });

  it('is true again of a VM of which there is an answer, even an equal one, and the row is drawn anew', () => {
    const { store, host, changes } = withHost();
    store.setInventory('h', [one, two], 0);
    store.setStatus('h', failed);
    changes.length = 0;
    store.setVm('h', one.id, structuredClone(one));
    assert.deepEqual(changes, [{ kind: 'vms', hostId: 'h', changed: [one.id], structure: false }]);
    assert.deepEqual(marks(host()), [one.name, 'two?']);
    store.setStatus('h', { kind: 'connecting' });
    store.setStatus('h', failed);
    assert.deepEqual(marks(host()), [`${one.name}?`, 'two?']);
  });

  it('forgets a VM of which the host says that it is gone', () => {
    const { store, host, changes } = withHost();
    store.recall('h', seenThen);
    changes.length = 0;
    store.setVm('h', two.id, undefined);
    assert.equal(rowVm(host(), two.id), undefined);
    assert.deepEqual(changes, [{ kind: 'vms', hostId: 'h', changed: [two.id], structure: true }]);
  });

  it('is forgotten with another way to the host', () => {
    const { store, host } = withHost();
    const way = { kind: 'ssh', id: 'h', name: 'h', target: { host: 'h' } } as const;
    store.recall('h', seenThen);
    store.arrange([way]);
    assert.equal(host().lastKnown, undefined);
  });
});
