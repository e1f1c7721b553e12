import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkpointReading } from '../../../src/hyperv/checkpointReading';

const id = (number: number): string => `C4EC000${String(number)}-0000-4000-8000-000000000001`;
const checkpoint = (number: number): unknown[] => [
  'checkpoint',
  `Microsoft:${id(number)}`,
  'one',
  'Microsoft:Hyper-V:Snapshot:Realized',
  null,
  1_700_000_000_000,
  true,
  5,
  false,
];
const answer = { state: 2, work: [2], current: null, setting: 3, sizes: true };

describe('Files of checkpoints, as the host sends them', () => {
  it('belong to their checkpoint, or to the VM as it is now', () => {
    const { checkpoints, nowFiles, unreadable } = checkpointReading(
      [
        checkpoint(1),
        checkpoint(2),
        ['file', `Microsoft:${id(2)}`, 'memory', 'C:\\x.vmrs', 12, null],
        ['file', null, 'disk', 'C:\\now.avhdx', null, 'denied'],
      ],
      answer,
    );
    assert.deepEqual(
      checkpoints.map(({ files }) => files),
      [[], [{ kind: 'memory', path: 'C:\\x.vmrs', bytes: 12, gap: null }]],
    );
    assert.deepEqual(nowFiles, [{ kind: 'disk', path: 'C:\\now.avhdx', bytes: null, gap: 'denied' }]);
    assert.equal(unreadable, 0);
  });

  it('are none that anybody knows of unless the host says that it told them', () => {
    const { checkpoints, nowFiles } = checkpointReading([checkpoint(1)], { ...answer, sizes: false });
    assert.deepEqual([checkpoints[0]?.files, nowFiles], [null, null]);
  });

  it('that are malformed are of unknown size, and those of nobody are counted', () => {
    const owner = `Microsoft:${id(1)}`;
    const bad: unknown[][] = [
      ['file', owner, 'disk', 7, 1.5, null],
      ['file', owner, 'disk', 'a.avhdx', -1, 'denied'],
      ['file', owner, 'disk', 'a.avhdx', '12', 'constructor'],
      ['file', owner, 'disk', 'a.avhdx', 2 ** 60, {}],
      ['file', owner, 'disk', 'set.VHDS', 4_096, null],
      ['file', owner],
    ];
    const { checkpoints, unreadable } = checkpointReading(
      [checkpoint(1), ...bad, ['file', 'x', 'disk'], ['file']],
      answer,
    );
    assert.deepEqual(
      checkpoints[0]?.files?.map(({ bytes, gap }) => [bytes, gap]),
      [
        [null, 'failed'],
        [null, 'denied'],
        [null, 'failed'],
        [null, 'failed'],
        [null, 'diskSet'],
        [null, 'failed'],
      ],
    );
    assert.equal(unreadable, 2);
  });

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), fc.anything(), (rows, any) => {
        checkpointReading(rows, any);
        checkpointReading(
          rows.map((row) => ['file', ...(Array.isArray(row) ? (row as unknown[]) : [row])]),
          answer,
        );
      }),
    );
  });
});
