import assert from 'node:assert/strict';
import { healthReading } from '../../../src/hyperv/healthReading';

const nothing = {
  nowMs: null,
  stateSinceMs: null,
  work: [],
  applications: null,
  integrationVersion: null,
  automaticCheckpoints: null,
  checkpoints: [],
  disks: [],
  replication: { mode: null, stateCode: null, health: null, lastAtMs: null },
  lastBackupAtMs: null,
};

describe('What a host says of the health of a VM', () => {
  it('is not known where the answer makes no sense, and never an exception', () => {
    for (const answer of [
      undefined,
      null,
      'x',
      7,
      [],
      {},
      { rows: 'x', nowMs: 'now' },
      { rows: [null, 3, ['other', 1]] },
    ]) {
      assert.deepEqual(healthReading(answer), nothing, JSON.stringify(answer));
    }
    const strange = [
      ['system', 'x', -1, 99, Number.NaN],
      ['settings', 'yes'],
      ['summary', 4, 9],
      ['replication', {}, 17, 'x'],
    ];
    assert.deepEqual(healthReading({ rows: strange }), nothing);
  });

  it('tells disks and checkpoints that a host cannot show from none', () => {
    const { disks, checkpoints } = healthReading({
      rows: [
        ['problem', 'Msvm_ResourceAllocationSettingData', 'Invalid class'],
        ['problem', 'Msvm_VirtualSystemSettingData', 'Invalid class'],
      ],
    });
    assert.deepEqual([disks, checkpoints], [null, null]);
  });

  it('knows what the host is busy with, also when a list of one came as a value', () => {
    assert.deepEqual(healthReading({ rows: [['system', [11, 32_772], null, 0, null]] }).work, ['mergingDisks']);
    assert.deepEqual(healthReading({ rows: [['system', 32_768, null, 0, null]] }).work, ['creatingCheckpoint']);
  });

  it('knows a disk that is shared, on a server, or passed through', () => {
    const disk = (path: unknown, kind = 'file', shared: unknown = false): unknown => {
      const [found] = healthReading({ rows: [['disk', path, kind, shared]] }).disks ?? [];
      return found && [found.kind, found.shared, found.remote];
    };
    assert.deepEqual(disk(['C:\\a.vhdx']), ['file', false, false]);
    assert.deepEqual(disk('C:\\a.vhds'), ['file', true, false]);
    assert.deepEqual(disk(['C:\\a.vhdx'], 'file', true), ['file', true, false]);
    assert.deepEqual(disk(['\\\\server\\share\\a.vhdx']), ['file', false, true]);
    assert.deepEqual(disk(['\\\\?\\UNC\\server\\share\\a.vhdx']), ['file', false, true]);
    assert.deepEqual(disk(['\\\\?\\C:\\a.vhdx']), ['file', false, false]);
    assert.deepEqual(disk(['\\\\.\\root\\v2:Msvm_DiskDrive'], 'physical'), ['physical', false, false]);
    assert.deepEqual(disk(null), ['file', false, false]);
  });
});
