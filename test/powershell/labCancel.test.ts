// The demo lab under calls that are stopped: its lock comes back, and what was half done is done or not there.
import assert from 'node:assert/strict';
import { inLab } from '../support/labEngine';

/** A second runspace on the same lab; `Begin` runs a text in it without waiting. */
const second = `
$runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2()); $runspace.ThreadOptions = 'ReuseThread'; $runspace.Open()
$runspace.SessionStateProxy.SetVariable('Lab', $state)
$inside = [System.Threading.ManualResetEventSlim]::new($false)
$runspace.SessionStateProxy.SetVariable('Inside', $inside)
function Begin([string]$Text) {
  $shell = [powershell]::Create(); $shell.Runspace = $runspace
  [void]$shell.AddScript($Text)
  @{ shell = $shell; handle = $shell.BeginInvoke() }
}
function Prepare() { $one = Begin ($prelude + [char]10 + 'Enter-SessionPrelude -State $Lab'); [void]$one.shell.EndInvoke($one.handle) }
function IsFree() { $free = [System.Threading.Monitor]::TryEnter($state.SyncRoot, 10000); if ($free) { [System.Threading.Monitor]::Exit($state.SyncRoot) }; $free }
# Runs a text in which a function of the lab reports that it was reached and stays there until it is stopped.
function StopInside([string]$Function, [string]$Text) {
  $inside.Reset()
  $stay = '$old = \${function:' + $Function + '}; function global:' + $Function + ' { $Inside.Set(); while ($true) { [System.Threading.Thread]::Sleep(1) } }'
  $one = Begin ($stay + [char]10 + 'try { ' + $Text + ' } finally { \${function:global:' + $Function + '} = $old }')
  $reached = $inside.Wait(20000)
  $one.shell.Stop()
  $reached
}
Prepare
`;

describe('stopped calls in the demo lab', function () {
  this.timeout(120_000);

  it('leave no half list of rows behind', async () => {
    const answer = await inLab(
      {},
      `${second}
       $ask = "CimCmdlets\\Get-CimInstance -Namespace root\\virtualization\\v2 -ClassName Msvm_ShutdownComponent -Property OperationalStatus"
       $reached = StopInside 'Add-HvLabRows' $ask
       $answer = @($reached, (IsFree), @(Ask 'Msvm_ShutdownComponent' '' @('OperationalStatus')).Count)`,
    );
    assert.deepEqual(answer, [true, true, 5]);
  });

  it('do not lose the end of a transition', async () => {
    const answer = await inLab(
      {},
      `${second}
       [void](Power 'build-golden' 2)
       $state.Clock.OffsetMs += 60000
       $reached = StopInside 'Set-HvLabPower' '[void](Hyper-V\\Get-VM)'
       $answer = @($reached, (IsFree), (State 'build-golden'))`,
    );
    assert.deepEqual(answer, [true, true, 2]);
  });

  it('do not leave a VM in transition for ever', async () => {
    const answer = await inLab(
      {},
      `${second}
       $start = '[void](CimCmdlets\\Invoke-CimMethod -InputObject (CimCmdlets\\Get-CimInstance -Namespace root\\virtualization\\v2 -ClassName Msvm_ComputerSystem -Filter "ElementName=''build-golden''") -MethodName RequestStateChange -Arguments @{ RequestedState = [uint16]2 })'
       $reached = StopInside 'Set-HvLabChanged' $start
       Later 60000
       $answer = @($reached, (State 'build-golden'))`,
    );
    assert.deepEqual(answer, [true, 2]);
  });

  it('cannot leave a reset half done', async () => {
    const answer = await inLab(
      {},
      `${second}
       $reached = StopInside 'Add-HvLabVm' '[void](Reset-HvLab)'
       $answer = @($reached, (IsFree), @(Ask 'Msvm_ComputerSystem').Count)`,
    );
    assert.deepEqual(answer, [true, true, 8]);
  });

  it('give the lock back, wherever they were', async () => {
    const answer = (await inLab(
      {},
      `${second}
       # Short calls only: much of their time goes into taking the lock and giving it back.
       $text = 'while ($true) { [void](Test-LabHang) }'
       [void](Set-HvLabFault -Kind hang -On 'Msvm_VssComponent')
       $one = Begin 'function global:Test-LabHang { Wait-HvLabHang "vmms" $null }'; [void]$one.shell.EndInvoke($one.handle)
       $seed = 20260101; $held = 0; $stopped = 0
       for ($i = 0; $i -lt 400 -and $held -eq 0; $i++) {
         $one = Begin $text
         $seed = [int](([long]$seed * 48271) % 2147483647)
         $until = [System.Diagnostics.Stopwatch]::GetTimestamp() + [long]([System.Diagnostics.Stopwatch]::Frequency * ($seed % 4000) / 1000000)
         while ([System.Diagnostics.Stopwatch]::GetTimestamp() -lt $until) { }
         $one.shell.Stop()
         if ([string]$one.shell.InvocationStateInfo.State -eq 'Stopped') { $stopped++ }
         if (-not (IsFree)) { $held = $i + 1 }
       }
       [void](Set-HvLabFault -Kind all)
       $answer = @{ held = $held; stopped = $stopped; rows = @(Ask 'Msvm_ComputerSystem').Count }`,
    )) as { held: number; stopped: number; rows: number };
    assert.deepEqual(answer, { held: 0, stopped: 400, rows: 8 });
  });
});
