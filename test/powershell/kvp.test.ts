import assert from 'node:assert/strict';
import type { KvpChanges } from '../../src/domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../../src/domain/kvp/pools';
import type { VmId } from '../../src/domain/vm';
import type { KvpApplied } from '../../src/hyperv/kvpApplied';
import { labForSuite, labGuid, labVmId, refused } from '../support/labHost';

const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        {
          name: 'vm',
          id: labGuid(1),
          exchange: {
            external: [{ name: 'role', data: 'web' }],
            guest: [{ name: 'agent', data: 'idle' }],
            hostOnly: [{ name: 'owner', data: 'Anna' }],
          },
        },
        { name: 'off', id: labGuid(2), state: 'off', exchange: { external: [{ name: 'role', data: 'kept' }] } },
        { name: 'no daemon', id: labGuid(3), guest: 'alpine' },
        { name: 'old', id: labGuid(4), exchange: { valueLimit: 511 } },
        { name: 'service off', id: labGuid(5), services: { keyValuePairExchange: false } },
        { name: 'saved', id: labGuid(6), state: 'saved' },
      ],
    },
  ],
  // Jobs of some seconds end at once.
  timeScale: 100,
};
const [vm, off, noDaemon, old, serviceOff, saved] = [1, 2, 3, 4, 5, 6].map(labVmId) as [
  VmId,
  VmId,
  VmId,
  VmId,
  VmId,
  VmId,
];

describe('data exchange', () => {
  const lab = labForSuite(spec);

  function apply(id: VmId, pool: EditableKvpPool, changes: Partial<KvpChanges>): Promise<KvpApplied> {
    return lab.client.applyKvp(id, pool, { add: [], change: [], remove: [], ...changes });
  }

  it('reads the four pools of a VM that runs', async () => {
    const { pools, enabled, unreadable } = await lab.client.readKvp(vm);
    assert.deepEqual(pools.external, [{ key: 'role', value: 'web' }]);
    assert.deepEqual(pools.guest, [{ key: 'agent', value: 'idle' }]);
    assert.deepEqual(pools.hostOnly, [{ key: 'owner', value: 'Anna' }]);
    assert.ok(pools.intrinsic?.some(({ key }) => key === 'OSName'));
    assert.deepEqual([enabled, unreadable], [true, 0]);
  });

  it('knows nothing of the guest of a VM that is off, and says so instead of "empty"', async () => {
    const { pools } = await lab.client.readKvp(off);
    assert.deepEqual([pools.external, pools.guest, pools.intrinsic, pools.hostOnly], [null, null, null, []]);
  });

  it('leaves out an item that is no item, and counts it', async () => {
    await lab.client.call('lab.fault', { kind: 'malformedItem', on: 'Msvm_KvpExchangeComponent', vm: 'vm' });
    const { pools, unreadable } = await lab.client.readKvp(vm);
    assert.equal(unreadable, 1);
    assert.ok(pools.intrinsic?.some(({ key }) => key === 'OSName'));
  });

  for (const pool of ['external', 'hostOnly'] as const) {
    it(`adds, changes and removes pairs of the pool ${pool}, and reads them back`, async () => {
      await apply(vm, pool, { add: ['a', 'b', 'c'].map((key) => ({ key, value: '1' })) });
      const { outcomes, reading } = await apply(vm, pool, {
        add: [{ key: 'd', value: '1' }],
        change: [{ key: 'b', value: '2' }],
        remove: [{ key: 'c' }],
      });
      assert.deepEqual(
        outcomes.map(({ outcome }) => outcome),
        ['written', 'written', 'written'],
      );
      const { pools } = await lab.client.readKvp(vm);
      assert.deepEqual(reading?.pools[pool], pools[pool]);
      const own = pools[pool]?.filter(({ key }) => key.length === 1).map(({ key, value }) => key + value);
      assert.deepEqual(own, ['a1', 'b2', 'd1']);
    });
  }

  it('carries hostile text there and back, character by character', async () => {
    const texts = [
      '</script><img onerror=alert(1)>',
      '"double" \'single\' \u201Ctypographic\u201D `back`',
      '<a b="c">&amp;&#65;</a>',
      ']]>',
      '\u{1F680} \u05E9\u05DC\u05D5\u05DD \u202Eevil',
      ' lead\tand\r\ntrail\n ',
      '$(Get-Date) @{} [*?] 2026-11-24T00:00:00 /Date(0)/',
      '\u00E9'.repeat(1023),
      '=marked',
    ];
    const add = texts.map((value, i) => ({ key: i === 7 ? 'long' : value, value }));
    const { outcomes } = await apply(vm, 'external', { add });
    assert.deepEqual(
      outcomes.filter(({ outcome }) => outcome !== 'written'),
      [],
    );
    const { pools } = await lab.client.readKvp(vm);
    assert.deepEqual(pools.external?.slice(1), add);
  });

  it('refuses what cannot travel, and names the pair', async () => {
    const add = [
      { key: 'nul', value: 'a\u0000b' },
      { key: 'fine', value: '1' },
      { key: 'half', value: '\uD800' },
    ];
    const { outcomes } = await apply(vm, 'external', { add });
    assert.deepEqual(
      outcomes.map(({ key, outcome }) => `${key} ${outcome}`),
      ['nul refused', 'fine written', 'half refused'],
    );
  });

  it('names the one value that an old guest does not take, and writes the others', async () => {
    const add = [
      { key: 'short', value: 'x' },
      { key: 'long', value: 'x'.repeat(600) },
      { key: 'other', value: 'y' },
    ];
    const { outcomes } = await apply(old, 'external', { add });
    assert.deepEqual(
      outcomes.map(({ key, outcome, reason }) => `${key} ${outcome} ${reason ?? ''}`),
      ['short written ', 'long refused invalidParameter', 'other written '],
    );
  });

  const silent: readonly [string, VmId][] = [
    ['without the daemon', noDaemon],
    ['whose service is disabled on the host', serviceOff],
  ];
  for (const [what, id] of silent) {
    it(`says that nobody takes the pairs in a guest ${what}`, async () => {
      const { outcomes } = await apply(id, 'external', { add: [{ key: 'a', value: '1' }] });
      assert.deepEqual(
        outcomes.map(({ outcome, reason }) => [outcome, reason]),
        [['refused', 'guestNotReady']],
      );
      assert.match(outcomes[0]?.hostMessage ?? '', /0x800710DF/);
    });
  }

  it('keeps pairs for the next start of a VM that is off, also one that exists', async () => {
    const add = [
      { key: 'role', value: 'new' },
      { key: 'site', value: 'Berlin' },
    ];
    const { outcomes } = await apply(off, 'external', { add });
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ['written', 'written'],
    );
    await lab.client.change('vm.start', { id: off });
    const { pools } = await lab.client.readKvp(off);
    assert.deepEqual(pools.external, add);
  });

  it('refuses pairs for a saved VM with its reason', async () => {
    const { outcomes } = await apply(saved, 'external', { add: [{ key: 'a', value: '1' }] });
    assert.deepEqual(
      outcomes.map(({ outcome, reason }) => [outcome, reason]),
      [['refused', 'invalidState']],
    );
  });

  it('writes more pairs than one call takes', async () => {
    const add = Array.from({ length: 300 }, (_, i) => ({ key: `k${String(i)}`, value: 'v'.repeat(50) }));
    const { outcomes, reading } = await apply(vm, 'external', { add });
    assert.ok(outcomes.every(({ outcome }) => outcome === 'written'));
    assert.equal(reading?.pools.external?.length, 301);
  });

  it('tells which pairs of a full host-only pool found no place', async () => {
    const add = Array.from({ length: 130 }, (_, i) => ({ key: `k${String(i)}`, value: '' }));
    const { outcomes } = await apply(vm, 'hostOnly', { add });
    // 128, one of which is the owner.
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'written').length, 127);
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'refused').length, 3);
  });

  const codes: readonly [number, string][] = [
    [32768, 'failed'],
    [32769, 'accessDenied'],
    [32770, 'notSupported'],
    [32772, 'timeout'],
    [32774, 'inUse'],
    [32775, 'invalidState'],
    [32778, 'outOfMemory'],
  ];
  for (const [code, reason] of codes) {
    it(`explains the return value ${String(code)} of the method`, async () => {
      // Twice: a pair that failed alone is not asked again, one that failed in a call of several is.
      await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'AddKvpItems', code });
      const { outcomes } = await apply(vm, 'external', { add: [{ key: 'a', value: '1' }] });
      assert.deepEqual(
        outcomes.map(({ outcome, reason: why }) => [outcome, why]),
        [['refused', reason]],
      );
    });
  }

  it('explains a job that fails', async () => {
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Msvm_ConcreteJob', code: 0x80070005 });
    const { outcomes } = await apply(vm, 'external', { add: [{ key: 'a', value: '1' }] });
    assert.deepEqual(
      outcomes.map(({ outcome, reason }) => [outcome, reason]),
      [['refused', 'accessDenied']],
    );
  });

  it('keeps the order of saves of one VM', async () => {
    const values = Array.from({ length: 8 }, (_, i) => String(i));
    const all = values.map((value) => apply(vm, 'external', { change: [{ key: 'role', value }] }));
    await Promise.all(all);
    const { pools } = await lab.client.readKvp(vm);
    assert.deepEqual(pools.external, [{ key: 'role', value: '7' }]);
  });

  it('of a VM that does not exist asks nothing', async () => {
    await refused(lab.client.readKvp(labVmId(99)), 'vmNotFound');
    await refused(apply(labVmId(99), 'external', { add: [{ key: 'a', value: '1' }] }), 'vmNotFound');
  });

  it('answers people who script with the pools, and with one outcome for each pair', async () => {
    const reading = (await lab.client.call('kvp.read', { id: vm })) as KvpReading;
    assert.deepEqual(Object.keys(reading.pools), ['external', 'guest', 'intrinsic', 'hostOnly']);
    const applied = (await lab.client.call('kvp.apply', {
      id: vm,
      pool: 'external',
      add: [{ key: 'site', value: 'Berlin' }],
      remove: ['role'],
    })) as KvpApplied;
    assert.deepEqual(
      applied.outcomes.map(({ verb, key, outcome }) => `${verb} ${key} ${outcome}`),
      ['add site written', 'remove role written'],
    );
  });

  it('refuses a request that makes no sense, naming what is wrong', async () => {
    const bad: readonly [Record<string, unknown>, RegExp][] = [
      [{ id: 'x', pool: 'external' }, /id must be a GUID/],
      [{ id: vm, pool: 'guest' }, /pool must be/],
      [{ id: vm, pool: 'external', add: [{ key: 'a' }] }, /add must be a list/],
      [{ id: vm, pool: 'external', remove: [1] }, /remove must be a list of keys/],
      [{ id: vm, pool: 'external', add: [{ key: 'a', value: '' }], remove: ['a'] }, /"a" occurs twice/],
      [{ id: vm, pool: 'external', force: true }, /no parameter force/],
    ];
    for (const [parameters, message] of bad) {
      const error = await refused(lab.client.call('kvp.apply', parameters), 'badRequest');
      assert.match(error.message, message);
    }
  });
});
