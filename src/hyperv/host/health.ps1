# What a report on one VM needs beyond the inventory: checkpoints, disks, replication, and what the host is doing with it.
# Asked for one VM at a time, when somebody wants to know; a fixed number of queries, one more on hosts before Windows 10 1709.

function ConvertTo-HvUtcMs {
    # .SYNOPSIS
    # A date of the host in milliseconds since 1970, UTC; $null for none, and for the year 1601, which says "never".
    [CmdletBinding()]
    param([object]$Date)
    if ($Date -isnot [datetime]) { return $null }
    $epoch = [datetime]::new(1970, 1, 1, 0, 0, 0, [System.DateTimeKind]::Utc)
    $ms = [int64]($Date.ToUniversalTime() - $epoch).TotalMilliseconds
    if ($ms -le 0) { return $null }
    return $ms
}

function Read-HvHealthSystem {
    # .SYNOPSIS
    # Row 'system': OperationalStatus, time of the last change of state, ReplicationMode, time of the last backup that worked.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Name)
    $rows = [System.Collections.Generic.List[object]]::new()
    foreach ($instance in Get-HvInstance -Counter $Counter -ClassName 'Msvm_ComputerSystem' -Property 'OperationalStatus', 'TimeOfLastStateChange', 'ReplicationMode', 'LastSuccessfulBackupTime' -Filter "Name='$Name'") {
        $p = $instance.CimInstanceProperties
        $rows.Add(@('system', $p['OperationalStatus'].Value, (ConvertTo-HvUtcMs $p['TimeOfLastStateChange'].Value), $p['ReplicationMode'].Value, (ConvertTo-HvUtcMs $p['LastSuccessfulBackupTime'].Value)))
    }
    return , $rows.ToArray()
}

function Read-HvHealthSetting {
    # .SYNOPSIS
    # Row 'settings': AutomaticSnapshotsEnabled. Rows 'checkpoint': name, VirtualSystemType, creation, IsAutomaticSnapshot.
    # Automatic checkpoints came with Windows 10 1709; older hosts refuse a query that names their properties.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Name)
    $class = 'Msvm_VirtualSystemSettingData'
    $old = @('VirtualSystemType', 'ElementName', 'CreationTime')
    $filter = "VirtualSystemIdentifier='$Name'"
    $lacking = $Counter['Lacking'].Count
    $found = @(Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property ($old + 'AutomaticSnapshotsEnabled', 'IsAutomaticSnapshot') -Filter $filter)
    $isNew = $Counter['Lacking'].Count -eq $lacking
    if (-not $isNew) {
        $Counter['Lacking'].RemoveRange($lacking, $Counter['Lacking'].Count - $lacking)
        $found = @(Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property $old -Filter $filter)
    }
    if ($found.Length -eq 0) { $Counter['Empty'].Add($class) }
    $rows = [System.Collections.Generic.List[object]]::new()
    foreach ($instance in $found) {
        try {
            $p = $instance.CimInstanceProperties
            $type = $p['VirtualSystemType'].Value
            $automatic = $null
            $isAutomatic = $null
            if ($isNew) { $automatic = $p['AutomaticSnapshotsEnabled'].Value; $isAutomatic = $p['IsAutomaticSnapshot'].Value }
            if ($type -like '*:Snapshot:*') { $rows.Add(@('checkpoint', $p['ElementName'].Value, $type, (ConvertTo-HvUtcMs $p['CreationTime'].Value), $isAutomatic)) }
            else { $rows.Add(@('settings', $automatic)) }
        }
        catch {
            $rows.Add((Get-HvProblemRow $class $_))
        }
    }
    return , $rows.ToArray()
}

function Read-HvHealthSummary {
    # .SYNOPSIS
    # Row 'summary': ApplicationHealth, IntegrationServicesVersionState.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Name)
    $class = 'Msvm_SummaryInformation'
    $rows = [System.Collections.Generic.List[object]]::new()
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property 'ApplicationHealth', 'IntegrationServicesVersionState' -Filter "Name='$Name'") {
        $p = $instance.CimInstanceProperties
        $rows.Add(@('summary', $p['ApplicationHealth'].Value, $p['IntegrationServicesVersionState'].Value))
    }
    if ($rows.Count -eq 0) { $Counter['Empty'].Add($class) }
    return , $rows.ToArray()
}

function Read-HvHealthDisk {
    # .SYNOPSIS
    # Rows 'disk': path or object on the host, 'file' or 'physical', whether other VMs may use it as well. DVDs are no disks.
    # Of a checkpoint's disks none has an InstanceID with the GUID of the VM.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Name)
    $rows = [System.Collections.Generic.List[object]]::new()
    $ofVm = "InstanceID LIKE 'Microsoft:$Name%'"
    $class = 'Msvm_StorageAllocationSettingData'
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property 'HostResource', 'PersistentReservationsSupported' -Filter ("ResourceSubType='Microsoft:Hyper-V:Virtual Hard Disk' AND " + $ofVm)) {
        try {
            $p = $instance.CimInstanceProperties
            $rows.Add(@('disk', $p['HostResource'].Value, 'file', $p['PersistentReservationsSupported'].Value))
        }
        catch {
            $rows.Add((Get-HvProblemRow $class $_))
        }
    }
    $class = 'Msvm_ResourceAllocationSettingData'
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property 'HostResource' -Filter ("ResourceSubType='Microsoft:Hyper-V:Physical Disk Drive' AND " + $ofVm)) {
        try {
            $rows.Add(@('disk', $instance.CimInstanceProperties['HostResource'].Value, 'physical', $null))
        }
        catch {
            $rows.Add((Get-HvProblemRow $class $_))
        }
    }
    return , $rows.ToArray()
}

function Read-HvHealthReplication {
    # .SYNOPSIS
    # Rows 'replication', one a relationship: ReplicationState, ReplicationHealth, time of the last replication.
    [CmdletBinding()]
    param([hashtable]$Counter, [string]$Name)
    $rows = [System.Collections.Generic.List[object]]::new()
    $class = 'Msvm_ReplicationRelationship'
    foreach ($instance in Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property 'ReplicationState', 'ReplicationHealth', 'LastReplicationTime' -Filter "InstanceID LIKE 'Microsoft:$Name%'") {
        try {
            $p = $instance.CimInstanceProperties
            $rows.Add(@('replication', $p['ReplicationState'].Value, $p['ReplicationHealth'].Value, (ConvertTo-HvUtcMs $p['LastReplicationTime'].Value)))
        }
        catch {
            $rows.Add((Get-HvProblemRow $class $_))
        }
    }
    return , $rows.ToArray()
}

function Get-HvVmHealth {
    # .SYNOPSIS
    # The rows of one VM, and the host's own time, which the dates in them are compared with.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    $counter = New-HvCounter
    $name = ConvertTo-HvFilterId -Id $Id
    $rows = [System.Collections.Generic.List[object]]::new()
    $rows.AddRange([object[]](Read-HvHealthSystem -Counter $counter -Name $name))
    if ($rows.Count -eq 0) {
        Assert-HvHostReadable -Counter $counter
        Stop-HvFunction -Reason 'vmNotFound' -Message "No virtual machine has the id $name."
    }
    $rows.AddRange([object[]](Read-HvHealthSetting -Counter $counter -Name $name))
    $rows.AddRange([object[]](Read-HvHealthSummary -Counter $counter -Name $name))
    $rows.AddRange([object[]](Read-HvHealthDisk -Counter $counter -Name $name))
    $rows.AddRange([object[]](Read-HvHealthReplication -Counter $counter -Name $name))
    Assert-HvNothingHidden -Counter $counter
    $rows.AddRange($counter['Lacking'])
    return @{ rows = $rows.ToArray(); nowMs = (Get-HvClock)['utcMs']; cimQueries = $counter['Queries'] }
}
