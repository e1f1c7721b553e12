// What a host tells by itself, and reading the VMs that it told of: over a real session, with the demo lab as the host.
import assert from 'node:assert/strict';
import type { VmId, VmRecord } from '../../src/domain/vm';
import type { HostChanges } from '../../src/hyperv/api';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { runScript } from '../support/engineScript';
import { labForSuite, labGuid, labVmId, openLab, refused } from '../support/labHost';

const long = 25_000;
const first = labVmId(1);
const vms = [
  { name: 'one', id: labGuid(1), state: 'off' },
  { name: 'two', id: labGuid(2), state: 'running', uptimeSeconds: 3_600 },
];
/** Without what goes on by itself. */
const still = (vm: VmRecord): VmRecord => ({ ...vm, uptimeMs: null });
const nothing: HostChanges = { changed: [], listChanged: false };

describe('a watched host', function () {
  this.timeout(60_000);
  const lab = labForSuite({ hosts: [{ name: 'HV1', vms }] });
  const touch = (action: string, id: string, more: object = {}): Promise<unknown> =>
    lab.client.call('lab.touch', { action, id, ...more });

  // The first look asks the host to tell. Once it has told of a VM that came and went, it has told what came before.
  beforeEach(async () => {
    await lab.client.call('lab.fault', { kind: 'all' });
    await lab.client.watch(0);
    await lab.client.call('lab.reset', {});
    for (const [action, more] of [['create', { name: 'last' }] as const, ['delete', {}] as const]) {
      await touch(action, labGuid(99), more);
      while (!(await lab.client.watch(long)).listChanged);
    }
  });

  it('tells of a VM that somebody else started', async () => {
    const told = lab.client.watch(long);
    await touch('state', first, { state: 2 });
    assert.deepEqual(await told, { changed: [first], listChanged: false });
  });

  it('tells of a VM that got another name', async () => {
    await touch('rename', first, { name: 'eins' });
    assert.deepEqual(await lab.client.watch(long), { changed: [first], listChanged: false });
  });

  it('tells that VMs came and went', async () => {
    await touch('create', labGuid(7), { name: 'seven' });
    assert.deepEqual(await lab.client.watch(long), { changed: [], listChanged: true });
    await touch('delete', labGuid(7));
    assert.deepEqual(await lab.client.watch(long), { changed: [], listChanged: true });
  });

  it('tells of a change that a job of the host makes in its own time', async () => {
    await lab.client.change('vm.start', { id: first });
    await lab.client.call('lab.advance', { ms: 60_000 });
    const told = await lab.client.watch(long);
    assert.deepEqual(told.changed, [first]);
  });

  it('tells nothing when only a service is switched, and says so when the time is over', async () => {
    await lab.client.change('service.set', { id: labVmId(2), service: 'vss', enabled: false });
    assert.deepEqual(await lab.client.watch(600), nothing);
    assert.deepEqual(await lab.client.watch(0), nothing);
  });

  it('keeps what happens while nobody waits', async () => {
    await touch('state', first, { state: 2 });
    await touch('rename', labGuid(2), { name: 'zwei' });
    const changed = new Set<VmId>();
    while (changed.size < 2) for (const id of (await lab.client.watch(long)).changed) changed.add(id);
    assert.deepEqual([...changed].sort(), [first, labVmId(2)]);
  });

  it('is read and changed while somebody waits, who uses the session as little as nobody', async () => {
    const told = lab.client.watch(long);
    assert.equal((await lab.client.inventory()).vms.length, 2);
    await lab.client.change('service.set', { id: labVmId(2), service: 'vss', enabled: true });
    assert.equal((await lab.client.diagnostics()).session?.pending, 0);
    // A runspace is busy for a moment after it has answered.
    while ((await lab.client.diagnostics()).session?.health?.running !== 0);
    await touch('state', first, { state: 2 });
    assert.deepEqual((await told).changed, [first]);
  });

  it('goes on telling after somebody stopped waiting', async () => {
    const nobody = new AbortController();
    const cancelled = refused(lab.client.watch(long, nobody.signal), 'cancelled');
    await lab.client.inventory();
    nobody.abort();
    assert.equal((await cancelled).outcome, 'none');
    await touch('state', first, { state: 2 });
    assert.deepEqual((await lab.client.watch(long)).changed, [first]);
  });

  it('is asked anew after it fell silent without a word', async () => {
    const told = refused(lab.client.watch(long), 'failed');
    await lab.client.call('lab.fault', { kind: 'indicationsEnd' });
    await told;
    await lab.client.call('lab.fault', { kind: 'all' });
    assert.deepEqual(await lab.client.watch(0), nothing);
    await touch('state', first, { state: 2 });
    assert.deepEqual((await lab.client.watch(long)).changed, [first]);
  });

  it('that fell silent without a word and without an end tells again when it is asked anew', async () => {
    await lab.client.call('lab.fault', { kind: 'indicationsSilent' });
    while (((await lab.client.call('lab.fault', { kind: 'hang', clear: true })) as { faults: number }).faults > 0);
    await touch('state', first, { state: 2 });
    assert.deepEqual(await lab.client.watch(1_000), nothing);
    assert.deepEqual(await lab.client.watch(0, undefined, true), nothing);
    await touch('rename', first, { name: 'eins' });
    assert.deepEqual(await lab.client.watch(long), { changed: [first], listChanged: false });
  });

  it('names a stopped service, also when it is asked to tell', async () => {
    const told = refused(lab.client.watch(long), 'serviceStopped');
    await lab.client.call('lab.fault', { kind: 'serviceStopped' });
    await told;
    await refused(lab.client.watch(0), 'serviceStopped');
  });

  it('names missing rights', async () => {
    await lab.client.call('lab.fault', { kind: 'indicationsEnd' });
    await refused(lab.client.watch(long), 'failed');
    await lab.client.call('lab.fault', { kind: 'all' });
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await refused(lab.client.watch(0), 'accessDenied');
  });

  it('ends its session although somebody waits', async () => {
    const other = await openLab({ hosts: [{ name: 'HV1', vms }] });
    await other.client.watch(0);
    const told = refused(other.client.watch(long), 'sessionLost');
    await other.client.inventory();
    await other.client.stop();
    assert.equal((await told).outcome, 'none');
  });

  it('is never waited for longer than a session can be held', async () => {
    await refused(lab.client.watch(25_001), 'badRequest');
    await refused(lab.client.watch(-1), 'badRequest');
  });
});

describe('a watched host with many VMs', function () {
  this.timeout(120_000);
  const lab = labForSuite({ vmsPerHost: 500, timeScale: 0.0001 });

  it('tells what happens together in one answer', async () => {
    const all = (await lab.client.inventory()).vms.map(({ id }) => id);
    await lab.client.watch(0);
    for (const id of all) await lab.client.call('lab.touch', { action: 'rename', id, name: `new ${id}` });
    const told = new Set<VmId>();
    while (told.size < all.length) for (const id of (await lab.client.watch(long)).changed) told.add(id);
    // All of them get their old names back at one moment.
    await lab.client.call('lab.reset', {});
    const again = await lab.client.watch(long);
    assert.deepEqual([...again.changed].sort(), [...all].sort());
  });

  it('reads several of them as the inventory does', async () => {
    const { vms: all } = await lab.client.inventory();
    const some = all.slice(0, 120);
    const found = await lab.client.readVms(some.map(({ id }) => id));
    assert.deepEqual(found.map(still), some.map(still));
    assert.deepEqual(await lab.client.readVms([]), []);
  });

  it('leaves out those that are gone, and reads each once', async () => {
    const [one, two] = (await lab.client.inventory()).vms;
    assert.ok(one && two);
    const found = await lab.client.readVms([one.id, labVmId(404), two.id, one.id]);
    assert.deepEqual(
      found.map(({ id }) => id),
      [one.id, two.id],
    );
    assert.deepEqual(await lab.client.readVms([labVmId(404)]), []);
  });

  it('tells those that are gone from those that nobody may see', async () => {
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await refused(lab.client.readVms([labVmId(404)]), 'accessDenied');
    await lab.client.call('lab.fault', { kind: 'all' });
  });

  it('refuses ids that are none, and too many at once', async () => {
    for (const id of ["' OR '1'='1", `{${labGuid(1)}}`, `${labGuid(1)}' OR Name<>'`, ' ', ''])
      await refused(lab.client.call('vm.readMany', { ids: [id] }), 'badRequest');
    await refused(lab.client.call('vm.readMany', { ids: [] }), 'badRequest');
    const many = Array.from({ length: 51 }, (_, number) => labGuid(number));
    await refused(lab.client.call('vm.readMany', { ids: many }), 'badRequest');
  });
});

describe('events of a host', () => {
  it('that tell of no VM are passed over', async () => {
    const answer = await runScript(
      String.raw`
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2
$null = New-Module -Name 'CimCmdlets' -ScriptBlock {
    function Get-CimInstance { [CmdletBinding()] param([string]$Namespace, [string]$ClassName, [string[]]$Property, [string]$Filter) }
    function Register-CimIndicationEvent {
        [CmdletBinding()] param([string]$Namespace, [string]$Query, [string]$SourceIdentifier)
        $null = $ExecutionContext.Events.SubscribeEvent($null, '', $SourceIdentifier, $null, [scriptblock]$null, $false, $false)
    }
} | Import-Module -Global -PassThru
. $env:HV_SCRIPT
function Send([string]$Key, $Target) {
    $arguments = [System.EventArgs]::new()
    $properties = @{ TargetInstance = [pscustomobject]@{ Value = $Target } }
    $arguments.PSObject.Properties.Add([psnoteproperty]::new('NewEvent', [pscustomobject]@{ CimInstanceProperties = $properties }))
    $null = $ExecutionContext.Events.GenerateEvent('HyperVLab.' + $Key, $null, @($arguments), $null, $true, $false)
}
function Named($Name) { [pscustomobject]@{ CimInstanceProperties = @{ Name = [pscustomobject]@{ Value = $Name } } } }
$null = Wait-HvChange -WaitMs 0
$id = 'A0000000-0000-4000-8000-000000000001'
foreach ($name in 'HV-HOST1', ($id + [char]10), ($id + '; DROP'), '', $null, 5) { Send 'changed' (Named $name) }
Send 'changed' $null
Send 'changed' 'no instance'
Send 'other' (Named $id)
$null = $ExecutionContext.Events.GenerateEvent('HyperVLab.changed', $null, @('no arguments'), $null, $true, $false)
$null = $ExecutionContext.Events.GenerateEvent('Somebody.Else', $null, @(), $null, $true, $false)
$first = Wait-HvChange -WaitMs 300
foreach ($i in 1, 2) { Send 'changed' (Named $id) }
Send 'created' (Named $id.ToLowerInvariant())
Send 'deleted' (Named $id.Replace('1', '2'))
$second = Wait-HvChange -WaitMs 25000
[Console]::Out.WriteLine((ConvertTo-Json -Compress -InputObject @($first, $second)))
`,
      { HV_SCRIPT: hostFunctions },
    );
    const id = 'A0000000-0000-4000-8000-000000000001';
    assert.deepEqual(answer, [
      { changed: [], created: [], deleted: [] },
      { changed: [id], created: [id.toLowerCase()], deleted: [id.replaceAll('1', '2')] },
    ]);
  });
});
