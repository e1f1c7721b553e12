// What one host of a lab is made of: the same from the same seed, complete, and small enough for one message.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseVmId } from '../../../src/domain/vm';
import { hostData } from '../../../src/lab/hostData';
import { defaultLabSpec, labMethodTable, labScript, parseLabSpec } from '../../../src/lab/lab';
import { seededRandom } from '../../../src/lab/random';
import type { HostData } from '../../../src/lab/hostData';

function host(json: unknown, index = 0): HostData {
  const spec = parseLabSpec(json);
  const found = spec.hosts[index];
  assert.ok(found);
  return hostData(spec, found);
}

describe('host of a lab', () => {
  it('is the same from the same seed, and another one from another', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.integer({ min: 1, max: 60 }), (seed, vmsPerHost) => {
        const first = host({ vmsPerHost, seed });
        assert.deepEqual(host({ vmsPerHost, seed }), first);
        assert.notDeepEqual(host({ vmsPerHost, seed: (seed + 1) % 0xffff_ffff }).vms, first.vms);
      }),
      { numRuns: 30 },
    );
  });

  it('has VMs of its own, however many hosts share the seed', () => {
    const hosts = [{ name: 'A' }, { name: 'B' }];
    const ids = [0, 1].flatMap((index) => host({ hosts, vmsPerHost: 50 }, index).vms.map(([, id]) => id));
    assert.equal(new Set(ids).size, 100);
  });

  it('gives every generated VM an id, a state and a profile that exist', () => {
    const { vms, profiles } = host({ vmsPerHost: 2000 });
    assert.equal(vms.length, 2000);
    assert.equal(new Set(vms.map(([, id]) => id)).size, 2000);
    for (const [, id, profile, state] of vms) {
      assert.ok(parseVmId(id));
      assert.ok(profiles[profile]);
      assert.ok([2, 3, 6, 9].includes(state));
    }
    assert.equal(new Set(vms.map(([, , , state]) => state)).size, 4);
  });

  it('fits into one message of 1 MiB with the most VMs a description may ask for, every text marked and escaped', () => {
    const texts = JSON.stringify(host({ vmsPerHost: 10_000 }), (_key, value: unknown) =>
      typeof value === 'string' ? `=${value}` : value,
    );
    assert.ok(texts.length < 1024 * 1024);
  });

  it('keeps the other VMs when one is given an id', () => {
    const vms = [{ name: 'a' }, { name: 'b' }];
    const [first, second] = host({ hosts: [{ name: 'A', vms }] }).vms;
    const fixed = host({
      hosts: [{ name: 'A', vms: [{ name: 'a', id: '00000000-0000-4000-8000-000000000001' }, vms[1]] }],
    });
    assert.notEqual(fixed.vms[0]?.[1], first?.[1]);
    assert.deepEqual(fixed.vms[1]?.[1], second?.[1]);
  });

  it('gets the faults that name it or no host', () => {
    const faults = [
      { kind: 'hang', host: 'B' },
      { kind: 'zeroRows', on: 'Msvm_VssComponent' },
      { kind: 'accessDenied', host: 'A' },
    ];
    assert.deepEqual(
      host({ hosts: [{ name: 'A' }, { name: 'B' }], faults }).faults.map(({ kind, on }) => [kind, on]),
      [
        ['zeroRows', 'Msvm_VssComponent'],
        ['accessDenied', ''],
      ],
    );
  });

  it('carries the data exchange of the VMs that have one', () => {
    const later = [{ afterMs: 5, pool: 'guest', name: 'a', remove: true }];
    const vms = [{ name: 'a' }, { name: 'b', exchange: { guest: [{ name: 'n', data: 'd' }], later } }];
    assert.deepEqual(host({ hosts: [{ name: 'A', vms }] }).exchange, [
      {
        vm: 1,
        valueLimit: 0,
        external: [],
        guest: [['n', 'd']],
        hostOnly: [],
        later: [[5, 0, 'guest', 'a', '', true]],
      },
    ]);
  });

  it('speaks the language of its own, else that of the lab', () => {
    const names = [0, 1].map(
      (index) =>
        host({ locale: 'de-DE', hosts: [{ name: 'A' }, { name: 'B', locale: 'en-US' }] }, index).services[3]?.[3],
    );
    assert.deepEqual(names, ['Takt', 'Heartbeat']);
  });
});

describe('default lab', () => {
  it('tells a story about every VM', () => {
    const vms = defaultLabSpec.hosts.flatMap((described) => described.vms ?? []);
    assert.ok(vms.length >= 16);
    for (const vm of vms) assert.match(vm.story ?? '', /^[A-Z].*\.$/, vm.name);
    assert.equal(new Set(vms.map(({ id }) => id)).size, vms.length);
  });

  it('is sent as ASCII PowerShell without blank lines or here-strings', () => {
    const { text } = labScript(defaultLabSpec, 0).prelude;
    assert.doesNotMatch(text, /[^\n\t\x20-\x7e]/);
    assert.doesNotMatch(text, /\n\s*\n/);
    assert.doesNotMatch(text, /@['"]\s*\n/);
    for (const { function: name } of Object.values(labMethodTable))
      assert.ok(text.includes(`function ${name} {`), name);
  });

  it('declares for each lab method the parameters of its function', () => {
    const { text } = labScript(defaultLabSpec, 0).prelude;
    for (const [method, { function: name, parameters }] of Object.entries(labMethodTable)) {
      const body = text.slice(text.indexOf(`function ${name} {`));
      const block = body.slice(0, body.search(/\n(?:\$|Invoke-HvLabLocked)/));
      const declared = [...block.matchAll(/\[(?:string|int|long|bool|guid)\]\s*\$(\w+)/g)].map(([, word]) =>
        word?.toLowerCase(),
      );
      assert.deepEqual([...new Set(declared)].sort(), Object.keys(parameters).sort(), method);
    }
  });
});

describe('seeded random numbers', () => {
  it('stay below their limit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (seed, below) => {
        const value = seededRandom(seed).next(below);
        assert.ok(value >= 0 && value < below);
      }),
    );
  });
});
