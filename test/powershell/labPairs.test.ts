// Data exchange in the demo lab: pools of pairs, the methods that change them, guests that take or refuse them.
import assert from 'node:assert/strict';
import { inLab } from '../support/labEngine';

/** Short words for pairs: `Pairs 'vm' 'pool'` gives name=data texts, `Write 'Add' 'vm' @{...}` calls a method, `Done` waits. */
const words = String.raw`
$key = '2A34B1C2-FD73-4043-8A5B-DD2159BC743F'
function Text($Item) {
  $xml = [System.Xml.XmlDocument]::new(); $xml.PreserveWhitespace = $true; $xml.LoadXml($Item)
  $values = @{ Name = ''; Data = ''; Source = '' }
  foreach ($p in $xml.DocumentElement.SelectNodes('PROPERTY')) { $values[$p.GetAttribute('NAME')] = [string]$p.get_InnerText() }
  $values.Name + '=' + $values.Data + '|' + $values.Source
}
function Pairs([string]$Name, [string]$Pool) {
  $id = (Vm $Name).Name
  if ($Pool -eq 'GuestExchangeItems') { $row = Component $Name 'Msvm_KvpExchangeComponent' }
  else { $row = @(Ask 'Msvm_KvpExchangeComponentSettingData' "InstanceID LIKE 'Microsoft:$id%'" @('InstanceID', 'HostExchangeItems', 'HostOnlyItems'))[0] }
  if ($null -eq $row) { return 'none' }
  $value = $row.CimInstanceProperties[$Pool].Value
  if ($value -isnot [string[]]) { throw 'not a list of texts' }
  foreach ($item in $value) { Text $item }
}
function Escaped([string]$Text) { $Text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;').Replace([string][char]13, '&#13;') }
function Item([string]$Name, [string]$Data, [int]$Source = 0) {
  '<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem"><PROPERTY NAME="Data" TYPE="string"><VALUE>' + (Escaped $Data) + '</VALUE></PROPERTY><PROPERTY NAME="Name" TYPE="string"><VALUE>' + (Escaped $Name) + '</VALUE></PROPERTY><PROPERTY NAME="Source" TYPE="uint16"><VALUE>' + $Source + '</VALUE></PROPERTY></INSTANCE>'
}
function Write([string]$Verb, [string]$Name, [string[]]$Items) {
  $service = @(Ask 'Msvm_VirtualSystemManagementService')[0]
  CimCmdlets\Invoke-CimMethod -InputObject $service -MethodName ($Verb + 'KvpItems') -Arguments @{ TargetSystem = (Vm $Name); DataItems = $Items } -ErrorAction Stop
}
function Code([string]$Verb, [string]$Name, [string[]]$Items) { [int](Write $Verb $Name $Items).ReturnValue }
function Done($Result) {
  Later 20000
  $job = @(CimCmdlets\Get-CimInstance -Namespace $namespace -ClassName Msvm_ConcreteJob -Filter ("InstanceID='" + $Result.Job.InstanceID + "'") -Property JobState, ErrorCode, ErrorDescription -ErrorAction Stop)[0]
  [string]$job.JobState + '/' + $job.ErrorCode + '/' + [regex]::Match([string]$job.ErrorDescription, '0x[0-9A-F]{8}').Value
}
`;

function pairLab(body: string, json: Record<string, unknown> = {}): Promise<unknown> {
  return inLab(json, `${words}\n${body}`);
}

describe('data exchange of the demo lab', function () {
  this.timeout(60_000);

  it('adds, modifies and removes pairs by jobs that take their time', async () => {
    const answer = await pairLab(
      `$add = Write 'Add' 'DC01' @((Item 'a' '1'), (Item 'b' '2'))
       $running = (Job $add).state; $early = @(Pairs 'DC01' 'HostExchangeItems')
       $answer = @([int]$add.ReturnValue, $running, $early.Count, (Done $add), [string]::Join(' ', (Pairs 'DC01' 'HostExchangeItems')))
       $answer += @((Done (Write 'Modify' 'DC01' @((Item 'a' '3')))), (Done (Write 'Remove' 'DC01' @((Item 'b' '')))), [string]::Join(' ', (Pairs 'DC01' 'HostExchangeItems')))`,
    );
    assert.deepEqual(answer, [4096, 4, 0, '7/0/', 'a=1|0 b=2|0', '7/0/', '7/0/', 'a=3|0']);
  });

  it('fails in the job for what is there, or is not, and keeps the pairs before it', async () => {
    const answer = await pairLab(
      `[void](Done (Write 'Add' 'DC01' @((Item 'a' '1'))))
       $answer = @((Done (Write 'Add' 'DC01' @((Item 'b' '2'), (Item 'a' '9'), (Item 'c' '3')))), (Done (Write 'Modify' 'DC01' @((Item 'z' '1')))),
         (Done (Write 'Remove' 'DC01' @((Item 'z' '')))), [string]::Join(' ', (Pairs 'DC01' 'HostExchangeItems')))`,
    );
    assert.deepEqual(answer, ['10/32773/0x80070057', '10/32779/0x80070490', '7/0/', 'a=1|0 b=2|0']);
  });

  it('refuses at once what no host takes', async () => {
    const answer = await pairLab(
      `$long = 'x' * 256; $value = 'x' * 1024; $wide = [string][char]0x20AC
       $answer = @(
         (Code 'Add' 'DC01' @((Item $long '1'))), (Code 'Add' 'DC01' @((Item 'a' $value))), (Code 'Add' 'DC01' @((Item ($wide * 171) '1'))), (Code 'Add' 'DC01' @((Item 'a' ($wide * 683)))),
         (Code 'Add' 'DC01' @(1..129 | ForEach-Object { Item ('k' + $_) '' })), (Code 'Add' 'DC01' @()), (Code 'Add' 'DC01' @((Item '' '1'))), (Code 'Add' 'DC01' @((Item 'a' '1' 1))),
         (Code 'Add' 'DC01' @((Item 'a' '1'), (Item 'a' '2'))), (Code 'Add' 'DC01' @('not xml')), (Code 'Add' 'DC01' @((Item 'a' '1').Replace('1', '&#0;'))),
         (Code 'Add' 'DC01' @((Item 'a' ([string][char]0xD800)))), (Code 'Add' 'DC01' @('<!DOCTYPE x [<!ENTITY e "y">]>' + (Item 'a' '1'))), (Code 'Add' 'DC01' @((Item 'a' '1').Replace('DataItem"', 'Other"'))))`,
    );
    assert.deepEqual(answer, Array(14).fill(32_773));
  });

  it('takes the longest texts, and 128 pairs a call', async () => {
    const answer = await pairLab(
      `$answer = @((Done (Write 'Add' 'DC01' @((Item ('n' * 255) ('v' * 1023))))), (Done (Write 'Add' 'DC01' @(1..128 | ForEach-Object { Item ('k' + $_) '' }))), @(Pairs 'DC01' 'HostExchangeItems').Count)`,
    );
    assert.deepEqual(answer, ['7/0/', '7/0/', 129]);
  });

  it('passes hostile text through XML unchanged, in both directions', async () => {
    const texts = [
      '<VALUE>&amp;</VALUE>',
      ']]>',
      '<![CDATA[x]]>',
      '\u{1F680} \u05E9\u05DC\u05D5\u05DD \u202E',
      ' one\r\ntwo\nthree\t ',
      '"quotes" \'both\'',
      '{0}{1}$(x)',
    ];
    const answer = await pairLab(
      `$all = ConvertFrom-Json ([System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String('${Buffer.from(JSON.stringify(texts)).toString('base64')}')))
       [void](Done (Write 'Add' 'DC01' @($all | ForEach-Object { Item $_ $_ })))
       $id = [guid](Vm 'DC01').Name
       foreach ($text in $all) { [void](Invoke-HvLabTouch -Action pair -Id $id -Pool guest -Name $text -Data $text); [void](Invoke-HvLabTouch -Action pair -Id $id -Pool hostOnly -Name $text -Data $text) }
       $answer = @{ host = @(Pairs 'DC01' 'HostExchangeItems'); guest = @(Pairs 'DC01' 'GuestExchangeItems'); hostOnly = @(Pairs 'DC01' 'HostOnlyItems') }`,
    );
    const all = (source: number): string[] => texts.map((text) => `${text}=${text}|${source}`);
    assert.deepEqual(answer, { host: all(0), guest: all(1), hostOnly: all(4) });
  });

  it('tells names apart that differ by case or by a character of no width', async () => {
    const answer = await pairLab(
      `$names = 'key', 'KEY', ('key' + [char]0x200D), ('k' + [char]0xAD + 'ey')
       $answer = @((Done (Write 'Add' 'DC01' @($names | ForEach-Object { Item $_ 'x' }))), @(Pairs 'DC01' 'HostExchangeItems').Count)
       $answer += @((Done (Write 'Remove' 'DC01' @((Item $names[2] '')))), @(Pairs 'DC01' 'HostExchangeItems').Count)`,
    );
    assert.deepEqual(answer, ['7/0/', 4, '7/0/', 3]);
  });

  it('fails when nobody answers in the guest, or the host has the service off', async () => {
    const answer = await pairLab(
      `$daemonless = Done (Write 'Add' 'db-debian' @((Item 'a' '1')))
       Hyper-V\\Get-VMIntegrationService -VMName 'DC01' -Name 'Key-Value Pair Exchange' | Hyper-V\\Disable-VMIntegrationService
       $answer = @($daemonless, (Done (Write 'Add' 'DC01' @((Item 'a' '1')))), @(Pairs 'db-debian' 'HostExchangeItems').Count)
       [void](Power 'DC01' 9); Later 1000
       $answer += Done (Write 'Add' 'DC01' @((Item 'a' '1')))
       [void](Power 'web-ubuntu' 6)
       $answer += Code 'Add' 'web-ubuntu' @((Item 'a' '1'))`,
    );
    assert.deepEqual(answer, ['10/32768/0x800710DF', '10/32768/0x800710DF', 0, '10/32768/0x800710DF', 32_775]);
  });

  it('knows guests that take no long values', async () => {
    const vms = [{ name: 'old', exchange: { valueLimit: 511 } }];
    const answer = await pairLab(
      `$answer = @((Done (Write 'Add' 'old' @((Item 'a' ('x' * 511))))), (Done (Write 'Modify' 'old' @((Item 'a' ('x' * 512))))), @(Pairs 'old' 'HostExchangeItems')[0].Length)`,
      { hosts: [{ name: 'H', vms }] },
    );
    assert.deepEqual(answer, ['7/0/', '10/32768/0x80070057', 515]);
  });

  it('keeps what is written to a VM that is off, shows it empty, and delivers it at the start', async () => {
    const answer = await pairLab(
      `$id = [guid](Vm 'build-golden').Name
       $answer = @((Done (Write 'Add' 'build-golden' @((Item 'a' '1')))), @(Pairs 'build-golden' 'HostExchangeItems').Count, (Done (Write 'Add' 'build-golden' @((Item 'a' '2')))), (Pairs 'build-golden' 'GuestExchangeItems'))
       [void](Power 'build-golden' 2); Later 5000
       $answer += @((Invoke-HvLabTouch -Action pair -Id $id -Pool hostOnly -Name x -Data y).delivered.Count, (Done (Write 'Modify' 'build-golden' @((Item 'a' '3')))))
       $answer += [string]::Join(' ', (Invoke-HvLabTouch -Action pair -Id $id -Pool hostOnly -Name x -Remove $true).delivered)
       $answer += [string]::Join(' ', (Pairs 'build-golden' 'HostExchangeItems'))`,
    );
    assert.deepEqual(answer, [
      '7/0/',
      0,
      '10/32773/0x80070057',
      'none',
      0,
      '10/32768/0x800710DF',
      'role a',
      'role=golden image|0 a=1|0',
    ]);
  });

  it('changes host-only pairs at once, all or none, whatever the state of the VM', async () => {
    const answer = await pairLab(
      `$off = Write 'Add' 'build-golden' @((Item 'a' ('x' * 8000) 4))
       $answer = @([int]$off.ReturnValue, ($null -eq $off.Job), (Code 'Add' 'build-golden' @((Item 'b' '1' 4), (Item 'a' '1' 4))), (Code 'Modify' 'build-golden' @((Item 'z' '1' 4))), (Code 'Remove' 'build-golden' @((Item 'z' '' 4), (Item 'a' '' 4))),
         (Code 'Add' 'build-golden' @(1..128 | ForEach-Object { Item ('k' + $_) '' 4 })), [string]::Join(' ', (Pairs 'build-golden' 'HostOnlyItems')))`,
    );
    assert.deepEqual(answer, [0, true, 32_773, 32_779, 0, 32_773, 'built=2026-10-01|4']);
  });

  it('changes by the hand of guests and of a second administrator, as time goes by', async () => {
    const answer = await pairLab(
      `$answer = @([string]::Join(' ', (Pairs 'ci-runner-07' 'GuestExchangeItems')), [string]::Join(' ', (Pairs 'web-ubuntu' 'HostExchangeItems')), @(Pairs 'web-ubuntu' 'GuestExchangeItems').Count)
       Later 31000
       $answer += [string]::Join(' ', (Pairs 'ci-runner-07' 'GuestExchangeItems'))
       Later 3600000
       $answer += @([string]::Join(' ', (Pairs 'ci-runner-07' 'GuestExchangeItems')), [string]::Join(' ', (Pairs 'web-ubuntu' 'HostExchangeItems')))`,
    );
    assert.deepEqual(answer, [
      'ci.agent=idle|1',
      'release=2026.10|0',
      2,
      'ci.agent=running|1 ci.job=build 1|1',
      'ci.agent=running|1 ci.job=build 121|1',
      'release=2026.11|0',
    ]);
  });

  it('works through jobs one after the other, and ends them with their VM', async () => {
    const answer = await pairLab(
      `$first = Write 'Add' 'DC01' @((Item 'a' '1')); $second = Write 'Modify' 'DC01' @((Item 'a' '2')); $third = Write 'Add' 'web-ubuntu' @((Item 'a' '1'))
       [void](Invoke-HvLabTouch -Action delete -Id ([guid](Vm 'web-ubuntu').Name))
       $answer = @((Done $first), (Done $second), (Done $third), [string]::Join(' ', (Pairs 'DC01' 'HostExchangeItems')))`,
    );
    assert.deepEqual(answer, ['7/0/', '7/0/', '10/32777/', 'a=2|0']);
  });

  it('fails as faults say: by return code, in the job with an HRESULT, without rights', async () => {
    const answer = await pairLab(
      `[void](Set-HvLabFault -Kind errorOnce -On AddKvpItems -Code 32774); $busy = Code 'Add' 'DC01' @((Item 'a' '1'))
       [void](Set-HvLabFault -Kind errorOnce -On Msvm_ConcreteJob -Vm DC01 -Code 2147943568); $job = Write 'Add' 'DC01' @((Item 'a' '1'))
       $answer = @($busy, (Done $job), @(Pairs 'DC01' 'HostExchangeItems').Count)
       [void](Set-HvLabFault -Kind accessDenied -On ModifyKvpItems); $answer += Code 'Modify' 'DC01' @((Item 'a' '1'))`,
    );
    assert.deepEqual(answer, [32_774, '10/32768/0x80070490', 0, 32_769]);
  });

  it('refuses arguments that are of another type or name, and targets that are no VM', async () => {
    const answer = await pairLab(
      `$service = @(Ask 'Msvm_VirtualSystemManagementService')[0]; $vm = Vm 'DC01'; $item = Item 'a' '1'
       function Call([hashtable]$Arguments, [string]$Method = 'AddKvpItems') { CimCmdlets\\Invoke-CimMethod -InputObject $service -MethodName $Method -Arguments $Arguments -ErrorAction Stop }
       $answer = @(
         (Failure { Call @{ TargetSystem = $vm; DataItems = $item } }).id, (Failure { Call @{ TargetSystem = 'DC01'; DataItems = @($item) } }).id, (Failure { Call @{ DataItems = @($item) } }).id,
         (Failure { Call @{ TargetSystem = $vm; DataItems = @($item); Force = $true } }).id, (Failure { Call @{} 'DefineSystem' }).id | ForEach-Object { $_.Substring(0, 18) })
       $answer += @([int](Call @{ TargetSystem = (Vm 'HV-LAB1'); DataItems = @($item) }).ReturnValue)
       [void](Invoke-HvLabTouch -Action delete -Id ([guid]$vm.Name))
       $answer += @([int](Call @{ TargetSystem = $vm; DataItems = @($item) }).ReturnValue)`,
    );
    assert.deepEqual(answer, [
      'HRESULT 0x80041005',
      'HRESULT 0x80041005',
      'HRESULT 0x80041008',
      'HRESULT 0x80041008',
      'HRESULT 0x80041055',
      32_773,
      32_773,
    ]);
  });
});
