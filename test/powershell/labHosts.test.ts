// The demo lab's hosts: names that are no identity, German texts, faults, somebody else's changes, the same lab twice.
import assert from 'node:assert/strict';
import { defaultLabSpec } from '../../src/lab/lab';
import { inLab } from '../support/labEngine';

const german = defaultLabSpec.hosts.findIndex(({ name }) => name === 'HV-MUENCHEN');

describe('hosts of the demo lab', function () {
  this.timeout(60_000);

  it('take names as wildcards, and find both VMs of one name', async () => {
    const counts = await inLab(
      {},
      `$answer = @(
         @(Hyper-V\\Get-VM -Name 'test-client').Count, @(Hyper-V\\Get-VM -Name 'TEST*').Count, @(Hyper-V\\Get-VM -Name 'nobody*').Count,
         @(Hyper-V\\Get-VM).Count)`,
      1,
    );
    assert.deepEqual(counts, [2, 2, 0, 6]);
  });

  it('do not find a VM with brackets by its own name, but by its id', async () => {
    const hostile = defaultLabSpec.hosts[1]?.vms?.find(({ name }) => name.includes('['));
    assert.ok(hostile?.id);
    const answer = await inLab(
      {},
      `$vm = Hyper-V\\Get-VM -Id '${hostile.id}' -ErrorAction Stop
       $answer = @{ name = $vm.Name; byName = @(Hyper-V\\Get-VM -Name $vm.Name -ErrorAction SilentlyContinue).Count; services = @(Hyper-V\\Get-VMIntegrationService -VM $vm).Count }`,
      1,
    );
    assert.deepEqual(answer, { name: hostile.name, byName: 0, services: 6 });
  });

  it('give integration services the real shape: id in capitals, statuses null while the VM is off', async () => {
    const answer = await inLab(
      {},
      `function One([string]$Vm) { $s = @(Hyper-V\\Get-VMIntegrationService -VMName $Vm -Name 'Heartbeat')[0]; @($s.Id, $s.Enabled, $s.PrimaryOperationalStatus, $s.PrimaryStatusDescription, $s.SecondaryStatusDescription) }
       $answer = @{ on = @(One 'DC01'); off = @(One 'build-golden') }`,
    );
    const id = (vm: string): string => `Microsoft:5B1C0A11-${vm}\\84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47`;
    assert.deepEqual(answer, {
      on: [id('0001-4D0C-9A01-D0C0D0C00001'), true, 'Ok', 'OK', 'OK'],
      off: [id('0006-4D0C-9A01-D0C0D0C00006'), true, null, null, null],
    });
  });

  it('that speak German name services and statuses in German, with umlauts, and refuse English names', async () => {
    const answer = await inLab(
      {},
      `$answer = @{
         names = @(Hyper-V\\Get-VMIntegrationService -VMName 'Gästeportal' | ForEach-Object { $_.Name })
         status = (@(Hyper-V\\Get-VMIntegrationService -VMName 'Gästeportal' -Name 'VSS')[0]).PrimaryStatusDescription
         english = (Failure { Hyper-V\\Get-VMIntegrationService -VMName 'Gästeportal' -Name 'Heartbeat' -ErrorAction Stop }).id
         codes = @(Ask 'Msvm_ComputerSystem' '' @('EnabledState') | ForEach-Object { [int]$_.EnabledState })
       }`,
      german,
    );
    assert.deepEqual(answer, {
      names: [
        'Gastdienstschnittstelle',
        'Takt',
        'Austausch von Schlüsselwertepaaren',
        'Herunterfahren',
        'Zeitsynchronisierung',
        'VSS',
      ],
      status: 'Kein Kontakt',
      english: 'InvalidParameter,Microsoft.HyperV.PowerShell.Commands.GetVMIntegrationServiceCommand',
      codes: [2, 2, 2, 2, 3],
    });
  });

  it('refuse to switch a service of a saved VM', async () => {
    const answer = (await inLab(
      {},
      `$vm = @(Hyper-V\\Get-VM -Name 'test-client' | Where-Object { $_.State -eq 'Saved' })[0]
       $answer = Failure { @(Hyper-V\\Get-VMIntegrationService -VM $vm)[0] | Hyper-V\\Enable-VMIntegrationService -ErrorAction Stop }`,
      1,
    )) as { id: string };
    assert.equal(answer.id, 'InvalidState,Microsoft.HyperV.PowerShell.Commands.EnableVMIntegrationService');
  });

  it('without rights find nothing by CIM and say so by cmdlet', async () => {
    const answer = await inLab(
      { faults: [{ kind: 'accessDenied' }] },
      `$f = Failure { Hyper-V\\Get-VM -ErrorAction Stop }
       $answer = @(@(Ask 'Msvm_ComputerSystem').Count, @(Ask 'Msvm_VirtualSystemManagementService').Count, $f.id, $f.category, $f.target)`,
    );
    assert.deepEqual(answer, [0, 0, 'Unspecified,Microsoft.HyperV.PowerShell.Commands.GetVM', 'NotSpecified', '']);
  });

  it('with a stopped management service fail without a target, and show the service stopped', async () => {
    const answer = await inLab(
      {},
      `[void](Set-HvLabFault -Kind serviceStopped)
       $f = Failure { Hyper-V\\Get-VM -ErrorAction Stop }
       $service = CimCmdlets\\Get-CimInstance -Namespace 'root\\cimv2' -ClassName Win32_Service -Filter "Name='vmms'" -Property State
       $cim = (Failure { Ask 'Msvm_ComputerSystem' }).id
       [void](Set-HvLabFault -Kind all)
       $answer = @($f.id, $f.category, $f.target, $service.State, $cim, @(Ask 'Msvm_ComputerSystem').Count)`,
    );
    assert.deepEqual(answer, [
      'ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.GetVM',
      'ObjectNotFound',
      '',
      'Stopped',
      'HRESULT 0x80041013,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
      8,
    ]);
  });

  it('fail once with the code of a fault, for the VM and method it names', async () => {
    const answer = await inLab(
      {
        faults: [
          { kind: 'errorOnce', on: 'RequestStateChange', vm: 'DC01', code: 32_774 },
          { kind: 'zeroRows', on: 'Msvm_VssComponent' },
        ],
      },
      `$answer = @([int](Power 'build-golden' 2).ReturnValue, [int](Power 'DC01' 9).ReturnValue, [int](Power 'DC01' 9).ReturnValue, @(Ask 'Msvm_VssComponent').Count, @(Ask 'Msvm_ShutdownComponent').Count)`,
    );
    assert.deepEqual(answer, [4096, 32_774, 4096, 0, 5]);
  });

  it('pass on what a guest garbled, and leave the others alone', async () => {
    const answer = await inLab(
      { faults: [{ kind: 'malformedItem', vm: 'DC01' }] },
      `$items = (Component 'DC01' 'Msvm_KvpExchangeComponent').CimInstanceProperties['GuestIntrinsicExchangeItems'].Value
       $bad = @($items | Where-Object { -not $_.EndsWith('</INSTANCE>') }).Count
       $answer = @($items.Count, $bad, ($null -eq (Component 'DC01' 'Msvm_VssComponent').CimInstanceProperties['OperationalStatus'].Value), (Status 'web-ubuntu' 'Msvm_VssComponent'))`,
    );
    assert.deepEqual(answer, [12, 1, true, '2']);
  });

  it('hang in a way that can be stopped, until the fault is gone', async () => {
    const answer = await inLab(
      {},
      `[void](Set-HvLabFault -Kind hang -On 'Msvm_ComputerSystem')
       $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2()); $runspace.Open()
       $runspace.SessionStateProxy.SetVariable('Lab', $state)
       $shell = [powershell]::Create(); $shell.Runspace = $runspace
       [void]$shell.AddScript($prelude + [char]10 + 'Enter-SessionPrelude -State $Lab; CimCmdlets\\Get-CimInstance -Namespace root\\virtualization\\v2 -ClassName Msvm_ComputerSystem')
       $handle = $shell.BeginInvoke()
       $hung = -not $handle.AsyncWaitHandle.WaitOne(1500)
       $other = @(Ask 'Msvm_VssComponent').Count
       $shell.Stop()
       [void](Set-HvLabFault -Kind hang -Clear $true)
       $answer = @($hung, $other, [string]$shell.InvocationStateInfo.State, @(Ask 'Msvm_ComputerSystem').Count)`,
    );
    assert.deepEqual(answer, [true, 5, 'Stopped', 8]);
  });

  it('are one state for three runspaces at once', async () => {
    const answer = await inLab(
      { timeScale: 100, hosts: [{ name: 'A', vmsPerHost: 60 }] },
      `$work = @(
         'foreach ($i in 1..40) { [void](CimCmdlets\\Get-CimInstance -Namespace root\\virtualization\\v2 -ClassName Msvm_ComputerSystem -Property Name,EnabledState,OnTimeInMilliseconds) }',
         'foreach ($i in 1..40) { foreach ($vm in CimCmdlets\\Get-CimInstance -Namespace root\\virtualization\\v2 -ClassName Msvm_KvpExchangeComponent -Property SystemName,OperationalStatus) { [void]$vm.CimInstanceProperties["OperationalStatus"].Value } }',
         'foreach ($i in 0..39) { $id = [guid]$Lab.Vms[$i].Id; [void](Invoke-HvLabTouch -Action rename -Id $id -Name "renamed"); [void](Invoke-HvLabTouch -Action state -Id $id -State (2 + $i % 2)) }')
       $shells = @(foreach ($text in $work) {
         $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2()); $runspace.Open()
         $runspace.SessionStateProxy.SetVariable('Lab', $state)
         $shell = [powershell]::Create(); $shell.Runspace = $runspace
         [void]$shell.AddScript('$ErrorActionPreference = "Stop"; Set-StrictMode -Version 2' + [char]10 + $prelude + [char]10 + 'Enter-SessionPrelude -State $Lab' + [char]10 + $text)
         @{ shell = $shell; handle = $shell.BeginInvoke() }
       })
       foreach ($one in $shells) { [void]$one.shell.EndInvoke($one.handle) }
       $all = @(Ask 'Msvm_ComputerSystem' '' @('ElementName', 'EnabledState'))
       $answer = @($all.Count, @($all | Where-Object { $_.ElementName -eq 'renamed' }).Count, @($shells | Where-Object { $_.shell.HadErrors }).Count)`,
    );
    assert.deepEqual(answer, [61, 40, 0]);
  });

  it('change by the hand of somebody else, and go back to their description', async () => {
    const answer = await inLab(
      {},
      `$id = [guid]((Vm 'DC01').Name); $new = [guid]'11111111-2222-4333-8444-555555555555'
       [void](Ask 'Msvm_ComputerSystem' '' @('ElementName', 'EnabledState'))
       [void](Invoke-HvLabTouch -Action rename -Id $id -Name 'DC02')
       [void](Invoke-HvLabTouch -Action state -Id $id -State 3)
       [void](Invoke-HvLabTouch -Action create -Id $new -Name 'newcomer' -State 2)
       [void](Invoke-HvLabTouch -Action delete -Id ([guid]((Vm 'web-ubuntu').Name)))
       $names = @(Ask 'Msvm_ComputerSystem' '' @('ElementName', 'EnabledState') | ForEach-Object { $_.ElementName })
       $changed = @((State 'DC02'), (Status 'newcomer' 'Msvm_HeartbeatComponent'), $names.Count, ($names -contains 'web-ubuntu'))
       [void](Reset-HvLab)
       $answer = $changed + @((State 'DC01'), @(Ask 'Msvm_ComputerSystem').Count)`,
    );
    assert.deepEqual(answer, [3, '12', 8, false, 2, 8]);
  });

  it('run as fast as the time scale says', async () => {
    const answer = await inLab(
      { timeScale: 1000, hosts: [{ name: 'H', vms: [{ name: 'w', state: 'off' }] }] },
      `[void](Power 'w' 2); [System.Threading.Thread]::Sleep(200); $answer = @((State 'w'), (Status 'w' 'Msvm_VssComponent'))`,
    );
    assert.deepEqual(answer, [2, '2']);
  });

  it('cost little themselves, for 2,000 VMs too', async () => {
    const costs = (await inLab(
      { hosts: [{ name: 'BIG', vmsPerHost: 2000 }] },
      `$classes = @('Msvm_ComputerSystem', 'Msvm_VirtualSystemSettingData', 'Msvm_SummaryInformation')
       foreach ($word in 'Shutdown', 'TimeSync', 'KvpExchange', 'Heartbeat', 'Vss', 'GuestServiceInterface') { $classes += 'Msvm_' + $word + 'Component'; $classes += 'Msvm_' + $word + 'ComponentSettingData' }
       function Inventory {
         $watch = [System.Diagnostics.Stopwatch]::StartNew(); $rows = 0
         foreach ($class in $classes) {
           $keys = @{ Msvm_ComputerSystem = 'Name', 'ElementName', 'EnabledState', 'OnTimeInMilliseconds'; Msvm_SummaryInformation = 'Name', 'MemoryUsage', 'NumberOfProcessors' }[$class]
           if ($null -eq $keys) { $keys = 'InstanceID'; if ($class.EndsWith('Component')) { $keys = 'SystemName', 'OperationalStatus', 'StatusDescriptions' } }
           $rows += @(Ask $class '' $keys).Count
         }
         @{ rows = $rows; ms = [int]$watch.ElapsedMilliseconds }
       }
       $first = Inventory; $second = Inventory
       [void](Invoke-HvLabTouch -Action rename -Id ([guid]$state.Vms[7].Id) -Name 'other')
       $answer = @{ first = $first; second = $second; afterOneChange = Inventory }`,
    )) as Record<string, { rows: number; ms: number }>;
    console.log(`      2,000 VMs in the lab alone: ${JSON.stringify(costs)}`);
    assert.ok((costs['first']?.rows ?? 0) > 25_000);
    assert.equal(costs['second']?.rows, costs['first']?.rows);
    assert.equal(costs['afterOneChange']?.rows, costs['first']?.rows);
  });
});
