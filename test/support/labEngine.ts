// Runs PowerShell statements against the modules of the demo lab, in a plain process of the real engine: no session,
// no dispatcher, so that a failure here is one of the lab.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { labScript, parseLabSpec } from '../../src/lab/lab';

const mark = '@answer ';

/** Short words for what the tests ask again and again. */
const words = String.raw`
$namespace = 'root\virtualization\v2'
function Ask([string]$Class, [string]$Filter = '', [string[]]$Property = @()) {
    $query = @{ Namespace = $namespace; ClassName = $Class; ErrorAction = 'Stop' }
    if ($Filter -ne '') { $query.Filter = $Filter }
    if ($Property.Count -gt 0) { $query.Property = $Property }
    CimCmdlets\Get-CimInstance @query
}
function Vm([string]$Name) { @(Ask 'Msvm_ComputerSystem' ("ElementName='" + $Name + "'"))[0] }
function State([string]$Name) { [int](Vm $Name).CimInstanceProperties['EnabledState'].Value }
function Component([string]$Name, [string]$Class) { $id = (Vm $Name).Name; @(Ask $Class "SystemName='$id'")[0] }
function Status([string]$Name, [string]$Class) {
    $found = Component $Name $Class
    if ($null -eq $found) { return 'none' }
    [string]::Join('/', $found.CimInstanceProperties['OperationalStatus'].Value)
}
function Power([string]$Name, [int]$State) {
    CimCmdlets\Invoke-CimMethod -InputObject (Vm $Name) -MethodName RequestStateChange -Arguments @{ RequestedState = [uint16]$State } -ErrorAction Stop
}
function Guest([string]$Name, [string]$Method = 'InitiateShutdown', [bool]$Force = $false) {
    $arguments = @{ Force = $Force; Reason = 'test' }
    [int](CimCmdlets\Invoke-CimMethod -InputObject (Component $Name 'Msvm_ShutdownComponent') -MethodName $Method -Arguments $arguments -ErrorAction Stop).ReturnValue
}
function Job($Result) {
    $job = CimCmdlets\Get-CimInstance -InputObject $Result.Job -ErrorAction Stop
    @{ state = [int]$job.JobState; code = [int]$job.ErrorCode; text = [string]$job.ErrorDescription }
}
function Later([int]$Ms) { [void](Step-HvLabClock -Ms $Ms) }
function Failure([scriptblock]$Block) {
    try { [void](& $Block) } catch {
        return @{ id = $_.FullyQualifiedErrorId; category = [string]$_.CategoryInfo.Category; reason = $_.CategoryInfo.Reason; target = [string]$_.TargetObject; text = $_.Exception.Message }
    }
    'did not fail'
}
`;

/**
 * Runs `body`, which assigns `$answer`, on one host of a lab and gives that answer.
 * The lab's clock runs 0.001 times as fast as the real one unless the spec says otherwise: only `Later` moves it.
 */
export async function inLab(json: Record<string, unknown>, body: string, hostIndex = 0): Promise<unknown> {
  const { prelude } = labScript(parseLabSpec({ timeScale: 0.001, ...json }), hostIndex);
  const folder = await mkdtemp(path.join(tmpdir(), 'hyperv-lab-'));
  try {
    const data = path.join(folder, 'data.json');
    const text = path.join(folder, 'prelude.ps1');
    const script = path.join(folder, 'test.ps1');
    await writeFile(text, prelude.text);
    await writeFile(data, JSON.stringify(prelude.data));
    await writeFile(script, scriptText(prelude.text, body));
    const { stdout } = await promisify(execFile)(powershell(), ['-NoProfile', '-NonInteractive', '-File', script], {
      env: { ...process.env, LAB_TEST_DATA: data, LAB_TEST_PRELUDE: text, NO_COLOR: '1' },
      maxBuffer: 64 * 1024 * 1024,
    });
    const line = stdout.split('\n').find((text) => text.startsWith(mark));
    assert.ok(line !== undefined, `no answer, but: ${stdout.slice(0, 2000)}`);
    return JSON.parse(line.slice(mark.length));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function powershell(): string {
  const executable = process.env['HYPERV_LAB_POWERSHELL'];
  assert.ok(executable, 'HYPERV_LAB_POWERSHELL names the PowerShell to test with');
  return executable;
}

/** A byte order mark lets Windows PowerShell read the file as UTF-8. */
function scriptText(prelude: string, body: string): string {
  return [
    '\uFEFF$ErrorActionPreference = "Stop"; $ProgressPreference = "SilentlyContinue"; Set-StrictMode -Version 2',
    '[Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)',
    prelude,
    '$prelude = [System.IO.File]::ReadAllText($env:LAB_TEST_PRELUDE)',
    '$state = New-SessionPreludeState -Data (ConvertFrom-Json ([System.IO.File]::ReadAllText($env:LAB_TEST_DATA)))',
    'Enter-SessionPrelude -State $state',
    words,
    '$answer = $null',
    body,
    `[Console]::Out.WriteLine('${mark}' + (ConvertTo-Json -Compress -Depth 6 -InputObject $answer))`,
  ].join('\n');
}
