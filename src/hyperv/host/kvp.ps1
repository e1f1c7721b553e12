# Data exchange: the pools of one VM, and changes of the two which belong to the host.

function Get-HvKvp {
    # .SYNOPSIS
    # Rows 'item': pool and the host's own text of one item, unread. Returns what the host could show: the pools it has
    # an answer for, the state of the VM and the setting of the service.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    $counter = New-HvCounter
    $vm = Get-HvComputerSystem -Counter $counter -Id $Id
    $name = ConvertTo-HvFilterId -Id $Id
    $answer = @{ pools = @(); enabled = $null; state = $vm.CimInstanceProperties['EnabledState'].Value }
    $settings = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_KvpExchangeComponentSettingData' -Property 'EnabledState', 'HostExchangeItems', 'HostOnlyItems' -Filter (Get-HvServiceSettingFilter -Id $Id -Service 'keyValuePairExchange'))
    if ($settings.Length -gt 0) {
        $p = $settings[0].CimInstanceProperties
        $answer['enabled'] = $p['EnabledState'].Value
        $answer['pools'] += 'external', 'hostOnly'
        Send-SessionBatch -Records (Get-HvKvpRow -Pool 'external' -Items $p['HostExchangeItems'].Value)
        Send-SessionBatch -Records (Get-HvKvpRow -Pool 'hostOnly' -Items $p['HostOnlyItems'].Value)
    }
    # There only while the VM runs.
    $components = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_KvpExchangeComponent' -Property 'GuestExchangeItems', 'GuestIntrinsicExchangeItems' -Filter "SystemName='$name'")
    if ($components.Length -gt 0) {
        $p = $components[0].CimInstanceProperties
        $answer['pools'] += 'guest', 'intrinsic'
        Send-SessionBatch -Records (Get-HvKvpRow -Pool 'guest' -Items $p['GuestExchangeItems'].Value)
        Send-SessionBatch -Records (Get-HvKvpRow -Pool 'intrinsic' -Items $p['GuestIntrinsicExchangeItems'].Value)
    }
    $answer['cimQueries'] = $counter['Queries']
    return $answer
}

function Get-HvKvpRow {
    # .SYNOPSIS
    # One row for each item; none for a null array.
    [CmdletBinding()]
    param([string]$Pool, [object]$Items)
    $rows = [System.Collections.Generic.List[object]]::new()
    if ($null -ne $Items) { foreach ($item in $Items) { $rows.Add(@('item', $Pool, [string]$item)) } }
    return , $rows.ToArray()
}

function ConvertTo-HvKvpItem {
    # .SYNOPSIS
    # One pair as a Msvm_KvpExchangeDataItem.
    [CmdletBinding()]
    param([string]$Key, [string]$Value, [int]$Source)
    return ConvertTo-HvEmbeddedInstance -ClassName 'Msvm_KvpExchangeDataItem' -Property @(@('Name', 'string', $Key), @('Data', 'string', $Value), @('Source', 'uint16', [string]$Source))
}

function Set-HvKvp {
    # .SYNOPSIS
    # One call of AddKvpItems, ModifyKvpItems or RemoveKvpItems: keys and values side by side, at most 128. Removing looks
    # at the keys only. Returns the id of the host's job when that goes on.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [ValidateSet('external', 'hostOnly')] [string]$Pool,
        [Parameter(Mandatory = $true)] [ValidateSet('add', 'modify', 'remove')] [string]$Call,
        [Parameter(Mandatory = $true)] [string[]]$Keys,
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string[]]$Values
    )
    $source = @{ external = 0; hostOnly = 4 }[$Pool]
    $method = @{ add = 'AddKvpItems'; modify = 'ModifyKvpItems'; remove = 'RemoveKvpItems' }[$Call]
    # ValidateSet compares like people read: it lets characters pass that nobody sees.
    if ($null -eq $source -or $null -eq $method -or $Keys.Length -ne $Values.Length -or $Keys.Length -gt 128) {
        Stop-HvFunction -Reason 'badRequest' -Message 'A call takes up to 128 keys and as many values.'
    }
    $items = [System.Collections.Generic.List[string]]::new()
    for ($i = 0; $i -lt $Keys.Length; $i++) {
        try {
            $items.Add((ConvertTo-HvKvpItem -Key $Keys[$i] -Value $Values[$i] -Source $source))
        }
        catch {
            Stop-HvFunction -Reason 'badRequest' -Message 'A pair holds a character that cannot be sent.'
        }
    }
    $counter = New-HvCounter
    $vm = Get-HvComputerSystem -Counter $counter -Id $Id
    $service = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_VirtualSystemManagementService')
    if ($service.Length -eq 0) { Assert-HvHostReadable -Counter $counter }
    $result = Invoke-HvCimMethod -Counter $counter -InputObject $service[0] -MethodName $method -Arguments @{ TargetSystem = $vm; DataItems = $items.ToArray() }
    $answer = @{ cimQueries = 0 }
    $jobId = Get-HvJobId -Result $result
    if ($null -ne $jobId -and -not (Wait-HvJob -Counter $counter -JobId $jobId)) { $answer['job'] = $jobId }
    $answer['cimQueries'] = $counter['Queries']
    return $answer
}
