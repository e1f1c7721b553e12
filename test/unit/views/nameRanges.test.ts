import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { VmRecord } from '../../../src/domain/vm';
import { nameRanges, rangeTitles } from '../../../src/views/nameRanges';
import type { Cut } from '../../../src/views/nameRanges';
import { compareVms, vmsInOrder } from '../../../src/views/vmOrder';
import { makeVm, vmId } from '../../support/vms';

const named = (names: readonly string[]): VmRecord[] =>
  names.map((name, at) => makeVm({ id: vmId(at + 1), name })).sort(compareVms);
const numbered = (role: string, count: number, first = 1): string[] =>
  Array.from({ length: count }, (_, at) => `${role}-${String(at + first).padStart(3, '0')}`);
const cutsOf = (ranges: ReturnType<typeof nameRanges>): Cut[] => ranges.flatMap(({ cut }) => cut ?? []);

describe('Ranges of names', () => {
  it('begin where letters change, and are named after them', () => {
    const ranges = nameRanges(named(Array.from('aabbbbccccddddeeee').map((letter, at) => `${letter}${at}`)), 6);
    assert.deepEqual(rangeTitles(ranges), ['A–B', 'C', 'D–E']);
  });

  it('are named after their first and last where they share a letter, cut at round numbers', () => {
    const ranges = nameRanges(named(numbered('web', 260)), 100);
    assert.deepEqual(rangeTitles(ranges), ['web-001 … web-099', 'web-100 … web-199', 'web-200 … web-260']);
  });

  it('keep long names, and names of two-unit characters, short and whole', () => {
    const emoji = '\u{1F680}';
    const ranges = nameRanges(named([emoji, emoji.repeat(60), `${emoji}x`, 'b', 'b', 'c']), 2);
    for (const title of rangeTitles(ranges)) {
      assert.doesNotMatch(title, /\p{Surrogate}/u);
      assert.ok(Array.from(title).length <= 51, title);
    }
  });

  it('sort numbers as people do', () => {
    const [first, second] = nameRanges(named(['vm 1', 'vm 2', 'vm 10', 'vm 11', 'vm 12']), 2);
    assert.deepEqual(
      [first, second].map((range) => range?.vms.map(({ name }) => name)),
      [
        ['vm 1', 'vm 2'],
        ['vm 10', 'vm 11', 'vm 12'],
      ],
    );
  });

  it('stay where they are while virtual machines come and go', () => {
    const names = numbered('web', 300);
    const before = nameRanges(named(names), 30);
    // Half of one range goes, and ten come into another.
    const after = nameRanges(
      named([...names.slice(0, 100), ...names.slice(115), ...numbered('web-2', 10)]),
      30,
      cutsOf(before),
    );
    assert.deepEqual(cutsOf(after), cutsOf(before));
  });

  it('are cut when they grow too long, and joined when too few are left', () => {
    const before = nameRanges(named(numbered('m', 100)), 20);
    const cuts = cutsOf(before);
    const grown = nameRanges(named([...numbered('m', 100), ...numbered('a', 50)]), 20, cuts);
    assert.ok(grown.length > before.length);
    const kept = cutsOf(grown).filter(({ name }) => name.startsWith('m-') && name !== 'm-001');
    assert.deepEqual(kept, cuts);
    const left = nameRanges(named(numbered('m', 8, 40)), 20, cuts);
    assert.equal(left.length, 1);
  });

  it('hold each virtual machine once, in order, in ranges of bounded size, whatever the names', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 4 }),
      fc.constantFrom('same', 'web-1', 'WEB-01', '\u0000', 'ä'),
    );
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 60 }),
        fc.array(name, { maxLength: 60 }),
        fc.integer({ min: 2, max: 9 }),
        (one, other, size) => {
          const cuts = cutsOf(nameRanges(named(one), size));
          const vms = named(other);
          const ranges = nameRanges(vms, size, cuts);
          assert.deepEqual(
            ranges.flatMap((range) => range.vms),
            vms,
          );
          assert.ok(ranges.every((range) => range.vms.length > 0 && range.vms.length <= size * 2));
          const ids = ranges.map(({ cut }) => JSON.stringify(cut && [cut.id, cut.name]));
          assert.equal(new Set(ids).size, ids.length);
          assert.equal(rangeTitles(ranges).length, ranges.length);
        },
      ),
    );
  });
});

describe('The order of VMs', () => {
  it('is the same whether it was known before or not', () => {
    const vms = new Map(named(['b', 'a 10', 'a 2', 'B', 'c']).map((vm) => [vm.id, vm]));
    const fresh = vmsInOrder(vms);
    const gone = vmId(99);
    assert.deepEqual(
      vmsInOrder(vms, [
        gone,
        ...fresh
          .map(({ id }) => id)
          .slice(1)
          .reverse(),
      ]),
      fresh,
    );
  });
});
