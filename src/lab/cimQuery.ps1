# Answers CIM queries from the shared state. The built rows of a projection are kept for each VM and rebuilt only for
# VMs that changed, so that a repeated inventory of the lab costs next to nothing by itself.

function Find-HvLabInstance {
    <# .SYNOPSIS
    All instances of a class that fulfil a filter, with the asked properties. #>
    param([string]$Namespace, [string]$ClassName, [string]$Filter, [string[]]$Property, [bool]$KeyOnly)
    $since = [System.Diagnostics.Stopwatch]::GetTimestamp()
    $state = $global:HvLabState
    $space = $Namespace.Replace('\', '/').Trim('/').ToLowerInvariant()
    if ($space.StartsWith('./')) { $space = $space.Substring(2) }
    if ('root/virtualization/v2', 'root/cimv2' -notcontains $space) { throw (New-HvLabCimError '0x8004100e' 'MetadataError' 'invalidNamespace' $Namespace) }
    $class = Get-HvLabClass $ClassName
    if ($null -eq $class -or $class.Namespace -ne $space) { throw (New-HvLabCimError '0x80041010' 'MetadataError' 'invalidClass' ($Namespace + ':' + $ClassName)) }
    Wait-HvLabHang $class.Name $null
    $rows = Invoke-HvLabLocked {
        param([long]$now)
        if ($class.Name -ne 'Win32_Service') { Assert-HvLabCimHealthy $class.Name $null 'GetCimInstanceCommand' }
        $conditions = $null
        if ($Filter -ne '') { $conditions = ConvertFrom-HvLabFilter $Filter }
        $plan = Get-HvLabPlan $class $Property $KeyOnly
        $rows = @()
        if (-not (Test-HvLabEmpty $class.Name)) { $rows = Get-HvLabRows $plan $conditions $Filter $now }
        , $rows
    }
    Wait-HvLabLatency $rows.Count $since
    , $rows
}

function Test-HvLabEmpty {
    <# .SYNOPSIS
    Whether a query finds nothing for a reason of its own: no rights (CIM then says nothing), or the fault zeroRows. #>
    param([string]$ClassName)
    if (Test-HvLabFault 'zeroRows' $ClassName $null $false) { return $true }
    $ClassName -ne 'Win32_Service' -and (Test-HvLabFault 'accessDenied' $ClassName $null $false)
}

function Get-HvLabRows {
    <# .SYNOPSIS
    The rows of a query as an array. #>
    param([hashtable]$Plan, [object]$Conditions, [string]$Filter, [long]$Now)
    $state = $global:HvLabState
    $class = $Plan.Class
    $only = @()
    # A job belongs to no VM, although its id looks like one of a VM, and is another one at every moment.
    $jobs = $class.Name -eq 'Msvm_ConcreteJob' -or $class.Name -eq 'Msvm_CopyFileToGuestJob'
    if ($null -ne $Conditions -and -not $jobs) { $only = @(Get-HvLabFilterVm $Conditions) }
    # Questions about several VMs are hardly ever the same twice.
    $fresh = $Plan.Full -or $jobs -or $only.Count -gt 1 -or $state.Faults.Count -gt 0
    $id = $Plan.Id + '|' + $Filter
    $all = $null
    if ($only.Count -eq 0 -and -not $fresh) { $all = $state.RowCache[$id] }
    if ($null -eq $all) {
        $list = [System.Collections.ArrayList]::new()
        if ($only.Count -eq 0) { Add-HvLabHostRows $list $Plan $Conditions $Now }
        $vms = $state.Vms
        if ($only.Count -gt 0) { $vms = @(foreach ($one in $only) { if ($state.VmById.ContainsKey($one)) { $state.VmById[$one] } }) }
        if ($fresh) { Add-HvLabRows $list $Plan (Get-HvLabValues $class $vms $Now $Plan.Full) $Conditions $null }
        else {
            $missing = [System.Collections.ArrayList]::new()
            $made = @{}
            foreach ($vm in $vms) {
                if ($vm.Rows.ContainsKey($id)) { continue }
                $made[$vm.Id] = [System.Collections.ArrayList]::new()
                [void]$missing.Add($vm)
            }
            Add-HvLabRows $null $Plan (Get-HvLabValues $class $missing $Now $Plan.Full) $Conditions $made
            # Kept only now that all of them are made: a query that is stopped leaves nothing half done.
            foreach ($vm in $missing) { $vm.Rows[$id] = $made[$vm.Id] }
            foreach ($vm in $vms) { $list.AddRange($vm.Rows[$id]) }
        }
        $all = $list.ToArray()
        if ($only.Count -eq 0 -and -not $fresh) { $state.RowCache[$id] = $all }
    }
    if (-not $fresh) { Update-HvLabUptimeRows $Plan $all $Now }
    , $all
}

function Update-HvLabUptimeRows {
    <# .SYNOPSIS
    Uptimes run on although nothing else changed: brings those of kept rows up to date. #>
    param([hashtable]$Plan, [object[]]$Rows, [long]$Now)
    $name = ''
    if ($Plan.Types.ContainsKey('OnTimeInMilliseconds')) { $name = 'OnTimeInMilliseconds' }
    if ($Plan.Types.ContainsKey('UpTime')) { $name = 'UpTime' }
    if ($name -eq '') { return }
    $state = $global:HvLabState
    foreach ($row in $Rows) {
        $properties = $row.CimInstanceProperties
        $key = $properties['Name']
        if ($null -eq $key) { $key = $properties['InstanceID'] }
        $vm = $state.VmById[([string]$key.Value).Replace('Microsoft:', '')]
        if ($null -eq $vm -or -not $vm.Alive) { continue }
        $uptime = Get-HvLabUptime $vm $Now
        $properties[$name].Value = $uptime
        $row.$name = $uptime
    }
}

function Add-HvLabHostRows {
    <# .SYNOPSIS
    The rows that belong to no VM: the host, its services, the default settings, and the jobs. #>
    param([System.Collections.ArrayList]$List, [hashtable]$Plan, [object]$Conditions, [long]$Now)
    $name = $Plan.Class.Name
    $found = @(switch ($name) {
            'Msvm_ComputerSystem' { Get-HvLabHostValues }
            'Msvm_VirtualSystemManagementService' { Get-HvLabManagementServiceValues }
            'Msvm_VirtualSystemSnapshotService' { Get-HvLabSnapshotServiceValues }
            'Win32_Service' { Get-HvLabWindowsServiceValues }
            { $_ -eq 'Msvm_ConcreteJob' -or $_ -eq 'Msvm_CopyFileToGuestJob' } { Remove-HvLabOldJob $Now; foreach ($job in $global:HvLabState.Jobs) { if ($job.Class -eq $name) { Get-HvLabJobValues $job $Now } } }
        })
    if ($Plan.Class.Kind -eq 'serviceSetting') {
        $found += @{ InstanceID = 'Microsoft:Definition\' + $global:HvLabState.Services[$Plan.Class.Service].ComponentId + '\Default'; EnabledState = [uint16]2 }
    }
    if ($found.Count -gt 0) { Add-HvLabRows $List $Plan $found $Conditions $null }
}

function Get-HvLabManagementServiceValues {
    <# .SYNOPSIS
    Msvm_VirtualSystemManagementService: visible only to those who may manage Hyper-V. #>
    @{
        CreationClassName = 'Msvm_VirtualSystemManagementService'; Name = 'vmms'; SystemCreationClassName = 'Msvm_ComputerSystem'
        SystemName = $global:HvLabState.HostName; Caption = Get-HvLabText 'managementService'; ElementName = Get-HvLabText 'managementService'
        Description = Get-HvLabText 'managementService'; EnabledState = [uint16]2; HealthState = [uint16]5; OperationalStatus = [uint16[]]@(2)
        Started = $true; StartMode = 'Automatic'; Status = 'OK'
    }
}

function Get-HvLabSnapshotServiceValues {
    <# .SYNOPSIS
    Msvm_VirtualSystemSnapshotService: the same service of Windows, under another name. #>
    $values = Get-HvLabManagementServiceValues
    $values['CreationClassName'] = 'Msvm_VirtualSystemSnapshotService'
    $values['Name'] = 'vssnapsvc'
    foreach ($name in 'Caption', 'ElementName', 'Description') { $values[$name] = Get-HvLabText 'snapshotService' }
    $values
}

function Get-HvLabWindowsServiceValues {
    <# .SYNOPSIS
    Win32_Service for vmms, with which callers tell a stopped service from missing rights. #>
    $state = 'Running'
    if (Test-HvLabFault 'serviceStopped' 'vmms' $null $false) { $state = 'Stopped' }
    @{ Name = 'vmms'; DisplayName = Get-HvLabText 'managementService'; State = $state; StartMode = 'Auto'; Status = 'OK'; Started = ($state -eq 'Running'); SystemName = $global:HvLabState.HostName }
}

function Wait-HvLabLatency {
    <# .SYNOPSIS
    Takes the time a query takes on the host the spec describes: so much a query, so much a row, in real milliseconds. #>
    param([int]$Rows, [long]$Since = 0)
    $state = $global:HvLabState
    Wait-HvLabMs ($state.PerQueryMs + $state.PerRowMs * $Rows) $Since
}

function Wait-HvLabCmdletLatency {
    <# .SYNOPSIS
    The same for a cmdlet of the module Hyper-V. #>
    param([int]$Vms, [long]$Since = 0)
    Wait-HvLabMs (Get-HvLabCmdletLatency $Vms) $Since
}

function Get-HvLabCmdletLatency {
    <# .SYNOPSIS
    What this cmdlet takes when it returns so many VMs; the first one in a process loads the module. #>
    param([int]$Vms)
    $state = $global:HvLabState
    $ms = $state.ModuleLoadMs + $state.PerCmdletMs + $state.PerVmMs * $Vms
    $state.ModuleLoadMs = [double]0
    $ms
}

function Wait-HvLabMs {
    <# .SYNOPSIS
    Waits until so many real milliseconds have gone by since a timestamp of the stopwatch, or since now (0). #>
    param([double]$Ms, [long]$Since)
    if ($Ms -eq 0) { return }
    if ($Since -ne 0) { $Ms -= ([System.Diagnostics.Stopwatch]::GetTimestamp() - $Since) * 1000.0 / [System.Diagnostics.Stopwatch]::Frequency }
    # A stop of the pipeline ends it.
    if ([int]$Ms -gt 0) { Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds ([int]$Ms) }
}
