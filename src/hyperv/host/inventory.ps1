# The list of VMs in a fixed number of queries, whatever their number: one a class, joined by Node on the VM's GUID.
# A row is an array: a tag and plain values (see inventoryRows.ts). What fails for one item, and what an older host lacks,
# becomes a row of its own.

function Get-HvServiceClass {
    # .SYNOPSIS
    # The six integration services: our key and the class of the running channel; its settings are <class>SettingData.
    [CmdletBinding()]
    param()
    return @(
        @('shutdown', 'Msvm_ShutdownComponent'),
        @('timeSynchronization', 'Msvm_TimeSyncComponent'),
        @('keyValuePairExchange', 'Msvm_KvpExchangeComponent'),
        @('heartbeat', 'Msvm_HeartbeatComponent'),
        @('vss', 'Msvm_VssComponent'),
        @('guestServiceInterface', 'Msvm_GuestServiceInterfaceComponent')
    )
}

function Get-HvProblemRow {
    # .SYNOPSIS
    # The row of an item that could not be read: class and message, for the log.
    [CmdletBinding()]
    param([string]$ClassName, [System.Management.Automation.ErrorRecord]$ErrorRecord)
    return , @('problem', $ClassName, [string]$ErrorRecord.Exception.Message)
}

function Assert-HvNothingHidden {
    # .SYNOPSIS
    # Every VM has settings and a summary. A class of them without rows, which the host does not lack, may mean that the
    # rights were lost between two queries: without them CIM answers with no rows and no error.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable]$Counter)
    $lacking = @(foreach ($row in $Counter['Lacking']) { $row[1] })
    foreach ($class in $Counter['Empty']) {
        if ($lacking -contains $class) { continue }
        Assert-HvHostReadable -Counter $Counter
        return
    }
}

function Read-HvComputerSystem {
    # .SYNOPSIS
    # Rows 'vm': id, name, EnabledState, milliseconds since the start.
    # The host is an instance of the class as well; its Name is no GUID.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Filter)
    $rows = [System.Collections.Generic.List[object]]::new()
    $class = 'Msvm_ComputerSystem'
    foreach ($instance in Get-HvInstance -Counter $Counter -ClassName $class -Property 'Name', 'ElementName', 'EnabledState', 'OnTimeInMilliseconds' -Filter $Filter) {
        try {
            $p = $instance.CimInstanceProperties
            $name = $p['Name'].Value
            if ($name -match '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$') {
                $rows.Add(@('vm', $name, $p['ElementName'].Value, $p['EnabledState'].Value, $p['OnTimeInMilliseconds'].Value))
            }
        }
        catch {
            $rows.Add((Get-HvProblemRow $class $_))
        }
    }
    return , $rows.ToArray()
}

function Read-HvSetting {
    # .SYNOPSIS
    # Rows 'settings': InstanceID, configuration version, UserSnapshotType, notes. Checkpoints are kept out by the filter.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Filter)
    $rows = [System.Collections.Generic.List[object]]::new()
    $class = 'Msvm_VirtualSystemSettingData'
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property 'InstanceID', 'Version', 'UserSnapshotType', 'Notes' -Filter $Filter) {
        try {
            $p = $instance.CimInstanceProperties
            $rows.Add(@('settings', $p['InstanceID'].Value, $p['Version'].Value, $p['UserSnapshotType'].Value, $p['Notes'].Value))
        }
        catch {
            $rows.Add((Get-HvProblemRow $class $_))
        }
    }
    if ($rows.Count -eq 0) { $Counter['Empty'].Add($class) }
    return , $rows.ToArray()
}

function Read-HvSummary {
    # .SYNOPSIS
    # Rows 'summary': id, processors, memory in MB, guest operating system.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Filter)
    $rows = [System.Collections.Generic.List[object]]::new()
    $class = 'Msvm_SummaryInformation'
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property 'Name', 'NumberOfProcessors', 'MemoryUsage', 'GuestOperatingSystem' -Filter $Filter) {
        try {
            $p = $instance.CimInstanceProperties
            $rows.Add(@('summary', $p['Name'].Value, $p['NumberOfProcessors'].Value, $p['MemoryUsage'].Value, $p['GuestOperatingSystem'].Value))
        }
        catch {
            $rows.Add((Get-HvProblemRow $class $_))
        }
    }
    if ($rows.Count -eq 0) { $Counter['Empty'].Add($class) }
    return , $rows.ToArray()
}

function Read-HvComponentSetting {
    # .SYNOPSIS
    # Rows 'setting': service key, InstanceID, EnabledState.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Service, [string]$ClassName, [string]$Filter)
    $rows = [System.Collections.Generic.List[object]]::new()
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $ClassName -Property 'InstanceID', 'EnabledState' -Filter $Filter) {
        try {
            $p = $instance.CimInstanceProperties
            $owner = $p['InstanceID'].Value
            # The host's own defaults.
            if ($owner -is [string] -and $owner.StartsWith('Microsoft:Definition\', [System.StringComparison]::OrdinalIgnoreCase)) { continue }
            $rows.Add(@('setting', $Service, $owner, $p['EnabledState'].Value))
        }
        catch {
            $rows.Add((Get-HvProblemRow $ClassName $_))
        }
    }
    if ($rows.Count -eq 0) { $Counter['Empty'].Add($ClassName) }
    return , $rows.ToArray()
}

function Read-HvComponent {
    # .SYNOPSIS
    # Rows 'component': service key, id, operational status, status texts. For data exchange also rows 'kvp': id, items.
    # Of the guest's items only those that are shown travel: the others would be most of the bytes.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Service, [string]$ClassName, [string]$Filter)
    $rows = [System.Collections.Generic.List[object]]::new()
    $property = @('SystemName', 'OperationalStatus', 'StatusDescriptions')
    $wanted = $null
    if ($Service -eq 'keyValuePairExchange') {
        $property += 'GuestIntrinsicExchangeItems'
        $wanted = [regex]'>\s*(OSName|OSVersion|FullyQualifiedDomainName|NetworkAddressIPv4|NetworkAddressIPv6|IntegrationServicesVersion)\s*<'
    }
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $ClassName -Property $property -Filter $Filter) {
        try {
            $p = $instance.CimInstanceProperties
            $name = $p['SystemName'].Value
            $rows.Add(@('component', $Service, $name, $p['OperationalStatus'].Value, $p['StatusDescriptions'].Value))
            if ($null -eq $wanted) { continue }
            $all = $p['GuestIntrinsicExchangeItems'].Value
            if ($null -eq $all) { continue }
            $items = [System.Collections.Generic.List[string]]::new()
            foreach ($item in $all) {
                if ($item -is [string] -and $wanted.IsMatch($item)) { $items.Add($item) }
            }
            $rows.Add(@('kvp', $name, $items.ToArray()))
        }
        catch {
            $rows.Add((Get-HvProblemRow $ClassName $_))
        }
    }
    return , $rows.ToArray()
}

function Get-HvInventory {
    # .SYNOPSIS
    # All VMs of the host: rows travel class by class, the VMs themselves first. Returns the number of queries.
    # Since: the token of the rows which the client has, '' for one that has none and will come back (see difference.ps1).
    [CmdletBinding()]
    param([string]$Since)
    $counter = New-HvCounter
    $memory = $null
    if ($PSBoundParameters.ContainsKey('Since')) { $memory = New-HvMemory -Since $Since }
    $rows = Read-HvComputerSystem -Counter $counter
    if ($rows.Length -eq 0) {
        Assert-HvHostReadable -Counter $counter
        if ($null -ne $memory) { $memory['Old'] = $null }
        Send-HvBase -Memory $memory -Since $Since
        return Complete-HvMemory -Memory $memory -Answer @{ cimQueries = $counter['Queries'] }
    }
    Send-HvBase -Memory $memory -Since $Since
    Send-HvRow -Memory $memory -Group 'vm' -Rows $rows
    Send-HvRow -Memory $memory -Group 'settings' -Rows (Read-HvSetting -Counter $counter -Filter "VirtualSystemType='Microsoft:Hyper-V:System:Realized'")
    Send-HvRow -Memory $memory -Group 'summary' -Rows (Read-HvSummary -Counter $counter)
    foreach ($pair in Get-HvServiceClass) {
        Send-HvRow -Memory $memory -Group ('setting ' + $pair[0]) -KeyAt 2 -Rows (Read-HvComponentSetting -Counter $counter -Service $pair[0] -ClassName ($pair[1] + 'SettingData'))
    }
    foreach ($pair in Get-HvServiceClass) {
        Send-HvRow -Memory $memory -Group ('component ' + $pair[0]) -KeyAt 2 -Rows (Read-HvComponent -Counter $counter -Service $pair[0] -ClassName $pair[1])
    }
    Assert-HvNothingHidden -Counter $counter
    Send-HvRow -Memory $memory -Group 'lacking' -Rows $counter['Lacking'].ToArray()
    return Complete-HvMemory -Memory $memory -Answer @{ cimQueries = $counter['Queries'] }
}

function Read-HvVm {
    # .SYNOPSIS
    # All rows of some VMs; none when the host has none of them.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid[]]$Id
    )
    $names = @(foreach ($one in $Id) { ConvertTo-HvFilterId -Id $one })
    $instances = @(foreach ($name in $names) { 'Microsoft:' + $name })
    $rows = [System.Collections.Generic.List[object]]::new()
    $rows.AddRange([object[]](Read-HvComputerSystem -Counter $Counter -Filter (Join-HvFilter -Property 'Name' -Value $names)))
    if ($rows.Count -eq 0) {
        Assert-HvHostReadable -Counter $Counter
        return , $rows.ToArray()
    }
    $realized = "VirtualSystemType='Microsoft:Hyper-V:System:Realized' AND "
    $rows.AddRange([object[]](Read-HvSetting -Counter $Counter -Filter ($realized + (Join-HvFilter -Property 'InstanceID' -Value $instances))))
    $rows.AddRange([object[]](Read-HvSummary -Counter $Counter -Filter (Join-HvFilter -Property 'Name' -Value $names)))
    foreach ($pair in Get-HvServiceClass) {
        $rows.AddRange([object[]](Read-HvComponentSetting -Counter $Counter -Service $pair[0] -ClassName ($pair[1] + 'SettingData') -Filter (Get-HvServiceSettingFilter -Id $Id -Service $pair[0])))
    }
    foreach ($pair in Get-HvServiceClass) {
        $rows.AddRange([object[]](Read-HvComponent -Counter $Counter -Service $pair[0] -ClassName $pair[1] -Filter (Join-HvFilter -Property 'SystemName' -Value $names)))
    }
    Assert-HvNothingHidden -Counter $Counter
    $rows.AddRange($Counter['Lacking'])
    return , $rows.ToArray()
}

function Get-HvVmAnswer {
    # .SYNOPSIS
    # The rows of one VM as the result of a request; stops with vmNotFound when the host has no such VM.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid]$Id
    )
    $rows = Read-HvVm -Counter $Counter -Id $Id
    if ($rows.Length -eq 0) { Stop-HvFunction -Reason 'vmNotFound' -Message "No virtual machine has the id $Id." }
    return @{ rows = $rows; cimQueries = $Counter['Queries'] }
}

function Get-HvVmList {
    # .SYNOPSIS
    # Several VMs, with the same rows and as many queries as for one. Those that are gone have no rows.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string[]]$Ids)
    $unique = [System.Collections.Generic.HashSet[guid]]::new()
    foreach ($text in $Ids) {
        $id = [guid]::Empty
        if (-not [guid]::TryParseExact($text, 'D', [ref]$id)) { Stop-HvFunction -Reason 'badRequest' -Message 'An id is no GUID.' }
        [void]$unique.Add($id)
    }
    # WMI refuses filters with very many conditions, and nobody knows how many Hyper-V takes.
    if ($unique.Count -gt 50) { Stop-HvFunction -Reason 'badRequest' -Message 'At most 50 virtual machines can be read at once.' }
    $counter = New-HvCounter
    Send-SessionBatch -Records (Read-HvVm -Counter $counter -Id @($unique))
    return @{ cimQueries = $counter['Queries'] }
}

function Get-HvVm {
    # .SYNOPSIS
    # One VM, with the same rows as in the inventory.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Get-HvVmAnswer -Counter (New-HvCounter) -Id $Id
}

function Get-HvVmAfterChange {
    # .SYNOPSIS
    # What the host says of a VM after a change. A failure here does not undo the change: its outcome is unknown.
    # A failure that was understood (a stopped service, lost rights) keeps its reason.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid]$Id
    )
    try {
        return Get-HvVmAnswer -Counter $Counter -Id $Id
    }
    catch {
        $detail = @{ outcome = 'unknown'; hostMessage = [string]$_.Exception.Message }
        $reason = 'failed'
        if ($_.FullyQualifiedErrorId -match '^Hv\.(\w+)') { $reason = $Matches[1] }
        Stop-HvFunction -Reason $reason -Message 'The change was made, but the virtual machine could not be read back.' -Detail $detail
    }
}
