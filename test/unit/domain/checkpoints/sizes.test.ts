import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileGap } from '../../../../src/domain/checkpoints/files';
import { alsoKeptBy, diskFate, sizeOf, totalSize } from '../../../../src/domain/checkpoints/sizes';
import { gapText, sizeFact } from '../../../../src/domain/checkpoints/sizeTexts';
import { checkpointTree } from '../../../../src/domain/checkpoints/tree';
import { checkpointId, makeCheckpoint, makeFile, makeReading } from '../../../support/checkpoints';

const gb = 1_073_741_824;
const base = makeFile('D:\\vm\\disk0.vhdx', 20 * gb);
const first = makeFile('D:\\vm\\disk0_1.avhdx', 3 * gb);
const now = makeFile('D:\\vm\\disk0_now.AVHDX', gb);
const memory = makeFile('C:\\Snapshots\\1.vmrs', 4 * gb, { kind: 'memory' });

describe('the size of a checkpoint', () => {
  it('is that of its differencing disks and its memory, without the disk that the VM has anyway', () => {
    assert.deepEqual(sizeOf([base, memory]), { bytes: 4 * gb, unknown: 0 });
    assert.deepEqual(sizeOf([first, memory]), { bytes: 7 * gb, unknown: 0 });
    assert.deepEqual(sizeOf([first, memory], 'disk'), { bytes: 3 * gb, unknown: 0 });
    assert.deepEqual(sizeOf([makeFile('D:\\old.avhd', 5)]), { bytes: 5, unknown: 0 });
  });

  it('is not known where the host told of no files, and counts a disk without a path as not known', () => {
    assert.equal(sizeOf(null), undefined);
    assert.deepEqual(sizeOf([]), { bytes: 0, unknown: 0 });
    assert.deepEqual(sizeOf([makeFile('', null), makeFile('', null)]), { bytes: 0, unknown: 2 });
  });

  it('of a disk that the VM has anyway may be unknown without any harm', () => {
    assert.deepEqual(sizeOf([makeFile('\\\\server\\vms\\disk0.vhdx', null), memory]), { bytes: 4 * gb, unknown: 0 });
  });

  it('counts a file once, whoever names it, and however it is written', () => {
    const checkpoints = [
      makeCheckpoint(1, { files: [base, memory] }),
      makeCheckpoint(2, { files: [first] }),
      makeCheckpoint(3, { parentId: checkpointId(1), files: [makeFile('d:\\VM\\DISK0_1.avhdx', 3 * gb)] }),
    ];
    const reading = makeReading(checkpoints, { nowFiles: [now] });
    assert.deepEqual(totalSize(reading), { bytes: 8 * gb, unknown: 0 });
    assert.deepEqual(
      alsoKeptBy(reading, checkpointId(2), first.path).map(({ id }) => id),
      [checkpointId(3)],
    );
    assert.equal(totalSize(makeReading([], { nowFiles: [] })), undefined);
    assert.equal(totalSize(makeReading(checkpoints)), undefined);
  });

  it('is never larger in all than the files, and never unknown where each is known', () => {
    const files = fc.array(
      fc.record({ name: fc.constantFrom('a.avhdx', 'A.AVHDX', 'b.avhdx', 'c.vhdx', ''), bytes: fc.nat() }),
    );
    fc.assert(
      fc.property(files, (list) => {
        const made = list.map(({ name, bytes }) => makeFile(name, bytes));
        const size = sizeOf(made) ?? assert.fail();
        assert.equal(size.unknown, 0);
        assert.ok(size.bytes <= list.reduce((sum, { bytes }) => sum + bytes, 0));
      }),
    );
  });

  it('is a fact that claims no more than is known', () => {
    const facts = [
      undefined,
      { bytes: 0, unknown: 0 },
      { bytes: 7 * gb, unknown: 0 },
      { bytes: 7 * gb, unknown: 1 },
      { bytes: 45_056, unknown: 1 },
      { bytes: 0, unknown: 2 },
    ].map(sizeFact);
    assert.deepEqual(facts, [undefined, '0 B', '7.0 GB', 'at least 7.0 GB', 'size unknown', 'size unknown']);
  });

  it('has a sentence for every reason why it is not known', () => {
    const all: readonly FileGap[] = [
      'missing',
      'denied',
      'unreachable',
      'noAnswer',
      'tooLong',
      'notAFile',
      'diskSet',
      'failed',
    ];
    assert.equal(new Set(all.map(gapText)).size, all.length);
  });
});

describe('the disks of a checkpoint that is deleted', () => {
  //  1 ─ 2 ─ 3
  //    └ 4
  const reading = makeReading([
    makeCheckpoint(1),
    makeCheckpoint(2),
    makeCheckpoint(3),
    makeCheckpoint(4, { parentId: checkpointId(1) }),
  ]);
  const fates = (current: number | null): string[] => {
    const at = { ...reading, currentId: current === null ? null : checkpointId(current) };
    return at.checkpoints.map((one) => diskFate(at, checkpointTree(at.checkpoints), one));
  };

  it('are deleted, merged or kept by how many states go on from them', () => {
    assert.deepEqual(fates(4), ['kept', 'merged', 'deleted', 'merged']);
    assert.deepEqual(fates(2), ['kept', 'kept', 'deleted', 'deleted']);
    assert.deepEqual(fates(null), ['kept', 'merged', 'deleted', 'deleted']);
  });

  it('stay where somebody else names the same file, and where that is the disk that the VM has anyway it says nothing', () => {
    const one = makeCheckpoint(1, { files: [base, first] });
    const fate = (
      facts: Parameters<typeof makeReading>[1],
      others: readonly ReturnType<typeof makeCheckpoint>[],
    ): string => {
      const at = makeReading([one, ...others], { currentId: null, ...facts });
      return diskFate(at, checkpointTree(at.checkpoints), one);
    };
    const stranger = makeCheckpoint(2, { parentId: null, files: [base] });
    assert.equal(fate({ nowFiles: [base] }, [stranger]), 'deleted');
    assert.equal(fate({ nowFiles: [first] }, []), 'kept');
    assert.equal(fate({}, [{ ...stranger, files: [first] }]), 'kept');
  });
});
