import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HyperVError } from '../../../src/domain/errors';
import type { HyperVErrorReason } from '../../../src/domain/errors';
import type { KvpChanges } from '../../../src/domain/kvp/changes';
import type { KvpPair, KvpReading } from '../../../src/domain/kvp/pools';
import { writeKvpChanges } from '../../../src/hyperv/kvpWriter';
import type { KvpApplied } from '../../../src/hyperv/kvpApplied';
import type { KvpCall } from '../../../src/hyperv/kvpWriter';

/** A host's pool as documented: Add refuses a key that exists, Modify one that does not; items are taken in order. */
class FakeHost {
  readonly pairs: Map<string, string>;
  readonly calls: { call: KvpCall; keys: string[] }[] = [];
  /** Keys whose item fails the job, with the items before it taken. */
  readonly refused = new Map<string, HyperVErrorReason>();
  isReadable = true;
  /** Of a call that is lost, so many items are taken. */
  takenOfLost = Infinity;
  /** The session ends in the middle of that call, counted from 1; the call's items are taken. */
  lostAtCall = Infinity;

  constructor(pairs: Record<string, string> = {}) {
    this.pairs = new Map(Object.entries(pairs));
  }

  read(): Promise<KvpReading> {
    const external = this.isReadable ? [...this.pairs].map(([key, value]) => ({ key, value })) : null;
    return Promise.resolve({
      pools: { external, guest: null, intrinsic: null, hostOnly: [] },
      enabled: true,
      unreadable: 0,
    });
  }

  send(call: KvpCall, items: readonly KvpPair[]): Promise<void> {
    assert.ok(items.length <= 128);
    this.calls.push({ call, keys: items.map(({ key }) => key) });
    const isLost = this.calls.length >= this.lostAtCall;
    for (const { key, value } of items.slice(0, isLost ? this.takenOfLost : undefined)) {
      const reason = this.refused.get(key);
      if (reason !== undefined) return Promise.reject(new HyperVError(reason, `no ${key}`));
      if (call === 'add' && this.pairs.has(key)) return Promise.reject(new HyperVError('invalidParameter', 'exists'));
      if (call === 'modify' && !this.pairs.has(key)) return Promise.reject(new HyperVError('fileNotFound', 'missing'));
      if (call === 'remove') this.pairs.delete(key);
      else this.pairs.set(key, value);
    }
    if (isLost) return Promise.reject(new HyperVError('sessionLost', 'The process ended.', 'unknown'));
    return Promise.resolve();
  }

  write(changes: Partial<KvpChanges>, signal?: AbortSignal): Promise<KvpApplied> {
    return writeKvpChanges(this, 'external', { add: [], change: [], remove: [], ...changes }, signal);
  }
}

function outcomes({ outcomes: all }: KvpApplied): string[] {
  return all.map(({ verb, key, outcome, reason }) => `${verb} ${key}: ${outcome}${reason ? ` (${reason})` : ''}`);
}

describe('writing data exchange pairs', () => {
  it('adds, changes and removes in one call each, and says that they are written', async () => {
    const host = new FakeHost({ b: '1', c: '1' });
    const applied = await host.write({
      add: [{ key: 'a', value: '1' }],
      change: [{ key: 'b', value: '2' }],
      remove: [{ key: 'c' }],
    });
    assert.deepEqual(outcomes(applied), ['add a: written', 'change b: written', 'remove c: written']);
    assert.deepEqual(
      host.calls.map(({ call }) => call),
      ['remove', 'modify', 'add'],
    );
    assert.deepEqual(
      [...host.pairs],
      [
        ['b', '2'],
        ['a', '1'],
      ],
    );
  });

  it('asks nothing for what the host has already', async () => {
    const host = new FakeHost({ a: '1' });
    const applied = await host.write({ add: [{ key: 'a', value: '1' }], remove: [{ key: 'gone' }] });
    assert.deepEqual(outcomes(applied), ['add a: already', 'remove gone: already']);
    assert.equal(host.calls.length, 0);
  });

  it('changes a key that exists when it was to be added, and adds one that was to be changed', async () => {
    const host = new FakeHost({ a: '1' });
    host.isReadable = false;
    const applied = await host.write({ add: [{ key: 'a', value: '2' }], change: [{ key: 'b', value: '2' }] });
    assert.deepEqual(outcomes(applied), ['add a: written', 'change b: written']);
    assert.deepEqual(Object.fromEntries(host.pairs), { a: '2', b: '2' });
  });

  it('sends at most 128 pairs in a call', async () => {
    const host = new FakeHost();
    const add = Array.from({ length: 300 }, (_, i) => ({ key: `k${i}`, value: 'v' }));
    await host.write({ add });
    assert.deepEqual(
      host.calls.map(({ keys }) => keys.length),
      [128, 128, 44],
    );
  });

  it('names the one pair that is refused, and writes the others of its call', async () => {
    const host = new FakeHost();
    host.refused.set('b', 'invalidParameter');
    const add = ['a', 'b', 'c'].map((key) => ({ key, value: '1' }));
    const applied = await host.write({ add });
    assert.deepEqual(outcomes(applied), ['add a: written', 'add b: refused (invalidParameter)', 'add c: written']);
  });

  it('does not ask again and again where nobody answers in the guest', async () => {
    const host = new FakeHost();
    host.refused.set('a', 'guestNotReady');
    const applied = await host.write({ add: ['a', 'b'].map((key) => ({ key, value: '1' })), remove: [] });
    assert.deepEqual(outcomes(applied), ['add a: refused (guestNotReady)', 'add b: refused (guestNotReady)']);
    assert.equal(host.calls.length, 1);
  });

  it('keeps the old pair of a rename whose new key was refused', async () => {
    const host = new FakeHost({ old: 'precious' });
    host.refused.set('new', 'invalidParameter');
    const applied = await host.write({
      add: [{ key: 'new', value: 'precious' }],
      remove: [{ key: 'old', renamedTo: 'new' }],
    });
    assert.deepEqual(outcomes(applied), ['add new: refused (invalidParameter)', 'remove old: notTried']);
    assert.equal(host.pairs.get('old'), 'precious');
  });

  it('reads the truth after a session was lost in the middle', async () => {
    const host = new FakeHost({ x: '1' });
    host.lostAtCall = 1;
    const applied = await host.write({ add: [{ key: 'a', value: '1' }], remove: [{ key: 'x' }] });
    assert.deepEqual(outcomes(applied), ['add a: notTried (sessionLost)', 'remove x: written']);
  });

  it('calls nothing refused of which the host may not have said the last word', async () => {
    const host = new FakeHost();
    host.lostAtCall = 1;
    host.takenOfLost = 1;
    const applied = await host.write({ add: ['a', 'b'].map((key) => ({ key, value: '1' })) });
    assert.deepEqual(outcomes(applied), ['add a: written', 'add b: unknown (sessionLost)']);
  });

  it('does not ask pair by pair over a way that is closed', async () => {
    const host = new FakeHost();
    host.refused.set('a', 'hostUnreachable');
    await host.write({ add: ['a', 'b'].map((key) => ({ key, value: '1' })) });
    assert.equal(host.calls.length, 1);
  });

  it('says of a call that never left that it was not sent', async () => {
    const host = new FakeHost();
    host.refused.set('a', 'sessionFailed');
    const applied = await host.write({ add: [{ key: 'a', value: '1' }] });
    assert.deepEqual(outcomes(applied), ['add a: notTried (sessionFailed)']);
  });

  it('says that it does not know when the truth cannot be read after a loss', async () => {
    const host = new FakeHost();
    host.isReadable = false;
    host.lostAtCall = 1;
    const applied = await host.write({ add: [{ key: 'a', value: '1' }] });
    assert.deepEqual(outcomes(applied), ['add a: unknown (sessionLost)']);
  });

  it('sends nothing once it is cancelled, and says so', async () => {
    const host = new FakeHost();
    const abort = new AbortController();
    abort.abort();
    const applied = await host.write({ add: [{ key: 'a', value: '1' }] }, abort.signal);
    assert.deepEqual(outcomes(applied), ['add a: notTried (cancelled)']);
    assert.equal(host.calls.length, 0);
  });

  it('rejects when the pools cannot be read beforehand', async () => {
    const failing = {
      read: () => Promise.reject(new HyperVError('vmNotFound', 'gone')),
      send: () => assert.fail('nothing may be asked'),
    };
    await assert.rejects(
      writeKvpChanges(failing, 'external', { add: [{ key: 'a', value: '1' }], change: [], remove: [] }),
      (error) => HyperVError.is(error, 'vmNotFound'),
    );
  });

  it('never says written of what the host does not show, nor refused of what it does', async () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__');
    const reason = fc.constantFrom<HyperVErrorReason>('invalidParameter', 'failed', 'guestNotReady', 'accessDenied');
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(key, fc.constantFrom('1', '2')),
        fc.uniqueArray(fc.record({ key, verb: fc.constantFrom('add', 'change', 'remove') }), {
          selector: (x) => x.key,
        }),
        fc.array(fc.tuple(key, reason)),
        fc.option(fc.integer({ min: 1, max: 4 })),
        async (pairs, asked, refused, lostAtCall) => {
          const host = new FakeHost(pairs);
          for (const [name, why] of refused) host.refused.set(name, why);
          if (lostAtCall !== null) host.lostAtCall = lostAtCall;
          const of = (verb: string): KvpPair[] =>
            asked.filter((item) => item.verb === verb).map((item) => ({ key: item.key, value: '2' }));
          const applied = await host.write({ add: of('add'), change: of('change'), remove: of('remove') });
          assert.equal(applied.outcomes.length, asked.length);
          for (const { verb, key: name, outcome } of applied.outcomes) {
            const isReached = verb === 'remove' ? !host.pairs.has(name) : host.pairs.get(name) === '2';
            if (outcome === 'written' || outcome === 'already') assert.ok(isReached, `${verb} ${name} ${outcome}`);
            if (outcome === 'refused') assert.ok(!isReached, `${verb} ${name} ${outcome}`);
          }
        },
      ),
    );
  });
});
