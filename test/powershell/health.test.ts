// vm.health on the real engine, and what the report says of every VM of the demo lab.
import assert from 'node:assert/strict';
import { totalSize } from '../../src/domain/checkpoints/sizes';
import { vmReport } from '../../src/domain/health/vmReport';
import type { VmReport } from '../../src/domain/health/vmReport';
import { reportPage } from '../../src/commands/explainVmReport';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { defaultLabHosts } from '../../src/lab/stories';
import { recordCimCalls } from '../support/engineScript';
import { assertGolden } from '../support/golden';
import { labForSuite, labGuid, labVmId, openLab, refused } from '../support/labHost';

const vms = [
  { name: 'plain', id: labGuid(1) },
  {
    name: 'full',
    id: labGuid(2),
    checkpoints: 2,
    checkpointDays: 10,
    backupCheckpoints: 1,
    disks: ['file', 'shared', 'remote', 'physical'],
    replication: { mode: 1, state: 3, health: 1 },
  },
  { name: 'off', id: labGuid(3), state: 'off' },
  { name: 'bare', id: labGuid(4), disks: [] },
  ...Array.from({ length: 40 }, (_, index) => ({ name: `other ${index}`, id: labGuid(100 + index), checkpoints: 3 })),
];

describe('vm.health', () => {
  const lab = labForSuite({ hosts: [{ name: 'HV', vms }], timeScale: 0.001 });

  it('reads checkpoints, disks and replication of one VM and of no other', async () => {
    const health = await lab.client.readHealth(labVmId(2));
    assert.deepEqual(
      health.checkpoints?.map(({ name, kind, automatic }) => [name, kind, automatic]),
      [
        ['full - 1', 'person', false],
        ['full - 2', 'person', false],
        ['full - 3', 'backup', false],
      ],
    );
    const ages = health.checkpoints.map(({ createdAtMs }) => ((health.nowMs ?? 0) - (createdAtMs ?? 0)) / 86_400_000);
    assert.deepEqual(ages.map(Math.floor), [10, 6, 3]);
    assert.deepEqual(
      health.disks?.map(({ kind, shared, remote }) => [kind, shared, remote]),
      [
        ['file', false, false],
        ['file', true, false],
        ['file', false, true],
        ['physical', false, false],
      ],
    );
    const { lastAtMs, ...replication } = health.replication;
    assert.deepEqual(replication, { mode: 'primary', stateCode: 3, health: 'ok' });
    assert.ok(lastAtMs !== null && health.nowMs !== null && health.nowMs - lastAtMs < 600_000);
  });

  it('tells none from not known', async () => {
    const { checkpoints, disks, replication, lastBackupAtMs, work } = await lab.client.readHealth(labVmId(4));
    assert.deepEqual([checkpoints, disks, replication.mode, lastBackupAtMs, work], [[], [], 'none', null, []]);
    await lab.client.call('lab.fault', {
      kind: 'errorOnce',
      on: 'Msvm_StorageAllocationSettingData',
      code: 0x80041010,
    });
    assert.equal((await lab.client.readHealth(labVmId(4))).disks, null);
  });

  it('asks an older host once more, without what it does not have', async () => {
    await lab.client.call('lab.fault', { kind: 'errorOnce', on: 'Msvm_VirtualSystemSettingData', code: 0x80041017 });
    const { checkpoints, automaticCheckpoints } = await lab.client.readHealth(labVmId(2));
    assert.equal(checkpoints?.length, 3);
    assert.equal(automaticCheckpoints, null);
  });

  it('costs six queries, each for this VM only', async () => {
    const id = labGuid(1);
    const asked = await recordCimCalls(hostFunctions, [{ function: 'Get-HvVmHealth', arguments: { Id: id } }]);
    const ofVm = asked.filter(({ filter }) => filter?.includes(id.toUpperCase()) === true);
    assert.deepEqual(
      ofVm.map(({ class: name }) => name),
      [
        'Msvm_ComputerSystem',
        'Msvm_VirtualSystemSettingData',
        'Msvm_SummaryInformation',
        'Msvm_StorageAllocationSettingData',
        'Msvm_ResourceAllocationSettingData',
        'Msvm_ReplicationRelationship',
      ],
    );
    // What the recorder itself asks afterwards is about no VM.
    assert.equal(
      asked.findIndex(({ filter }) => filter?.includes(id.toUpperCase()) !== true),
      6,
    );
  });

  it('tells a VM that is gone from a host that hides everything', async () => {
    await refused(lab.client.readHealth(labVmId(999)), 'vmNotFound');
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await refused(lab.client.readHealth(labVmId(1)), 'accessDenied');
  });
});

/** The times of a run: everything else of the report is the same each time. */
function withoutTimes(page: string): string {
  return page
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<time>')
    .replaceAll(/(\d+ \w+|less than a minute) ago/g, '<ago>');
}

describe('the report on the VMs of the demo lab', function () {
  this.timeout(120_000);

  for (const [index, { name }] of defaultLabHosts.entries()) {
    it(`tells the story of each VM of ${name}`, async () => {
      const { client } = await openLab({ timeScale: 0.001 }, index);
      try {
        const { vms: found } = await client.inventory();
        const reports: VmReport[] = [];
        for (const vm of found) {
          const health = await client.readHealth(vm.id);
          const hasCheckpoints = (health.checkpoints ?? []).length > 0;
          reports.push(
            vmReport({
              hostName: name,
              vm,
              readAtMs: 0,
              health,
              ...(hasCheckpoints && { checkpointSpace: totalSize(await client.readCheckpoints(vm.id)) }),
              healthProblem: undefined,
              vmProblem: undefined,
              seen: undefined,
              lostSinceMs: undefined,
            }),
          );
        }
        assertGolden(`powershell/golden/report-${name}.md`, withoutTimes(reportPage(reports)));
      } finally {
        await client.stop();
      }
    });
  }
});
