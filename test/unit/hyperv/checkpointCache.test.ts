import assert from 'node:assert/strict';
import type { CheckpointReading } from '../../../src/domain/checkpoints/checkpoint';
import { HyperVError } from '../../../src/domain/errors';
import { CheckpointCache } from '../../../src/hyperv/checkpointCache';
import { HostStore } from '../../../src/hyperv/hostStore';
import { makeCheckpoint, makeReading } from '../../support/checkpoints';
import { ManualClock, settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

function makeCache() {
  const store = new HostStore();
  store.addHost({ kind: 'local', id: 'HV', name: 'HV' });
  store.setInventory('HV', [makeVm(), makeVm({ id: vmId(2) })], 0);
  const clock = new ManualClock();
  const rig = {
    answer: makeReading([makeCheckpoint(1)]) as CheckpointReading | HyperVError,
    reads: 0,
    fired: 0,
  };
  const cache = new CheckpointCache({
    store,
    clock,
    read: () => {
      rig.reads += 1;
      return rig.answer instanceof HyperVError ? Promise.reject(rig.answer) : Promise.resolve(rig.answer);
    },
  });
  cache.onDidChange(() => {
    rig.fired += 1;
  });
  return { store, clock, rig, cache, id: vmId(1) };
}

describe('the checkpoints somebody has looked at', () => {
  it('are not read before somebody looks, and then once', async () => {
    const { cache, rig, id } = makeCache();
    assert.equal(cache.peek('HV', id), undefined);
    assert.equal(rig.reads, 0);
    assert.equal(cache.look('HV', id).known, undefined);
    cache.look('HV', id);
    await settled();
    assert.equal(cache.look('HV', id).known?.tree.byId.size, 1);
    assert.deepEqual([rig.reads, rig.fired], [1, 1]);
  });

  it('keep what is known while they are read again', async () => {
    const { cache, rig, id } = makeCache();
    cache.look('HV', id);
    await settled();
    rig.answer = makeReading([makeCheckpoint(1), makeCheckpoint(2)]);
    cache.invalidate();
    assert.equal(rig.reads, 1);
    assert.equal(cache.look('HV', id).known?.tree.byId.size, 1);
    await settled();
    assert.equal(cache.peek('HV', id)?.known?.tree.byId.size, 2);
  });

  it('say why they could not be read, and are read again when somebody asks', async () => {
    const { cache, rig, id } = makeCache();
    rig.answer = new HyperVError('timeout', 'x');
    cache.look('HV', id);
    await settled();
    assert.equal(cache.look('HV', id).failure?.reason, 'timeout');
    assert.equal(rig.reads, 1);
    rig.answer = makeReading([]);
    cache.invalidate('HV');
    cache.look('HV', id);
    await settled();
    assert.equal(cache.peek('HV', id)?.failure, undefined);
  });

  it('are read again when the VM changed its state, or somebody asked again, while they were read', async () => {
    const { cache, store, rig, id } = makeCache();
    cache.onDidChange(() => cache.look('HV', id));
    cache.look('HV', id);
    store.setVm('HV', id, makeVm({ state: 'off', heartbeat: null }));
    assert.equal(rig.reads, 1);
    await settled();
    assert.equal(rig.reads, 2);
    cache.invalidate();
    cache.invalidate();
    assert.equal(rig.reads, 3);
    await settled();
    assert.equal(rig.reads, 4);
    await settled();
    assert.equal(rig.reads, 4);
  });

  it('that a host could not tell are read again when it is back', async () => {
    const { cache, store, rig, id } = makeCache();
    cache.onDidChange(() => cache.look('HV', id));
    rig.answer = new HyperVError('sessionLost', 'x');
    cache.look('HV', id);
    cache.took('HV', vmId(2), makeReading([]));
    await settled();
    store.setStatus('HV', { kind: 'failed', error: rig.answer });
    await settled();
    assert.equal(rig.reads, 1);
    rig.answer = makeReading([makeCheckpoint(1)]);
    store.setInventory('HV', [makeVm(), makeVm({ id: vmId(2) })], 0);
    await settled();
    assert.equal(rig.reads, 2);
    assert.equal(cache.peek('HV', id)?.failure, undefined);
  });

  it('that a command brought are not hidden by a reading which failed', async () => {
    const { cache, rig, id } = makeCache();
    rig.answer = new HyperVError('timeout', 'x');
    cache.look('HV', id);
    cache.took('HV', id, makeReading([makeCheckpoint(1)]));
    await settled();
    assert.equal(cache.peek('HV', id)?.failure, undefined);
    assert.equal(cache.peek('HV', id)?.known?.tree.byId.size, 1);
  });

  it('are what a command brings', () => {
    const { cache, rig, id } = makeCache();
    cache.took('HV', id, makeReading([makeCheckpoint(1)]));
    assert.equal(cache.look('HV', id).known?.tree.byId.size, 1);
    assert.equal(rig.reads, 0);
  });

  it('are looked at again when the state of the VM is another one, and not when its heartbeat is', async () => {
    const { cache, store, rig, id } = makeCache();
    cache.look('HV', id);
    await settled();
    store.setVm('HV', id, makeVm({ heartbeat: 'noContact' }));
    cache.look('HV', id);
    assert.equal(rig.reads, 1);
    store.setVm('HV', id, makeVm({ state: 'off', heartbeat: null }));
    cache.look('HV', id);
    assert.equal(rig.reads, 2);
  });

  it('are forgotten with their VM and with their host', async () => {
    const { cache, store, id } = makeCache();
    cache.look('HV', id);
    cache.look('HV', vmId(2));
    await settled();
    store.setVm('HV', id, undefined);
    assert.equal(cache.peek('HV', id), undefined);
    store.arrange([]);
    assert.equal(cache.peek('HV', vmId(2)), undefined);
  });

  it('are followed while the host merges disks, ever less often, and no longer', async () => {
    const { cache, clock, rig, id } = makeCache();
    rig.answer = makeReading([], { work: ['mergingDisks'] });
    cache.look('HV', id);
    await settled();
    assert.deepEqual(clock.pending, [3_000]);
    await clock.advance(3_000);
    assert.deepEqual(clock.pending, [6_000]);
    rig.answer = makeReading([]);
    await clock.advance(6_000);
    assert.deepEqual(clock.pending, []);
    assert.equal(rig.reads, 3);
  });

  it('are not followed for ever', async () => {
    const { cache, clock, rig, id } = makeCache();
    rig.answer = makeReading([], { work: ['mergingDisks'] });
    cache.look('HV', id);
    await settled();
    for (let minute = 0; minute < 120; minute++) await clock.advance(60_000);
    assert.deepEqual(clock.pending, []);
    assert.ok(rig.reads < 40, String(rig.reads));
  });

  it('end with the window', async () => {
    const { cache, clock, rig, id } = makeCache();
    rig.answer = makeReading([], { work: ['mergingDisks'] });
    cache.look('HV', id);
    cache.dispose();
    await settled();
    assert.deepEqual([clock.pending, rig.fired], [[], 0]);
  });
});
