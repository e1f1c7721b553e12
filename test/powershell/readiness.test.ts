import assert from 'node:assert/strict';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { runScript } from '../support/engineScript';
import { labForSuite } from '../support/labHost';
import { skipUnless } from '../support/skip';

describe('a look at what keeps Hyper-V from being used', () => {
  const lab = labForSuite({ vmsPerHost: 1 });

  it('sees a service that runs and can be read', async () => {
    const { serviceState, canRead } = await lab.client.probe();
    assert.deepEqual({ serviceState, canRead }, { serviceState: 'running', canRead: true });
  });

  it('sees a service that is stopped', async () => {
    await lab.client.call('lab.fault', { kind: 'serviceStopped' });
    const { serviceState, canRead } = await lab.client.probe();
    assert.deepEqual({ serviceState, canRead }, { serviceState: 'stopped', canRead: false });
  });

  it('sees that there is no service', async () => {
    await lab.client.call('lab.fault', { kind: 'zeroRows', on: 'Win32_Service' });
    assert.equal((await lab.client.probe()).serviceState, 'missing');
  });

  it('cannot read what is hidden from this user', async () => {
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    assert.equal((await lab.client.probe()).canRead, false);
  });

  it('knows no groups and no account where the system has none', async function () {
    skipUnless(this, process.platform !== 'win32', 'Windows has both');
    const { tokenHasGroup, accountInGroup, elevated, accountSid } = await lab.client.probe();
    assert.deepEqual([tokenHasGroup, accountInGroup, elevated, accountSid], [null, null, null, null]);
  });
});

describe('the module path of a host', () => {
  const script = [
    '. $env:HV_SCRIPT',
    "$folder = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'hv-' + [guid]::NewGuid().ToString('N'))",
    "$null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($folder, 'Hyper-V', '2.0.0.0'))",
    "$env:PSModulePath = '' + [System.IO.Path]::PathSeparator + '\"' + $folder + '\"'",
    '$fact = Get-HvModuleFact',
    '[System.IO.Directory]::Delete($folder, $true)',
    '[Console]::Out.WriteLine((ConvertTo-Json -InputObject @{ found = $fact.Found; version = $fact.Version }))',
  ].join('\n');

  it('is read as Windows does, where an entry may be empty or stand in quotation marks', async () => {
    assert.deepEqual(await runScript(script, { HV_SCRIPT: hostFunctions }), { found: true, version: '2.0.0.0' });
  });
});

describe('a host of which nothing can be found out', () => {
  /** Every query fails, the one for the Windows service included. */
  const script = [
    "$ErrorActionPreference = 'Stop'",
    "$null = New-Module -Name 'CimCmdlets' -ScriptBlock {",
    '    function Get-CimInstance {',
    '        [CmdletBinding()] param([string]$Namespace, [string]$ClassName, [string[]]$Property, [string]$Filter)',
    "        throw [System.Management.Automation.ErrorRecord]::new([System.Exception]::new('no'), 'HRESULT 0x80041001,X', 'NotSpecified', $null)",
    '    }',
    '} | Import-Module -Global -PassThru',
    '. $env:HV_SCRIPT',
    'Set-StrictMode -Version 2',
    '$facts = Get-HvReadiness',
    'try { $null = Get-HvInventory } catch { $failure = [string]$_.FullyQualifiedErrorId }',
    '[Console]::Out.WriteLine((ConvertTo-Json -InputObject @{ state = $facts.serviceState; canRead = $facts.canRead; failure = $failure }))',
  ].join('\n');

  it('is not told to be stopped or missing: its service is unknown, and a failure is passed on as it is', async () => {
    assert.deepEqual(await runScript(script, { HV_SCRIPT: hostFunctions }), {
      state: null,
      canRead: false,
      failure: 'HRESULT 0x80041001,X',
    });
  });
});
