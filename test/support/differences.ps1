# Sends inventories with the functions of difference.ps1 and prints what would have travelled, as JSON.
# HV_SCRIPT names the file with the functions, HV_STEPS the one with the inventories: whether the client comes back with the
# last token, and the rows of each class.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2
$global:sent = [System.Collections.Generic.List[object]]::new()
function Send-SessionBatch { param([object[]]$Records) foreach ($record in $Records) { $global:sent.Add($record) } }
. $env:HV_SCRIPT
$answers = [System.Collections.Generic.List[object]]::new()
$token = ''
foreach ($step in [System.IO.File]::ReadAllText($env:HV_STEPS) | ConvertFrom-Json) {
    $global:sent.Clear()
    $since = ''
    if ($step.knows -eq 'last') { $since = $token }
    if ($step.knows -eq 'another') { $since = 'of another session' }
    $memory = New-HvMemory -Since $since
    Send-HvBase -Memory $memory -Since $since
    foreach ($class in $step.classes) {
        $rows = [object[]]@(foreach ($row in $class.rows) { , [object[]]$row })
        Send-HvRow -Memory $memory -Group $class.group -KeyAt $class.keyAt -Rows $rows
        if ($step.stopsAfter -eq $class.group) { break }
    }
    $answer = @{ token = $null; rows = $memory['Rows'] }
    if ($step.stopsAfter -eq '') {
        $answer = Complete-HvMemory -Memory $memory -Answer @{}
        $token = $answer['token']
    }
    $answers.Add(@{ answer = $answer; sent = $global:sent.ToArray() })
}
[Console]::Out.WriteLine((ConvertTo-Json -Compress -Depth 8 -InputObject $answers.ToArray()))
