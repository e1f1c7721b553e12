// Sizes of checkpoints on the real engine: which files the host names for whom, what that costs, and what becomes of files
// that cannot be read. The demo lab answers for the file system in the first part, real files in the second.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint, CheckpointReading } from '../../src/domain/checkpoints/checkpoint';
import { fileName } from '../../src/domain/checkpoints/files';
import type { CheckpointFile } from '../../src/domain/checkpoints/files';
import { sizeOf, totalSize } from '../../src/domain/checkpoints/sizes';
import type { CheckpointChange } from '../../src/hyperv/checkpointClient';
import type { HostClient } from '../../src/hyperv/hostClient';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { openHost } from '../../src/hyperv/hostSession';
import type { VmId } from '../../src/domain/vm';
import { runScript } from '../support/engineScript';
import fileSizes from '../support/fileSizes.ps1';
import { labGuid, labVmId } from '../support/labHost';
import { ListLog } from '../support/listLog';
import { enginePath } from '../support/sessionHarness';

const tree = [
  { name: 'first', memory: true, hoursAgo: 1_000 },
  { name: 'second', after: 1, hoursAgo: 500 },
  { name: 'side', after: 1, memory: true, hoursAgo: 100 },
];
const vms = [
  { name: 'tree', id: labGuid(1), state: 'off', checkpointTree: tree, currentCheckpoint: 2, disks: ['file', 'file'] },
  { name: 'one', id: labGuid(2), state: 'off', checkpoints: 1 },
  { name: 'fifty', id: labGuid(3), state: 'off', checkpoints: 50 },
  { name: 'backups as well', id: labGuid(4), checkpoints: 50, backupCheckpoints: 2 },
  { name: 'on a share', id: labGuid(5), checkpoints: 1, disks: ['file', 'remote'] },
  { name: 'none', id: labGuid(6) },
  { name: 'without disks', id: labGuid(7), state: 'off', checkpoints: 1, disks: [] },
];

describe('the files of checkpoints', () => {
  const log = new ListLog(true);
  let client: HostClient;
  before(async () => {
    client = await openHost(
      { kind: 'lab', id: 'lab', name: 'lab', spec: { hosts: [{ name: 'HV', vms }], timeScale: 100 }, index: 0 },
      { powershell: enginePath(), cwd: tmpdir(), log },
    );
  });
  afterEach(() => client.call('lab.reset', {}));
  after(() => client.stop());

  const read = (number: number): Promise<CheckpointReading> => client.readCheckpoints(labVmId(number));
  const one = ({ checkpoints }: CheckpointReading, name: string): Checkpoint =>
    checkpoints.find((each) => each.name === name) ?? assert.fail(name);
  const disks = (files: readonly CheckpointFile[] | null): string[] =>
    (files ?? []).flatMap(({ kind, path }) => (kind === 'disk' ? fileName(path) : []));

  async function change(id: VmId, what: CheckpointChange): Promise<CheckpointReading> {
    const { failure, reading } = await client.changeCheckpoints(id, what);
    assert.equal(failure, undefined);
    return reading ?? assert.fail();
  }

  async function queries(read: () => Promise<unknown>): Promise<number> {
    log.lines.length = 0;
    await read();
    const counts = log.lines.flatMap((line) => /"cimQueries":(\d+)/.exec(line)?.[1] ?? []);
    assert.equal(counts.length, 1);
    return Number(counts[0]);
  }

  it('are the disk that was frozen with each of them, and its memory; the VM writes into disks of its own', async () => {
    const reading = await read(1);
    assert.deepEqual(disks(one(reading, 'first').files), ['disk0.vhdx', 'disk1.vhdx']);
    const all = [...reading.checkpoints.map(({ files }) => files), reading.nowFiles].flatMap(disks);
    assert.equal(new Set(all).size, all.length);
    assert.equal(all.filter((name) => name.endsWith('.avhdx')).length, 6);
    const memory = reading.checkpoints.map(({ files }) => files?.filter(({ kind }) => kind === 'memory').length);
    assert.deepEqual(memory, [1, 1, 1]);
    assert.ok(
      (sizeOf(one(reading, 'first').files)?.bytes ?? 0) > (sizeOf(one(reading, 'first').files, 'disk')?.bytes ?? 0),
    );
    assert.equal(totalSize(reading)?.unknown, 0);
  });

  it('go with what is done: frozen by a new one, left by applying, merged by deleting', async () => {
    const before = await read(1);
    const made = await change(labVmId(1), { kind: 'create', type: 'standard', name: 'new' });
    assert.deepEqual(disks(one(made, 'new').files), disks(before.nowFiles));
    assert.notDeepEqual(disks(made.nowFiles), disks(before.nowFiles));
    const applied = await change(labVmId(1), { kind: 'apply', checkpointId: one(made, 'side').id });
    assert.notDeepEqual(disks(applied.nowFiles), disks(made.nowFiles));
    await client.call('lab.advance', { ms: 60_000 });
    const gone = await change(labVmId(1), { kind: 'delete', checkpointId: one(made, 'second').id, subtree: false });
    assert.deepEqual(disks(one(gone, 'new').files), disks(one(made, 'second').files));
  });

  it('cost as many queries for one checkpoint as for fifty, and none where there is no checkpoint', async () => {
    const sizes = (number: number) => queries(() => read(number));
    const plain = await queries(() => client.call('checkpoint.read', { id: labVmId(3) }));
    assert.deepEqual([await sizes(2), await sizes(3), await sizes(6)], [plain + 2, plain + 2, plain]);
    // A filter holds fifty conditions.
    assert.equal(await sizes(4), plain + 3);
    const { checkpoints, nowFiles } = await read(4);
    assert.equal(checkpoints.length, 52);
    assert.ok(checkpoints.every(({ files }) => disks(files).length === 1) && disks(nowFiles).length === 1);
  });

  it('are not asked for by those who do not look', async () => {
    const { checkpoints, nowFiles } = (await client.call('checkpoint.read', { id: labVmId(1) })) as CheckpointReading;
    assert.deepEqual([checkpoints.map(({ files }) => files), nowFiles], [[null, null, null], null]);
  });

  it('on a share that this account cannot see have no size, and the others keep theirs', async () => {
    const { checkpoints, nowFiles } = await read(5);
    const gaps = (files: readonly CheckpointFile[] | null | undefined) => files?.map(({ kind, gap }) => [kind, gap]);
    assert.deepEqual(gaps(checkpoints[0]?.files), [
      ['disk', null],
      ['disk', 'denied'],
      ['memory', null],
    ]);
    assert.equal(sizeOf(nowFiles)?.unknown, 1);
  });

  it('of a VM without disks are its memory', async () => {
    const { checkpoints, nowFiles } = await read(7);
    assert.deepEqual([checkpoints[0]?.files?.map(({ kind }) => kind), nowFiles], [['memory'], []]);
  });

  it('are not known where the host lacks what would tell, and the checkpoints are all the same', async () => {
    await client.call('lab.fault', { kind: 'errorOnce', on: 'Msvm_StorageAllocationSettingData', code: 0x80041010 });
    const { checkpoints, nowFiles, unreadable } = await read(1);
    assert.deepEqual([checkpoints.map(({ files }) => files), nowFiles, unreadable], [[null, null, null], null, 0]);
  });
});

interface FoundSizes {
  readonly found: readonly (readonly [number | null, string | null])[];
  readonly looks: number;
}

describe('disks of checkpoints that a host shows in part', () => {
  /** Answers with disks that have these properties. */
  const host = (properties: string): string => `
$ErrorActionPreference = 'Stop'
$null = New-Module -Name 'CimCmdlets' -ScriptBlock {
    function Get-CimInstance {
        [CmdletBinding()]
        param([string]$Namespace, [string]$ClassName, [string[]]$Property, [string]$Filter)
        [pscustomobject]@{ CimInstanceProperties = ${properties} }
    }
} | Import-Module -Global -PassThru
. $env:HV_SCRIPT
Set-StrictMode -Version 2
$disks = Read-HvCheckpointDisk -Counter (New-HvCounter) -Id @([guid]'${labGuid(1)}')
[Console]::Out.WriteLine((ConvertTo-Json -Compress -Depth 4 -InputObject @{ disks = $disks }))`;
  const owner = `Microsoft:${labGuid(1).toUpperCase()}`;
  const id = `InstanceID = [pscustomobject]@{ Value = '${owner}\\83F8638B\\0\\0\\L' }`;

  async function disksOf(properties: string): Promise<unknown> {
    return ((await runScript(host(properties), { HV_SCRIPT: hostFunctions })) as { disks: unknown }).disks;
  }

  it('have no path where none is named, and spoil no reading where one cannot be read', async () => {
    const path = (value: string): string => `@{ ${id}; HostResource = [pscustomobject]@{ Value = ${value} } }`;
    assert.deepEqual(await disksOf(path("[string[]]@('D:\\a.vhdx', 'x')")), [{ Owner: owner, Path: 'D:\\a.vhdx' }]);
    assert.deepEqual(await disksOf(path('$null')), [{ Owner: owner, Path: '' }]);
    assert.deepEqual(await disksOf(path('[string[]]@()')), [{ Owner: owner, Path: '' }]);
    assert.equal(await disksOf(`@{ ${id} }`), null);
  });
});

describe('the sizes of real files', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sizes-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function sizesOf(paths: readonly string[], silent: readonly string[] = [], waitMs = 5_000) {
    const call = JSON.stringify({ paths, silent, waitMs });
    const { readings } = (await runScript(fileSizes, { HV_SCRIPT: hostFunctions, HV_CALL: call })) as {
      readings: readonly [FoundSizes, FoundSizes, FoundSizes];
    };
    const [{ found }] = readings;
    return { found, readings };
  }

  it('are read of paths as they are, whatever characters and lengths they have', async () => {
    const long = join(folder, 'x'.repeat(150), 'y'.repeat(150));
    mkdirSync(long, { recursive: true });
    const windows = process.platform === 'win32';
    const names = ['disk [1]`$(x) %TEMP%; Größe.avhdx', ...(windows ? [] : ['*?"<>|.avhdx', 'a\nb.avhdx'])];
    const paths = [...names.map((name) => join(folder, name)), join(long, 'disk.avhdx')];
    paths.forEach((path, index) => {
      writeFileSync(path, Buffer.alloc(1_000 + index));
    });
    // What a pattern of that name would find as well.
    writeFileSync(join(folder, 'disk 1`$(x) %TEMP%; Größe.avhdx'), '');
    const { found } = await sizesOf(paths);
    assert.deepEqual(
      found,
      paths.map((_, index) => [1_000 + index, null]),
    );
  });

  it('are not known of what is missing, no file, no path or a device', async () => {
    const { found } = await sizesOf([
      join(folder, 'gone.avhdx'),
      join(folder, 'no such folder', 'gone.avhdx'),
      folder,
      '',
      'relative.avhdx',
      '\\\\.\\PhysicalDrive0',
      join(folder, 'nul\0.avhdx'),
    ]);
    assert.deepEqual(
      found.map(([bytes, gap]) => bytes ?? gap),
      ['missing', 'missing', 'missing', 'notAFile', 'notAFile', 'notAFile', 'notAFile'],
    );
  });

  it('of a folder that does not answer are given up in time, and those beside it are read', async () => {
    const dead = join(folder, 'dead');
    const paths = [join(dead, '1.avhdx'), join(folder, 'alive.avhdx'), join(dead, '2.avhdx')];
    writeFileSync(join(folder, 'alive.avhdx'), 'alive');
    const { found, readings } = await sizesOf(paths, [dead], 300);
    assert.deepEqual(found, [
      [null, 'noAnswer'],
      [5, null],
      [null, 'noAnswer'],
    ]);
    const [, second, third] = readings;
    // Nobody waits there again while the first look has not come back, and afterwards all is as ever.
    assert.deepEqual(second, { found, looks: 1 });
    assert.deepEqual(third.found, [
      [null, 'missing'],
      [5, null],
      [null, 'missing'],
    ]);
  });

  it('of files that fall silent after their folder answered are given up as well', async () => {
    const silent = join(folder, 'silent.avhdx');
    writeFileSync(silent, 'x');
    const { found, readings } = await sizesOf([silent, join(folder, 'gone.avhdx')], [silent], 300);
    assert.deepEqual(found, [
      [null, 'noAnswer'],
      [null, 'missing'],
    ]);
    assert.equal(readings[1].looks, 1);
    assert.deepEqual(readings[2].found, [
      [1, null],
      [null, 'missing'],
    ]);
  });
});
