// When a host that was lost is read again, and when not. Time is the test's.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { HyperVErrorReason } from '../../../src/domain/errors';
import { HostStore } from '../../../src/hyperv/hostStore';
import { Revival } from '../../../src/hyperv/revival';
import { ManualClock } from '../../support/manualClock';

describe('a host that was lost', () => {
  let clock: ManualClock;
  let store: HostStore;
  let revival: Revival;
  let asked: string[];

  beforeEach(() => {
    clock = new ManualClock();
    store = new HostStore();
    asked = [];
    revival = new Revival({
      store,
      clock,
      random: () => 0.5,
      refresh: (hostId) => asked.push(`refresh ${hostId}`),
      revive: (hostId) => asked.push(`revive ${hostId}`),
    });
    for (const id of ['a', 'b']) store.addHost({ kind: 'ssh', id, name: id, target: { host: id } });
    revival.setVisible(true);
  });

  function fails(hostId: string, reason: HyperVErrorReason): void {
    store.setStatus(hostId, { kind: 'connecting' });
    store.setStatus(hostId, { kind: 'failed', error: new HyperVError(reason, 'x') });
  }

  it('is read again after 5, 15, 30 and then every 60 seconds, and from the start once it was there', async () => {
    const delays: (number | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      fails('a', 'hostUnreachable');
      delays.push(clock.pending[0]);
      await clock.advance(clock.pending[0] ?? 0);
      assert.equal(asked.length, i + 1);
    }
    assert.deepEqual(delays, [5_000, 15_000, 30_000, 60_000, 60_000, 60_000]);
    store.setInventory('a', [], clock.now());
    assert.deepEqual(clock.pending, []);
    fails('a', 'sessionLost');
    assert.deepEqual(clock.pending, [5_000]);
  });

  it('whose service was stopped is read again once a minute, and is there when it runs again', async () => {
    for (let i = 0; i < 3; i++) {
      fails('a', 'serviceStopped');
      assert.deepEqual(clock.pending, [60_000]);
      await clock.advance(60_000);
    }
    assert.deepEqual(asked, ['revive a', 'revive a', 'revive a']);
    store.setInventory('a', [], clock.now());
    assert.deepEqual(clock.pending, []);
  });

  it('is asked a little earlier or later than another one', () => {
    const draws = [0, 0.999];
    const other = new Revival({
      store,
      clock,
      random: () => draws.shift() ?? 0,
      refresh: () => undefined,
      revive: () => undefined,
    });
    revival.dispose();
    other.setVisible(true);
    fails('a', 'timeout');
    fails('b', 'timeout');
    const [early = 0, late = 0] = clock.pending;
    assert.equal(early, 4_000);
    assert.ok(late > 5_900 && late < 6_000);
  });

  it('is left alone when only a person can mend it, or when it is read by somebody already', () => {
    const forPersons: HyperVErrorReason[] = ['signInRefused', 'hostKeyChanged', 'accessDenied', 'sessionFailed'];
    for (const reason of forPersons) {
      fails('a', reason);
      assert.deepEqual(clock.pending, [], reason);
    }
    fails('a', 'hostUnreachable');
    store.setStatus('a', { kind: 'connecting' });
    assert.deepEqual(clock.pending, []);
  });

  it('is left alone when it was taken away, and at the end', () => {
    fails('a', 'hostUnreachable');
    fails('b', 'hostUnreachable');
    assert.equal(clock.pending.length, 2);
    store.arrange([{ kind: 'ssh', id: 'b', name: 'b', target: { host: 'b' } }]);
    assert.equal(clock.pending.length, 1);
    revival.dispose();
    assert.deepEqual(clock.pending, []);
  });

  it('is not read while nobody looks, and at once when somebody looks again', async () => {
    fails('a', 'hostUnreachable');
    revival.setVisible(false);
    fails('b', 'hostUnreachable');
    await clock.advance(600_000);
    assert.deepEqual(asked, []);
    revival.setVisible(true);
    assert.deepEqual(asked, ['revive a', 'revive b']);
  });

  it('without anybody asking it is read at once, or when somebody looks again', () => {
    store.setInventory('a', [], 0);
    revival.lost('a');
    assert.deepEqual(asked, ['refresh a']);
    revival.setVisible(false);
    revival.lost('a');
    assert.equal(asked.length, 1);
    revival.setVisible(true);
    revival.setVisible(false);
    revival.setVisible(true);
    assert.deepEqual(asked, ['refresh a', 'refresh a']);
  });
});
