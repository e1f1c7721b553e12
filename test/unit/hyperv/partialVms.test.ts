// A host that is read for the first time: its VMs are there before its answer is complete, and gone when it comes to nothing.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { VmRecord } from '../../../src/domain/vm';
import type { Inventory } from '../../../src/hyperv/api';
import type { HostConnection } from '../../../src/hyperv/hostConnection';
import { HostService } from '../../../src/hyperv/hostService';
import { HostStore } from '../../../src/hyperv/hostStore';
import type { StoreChange } from '../../../src/hyperv/hostStore';
import { deferred } from '../../../src/powershell/deferred';
import type { Deferred } from '../../../src/powershell/deferred';
import { ManualClock, settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

const partial = (number: number, name = `vm-${number}`): VmRecord => makeVm({ id: vmId(number), name, partial: true });
const complete = (number: number): VmRecord => makeVm({ id: vmId(number), name: `vm-${number}` });
const stats = { cimQueries: 15, frames: 1, bytes: 1, ms: 1 };

function setUp() {
  const store = new HostStore();
  const changes: StoreChange[] = [];
  const reads: { answer: Deferred<Inventory>; onVms: (vms: readonly VmRecord[]) => void }[] = [];
  const connection: Partial<HostConnection> = {
    inventory: (signal, onVms = () => undefined) => {
      const answer = deferred<Inventory>();
      signal?.addEventListener('abort', () => {
        answer.reject(new HyperVError('cancelled', ''));
      });
      reads.push({ answer, onVms });
      return answer.promise;
    },
    readVm: () => Promise.resolve(complete(1)),
    probe: () => Promise.reject(new HyperVError('timeout', '')),
    watch: () => Promise.reject(new HyperVError('notSupported', '')),
  };
  const service = new HostService({
    store,
    clock: new ManualClock(),
    connect: () => Promise.resolve(connection as HostConnection),
  });
  service.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
  store.onDidChange((change) => changes.push(change));
  const shown = (): unknown[] =>
    [...(store.host('h1')?.vms.values() ?? [])].map(({ name, partial: part }) => [name, part]);
  const read = async (): Promise<(typeof reads)[number]> => {
    await settled();
    return reads.at(-1) ?? assert.fail('nothing is read');
  };
  return { store, service, changes, shown, read };
}

describe('VMs of a host that is read for the first time', () => {
  it('are there while the host is still connecting, and complete when it is ready', async () => {
    const { store, service, changes, shown, read } = setUp();
    const refreshed = service.refresh('h1');
    const { answer, onVms } = await read();
    onVms([partial(1), partial(2)]);
    onVms([partial(3)]);
    assert.equal(store.host('h1')?.status.kind, 'connecting');
    assert.deepEqual(shown(), [
      ['vm-1', true],
      ['vm-2', true],
      ['vm-3', true],
    ]);
    assert.deepEqual(changes.at(-1), { kind: 'vms', hostId: 'h1', changed: [vmId(3)], structure: true });
    answer.resolve({ vms: [complete(1), complete(3)], stats });
    await refreshed;
    assert.equal(store.host('h1')?.status.kind, 'ready');
    assert.deepEqual(shown(), [
      ['vm-1', undefined],
      ['vm-3', undefined],
    ]);
    // One event that draws the list, as every row of it is another one.
    assert.deepEqual(changes.at(-1), {
      kind: 'vms',
      hostId: 'h1',
      changed: [vmId(1), vmId(3), vmId(2)],
      structure: true,
    });
    service.dispose().catch(() => undefined);
  });

  it('are gone when the read fails', async () => {
    const { store, service, changes, shown, read } = setUp();
    const refreshed = service.refresh('h1');
    const { answer, onVms } = await read();
    onVms([partial(1)]);
    answer.reject(new HyperVError('timeout', ''));
    await refreshed;
    const { status, lastKnown } = store.host('h1') ?? assert.fail();
    assert.equal(status.kind, 'failed');
    assert.deepEqual(shown(), []);
    // Nor are they what the host was last seen as.
    assert.equal(lastKnown, undefined);
    assert.deepEqual(changes.at(-1), { kind: 'vms', hostId: 'h1', changed: [vmId(1)], structure: true });
  });

  it('are gone when a person cancels the read', async () => {
    const { store, service, shown, read } = setUp();
    const cancelling = new AbortController();
    const refreshed = service.refresh('h1', cancelling.signal);
    (await read()).onVms([partial(1)]);
    cancelling.abort();
    await refreshed;
    assert.equal(store.host('h1')?.status.kind, 'idle');
    assert.deepEqual(shown(), []);
  });

  it('do not take the place of what was read already', async () => {
    const { service, shown, read } = setUp();
    const refreshed = service.refresh('h1');
    const { answer, onVms } = await read();
    onVms([partial(1)]);
    await service.readVm('h1', vmId(1));
    // The read has begun again.
    onVms([partial(1), partial(2)]);
    assert.deepEqual(shown(), [
      ['vm-1', undefined],
      ['vm-2', true],
    ]);
    answer.resolve({ vms: [complete(1), complete(2)], stats });
    await refreshed;
    const again = service.refresh('h1');
    const second = await read();
    second.onVms([partial(7)]);
    assert.equal(shown().length, 2);
    second.answer.resolve({ vms: [complete(1)], stats });
    await again;
    service.dispose().catch(() => undefined);
  });
});

describe('a list that is read again', () => {
  it('is the same one when every VM is the same object', () => {
    const store = new HostStore();
    store.addHost({ kind: 'local', id: 'h1', name: 'HV1' });
    const vms = [complete(1), complete(2)];
    store.setInventory('h1', vms, 1);
    const before = store.host('h1')?.vms;
    const changes: StoreChange[] = [];
    store.onDidChange((change) => changes.push(change));
    store.setInventory('h1', [...vms], 2);
    assert.equal(store.host('h1')?.vms, before);
    store.setInventory('h1', [complete(1), { ...complete(2), uptimeMs: 61_000 }], 3);
    assert.equal(store.vm('h1', vmId(2))?.uptimeMs, 61_000);
    assert.deepEqual(changes, []);
  });
});
