# What the simulated Hyper-V cmdlets do and return: VM and integration service objects with the real type names.

function Find-HvLabVm {
    <# .SYNOPSIS
    Get-VM: by id, by names (wildcards match without complaint, a plain name that fits nothing is an error), or all. #>
    param([string[]]$Name, [object]$Id, [string]$On, [string]$Command, [System.Collections.ArrayList]$Failures)
    Wait-HvLabHang $On $null
    try {
        $now = Lock-HvLab
        Assert-HvLabModuleHealthy $On $Command $null
        $vms = Select-HvLabVm $Name $Id $Command $Failures
        $objects = @(foreach ($vm in $vms) { New-HvLabVmObject $vm $now })
    } finally { Unlock-HvLab }
    Wait-HvLabLatency $objects.Count
    , $objects
}

function Select-HvLabVm {
    <# .SYNOPSIS
    The VMs that names or an id mean. Names are neither unique nor literal, exactly as on a real host. #>
    param([string[]]$Name, [object]$Id, [string]$Command, [System.Collections.ArrayList]$Failures)
    $state = $global:HvLabState
    if ($null -ne $Id) {
        $vm = $state.VmById[([guid]$Id).ToString('D').ToUpperInvariant()]
        if ($null -ne $vm) { return $vm }
        $text = Get-HvLabText 'vmIdUnknown' ([guid]$Id).ToString('D')
        [void]$Failures.Add((New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $Command $text ([guid]$Id)))
        return
    }
    if ($null -eq $Name -or $Name.Count -eq 0) { return $state.Vms }
    foreach ($wanted in $Name) {
        $pattern = [System.Management.Automation.WildcardPattern]::new($wanted, 'IgnoreCase')
        $found = @(foreach ($vm in $state.Vms) { if ($pattern.IsMatch($vm.Name)) { $vm } })
        if ($found.Count -gt 0) { $found; continue }
        if (-not [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($wanted)) {
            [void]$Failures.Add((New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $Command (Get-HvLabText 'vmNameUnknown' $wanted) $wanted))
        }
    }
}

function Find-HvLabService {
    <# .SYNOPSIS
    Get-VMIntegrationService: the six services of each VM, in the host's language and its alphabetical order. #>
    param([string[]]$VMName, [object[]]$VM, [string[]]$Name, [System.Collections.ArrayList]$Failures)
    $command = 'GetVMIntegrationServiceCommand'
    Wait-HvLabHang 'Get-VMIntegrationService' $null
    try {
        $now = Lock-HvLab
        Assert-HvLabModuleHealthy 'Get-VMIntegrationService' $command $null
        $vms = @(
            if ($null -ne $VM) { foreach ($item in $VM) { Select-HvLabVm @() $item.Id $command $Failures } }
            else { Select-HvLabVm $VMName $null $command $Failures }
        )
        $objects = @(foreach ($one in $vms) { Select-HvLabService $one $Name $command $now $Failures })
    } finally { Unlock-HvLab }
    Wait-HvLabLatency $objects.Count
    , $objects
}

function Select-HvLabService {
    <# .SYNOPSIS
    The services of one VM that the localised names mean, or all six. #>
    param([hashtable]$Vm, [string[]]$Name, [string]$Command, [long]$Now, [System.Collections.ArrayList]$Failures)
    $services = $global:HvLabState.Services
    # The real cmdlet's order: by English name.
    $order = 5, 3, 2, 0, 1, 4
    if ($null -eq $Name -or $Name.Count -eq 0) {
        foreach ($i in $order) { New-HvLabServiceObject $Vm $i $Now }
        return
    }
    foreach ($wanted in $Name) {
        $pattern = [System.Management.Automation.WildcardPattern]::new($wanted, 'IgnoreCase')
        $found = @($order | Where-Object { $pattern.IsMatch($services[$_].Name) })
        foreach ($i in $found) { New-HvLabServiceObject $Vm $i $Now }
        if ($found.Count -eq 0) {
            [void]$Failures.Add((New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $Command (Get-HvLabText 'serviceNameUnknown') $null 'VirtualizationInvalidArgumentException'))
        }
    }
}

function Switch-HvLabService {
    <# .SYNOPSIS
    Enable-/Disable-VMIntegrationService: by piped object, or by VM and localised name. #>
    param([object[]]$Service, [string[]]$VMName, [object[]]$VM, [string[]]$Name, [bool]$Enabled, [System.Collections.ArrayList]$Failures)
    $cmdlet = 'Disable-VMIntegrationService'
    $command = 'DisableVMIntegrationService'
    if ($Enabled) { $cmdlet = 'Enable-VMIntegrationService'; $command = 'EnableVMIntegrationService' }
    if ($null -eq $Service) { $Service = Find-HvLabService $VMName $VM $Name $Failures }
    Wait-HvLabHang $cmdlet $null
    try {
        $now = Lock-HvLab
        $objects = @(foreach ($item in $Service) {
                $parts = ([string]$item.Id).Replace('Microsoft:', '').Split('\')
                $target = $global:HvLabState.VmById[$parts[0]]
                Assert-HvLabModuleHealthy $cmdlet $command $target
                if ($null -eq $target) {
                    [void]$Failures.Add((New-HvLabModuleError 'ObjectNotFound' 'ObjectNotFound' $command (Get-HvLabText 'vmNameUnknown' $item.VMName) $item))
                    continue
                }
                # No source shows a change on a saved VM or one between two states; the lab refuses it.
                if ($target.State -ne 2 -and $target.State -ne 3) {
                    [void]$Failures.Add((New-HvLabModuleError 'InvalidState' 'InvalidOperation' $command (Get-HvLabText 'invalidState' $target.Name) $item))
                    continue
                }
                for ($i = 0; $i -lt 6; $i++) {
                    if ($global:HvLabState.Services[$i].ComponentId -ne $parts[1]) { continue }
                    Set-HvLabService $target $i $Enabled $now
                    New-HvLabServiceObject $target $i $now
                }
            })
    } finally { Unlock-HvLab }
    Wait-HvLabLatency 1
    , $objects
}

function New-HvLabServiceObject {
    <# .SYNOPSIS
    One VMIntegrationComponent. Every status of a VM that is off is null; the words are the host's. #>
    param([hashtable]$Vm, [int]$Index, [long]$Now)
    $service = $global:HvLabState.Services[$Index]
    $primary = $null; $secondary = $null; $primaryText = $null; $secondaryText = $null
    $all = @(); $allTexts = @()
    foreach ($values in @(Get-HvLabComponentValues @($Vm) $Index $Now)) {
        $codes = $values['OperationalStatus']
        if ($null -ne $codes) {
            $primary = ConvertTo-HvLabStatusName $codes[0]
            $primaryText = $values['StatusDescriptions'][0]
            $all = @(foreach ($code in $codes) { ConvertTo-HvLabStatusName $code })
            $allTexts = @($values['StatusDescriptions'])
            if ($codes.Length -gt 1) { $secondary = ConvertTo-HvLabStatusName $codes[1]; $secondaryText = $values['StatusDescriptions'][1] }
        }
    }
    [pscustomobject]@{
        PSTypeName = 'Microsoft.HyperV.PowerShell.VMIntegrationComponent'
        Enabled = $Vm.Enabled[$Index]; OperationalStatus = $all; PrimaryOperationalStatus = $primary
        PrimaryStatusDescription = $primaryText; SecondaryOperationalStatus = $secondary; SecondaryStatusDescription = $secondaryText
        StatusDescription = $allTexts; Name = $service.Name; Id = 'Microsoft:' + $Vm.Id + '\' + $service.ComponentId
        VMId = [guid]$Vm.Id; VMName = $Vm.Name; VMSnapshotId = [guid]::Empty; VMSnapshotName = ''; ComputerName = $global:HvLabState.HostName; IsDeleted = $false
    }
}

function ConvertTo-HvLabStatusName {
    <# .SYNOPSIS
    VMIntegrationComponentOperationalStatus by name: the enumeration itself exists only on Windows. #>
    param([int]$Code)
    switch ($Code) {
        2 { 'Ok' } 3 { 'Degraded' } 6 { 'Error' } 7 { 'NonRecoverableError' } 12 { 'NoContact' } 13 { 'LostCommunication' } 15 { 'Paused' }
        32775 { 'ProtocolMismatch' } 32782 { 'ApplicationCritical' } 32783 { 'CommunicationTimedOut' } 32784 { 'CommunicationFailed' } default { [string]$Code }
    }
}

function New-HvLabVmObject {
    <# .SYNOPSIS
    One VirtualMachine, with the properties people read. State is a name, as PowerShell 7 hands it on from Windows PowerShell. #>
    param([hashtable]$Vm, [long]$Now)
    $names = @{ 2 = 'Running'; 3 = 'Off'; 4 = 'Stopping'; 6 = 'Saved'; 9 = 'Paused'; 10 = 'Starting'; 11 = 'Reset'; 32768 = 'Paused'; 32769 = 'Saved'; 32773 = 'Saving'; 32774 = 'Stopping'; 32776 = 'Pausing'; 32777 = 'Resuming' }
    $version = [version]'0.0'
    if ($Vm.Alive -and (Test-HvLabKvpReady $Vm $Now)) { $version = [version]'10.0' }
    $memory = [long]0
    if (Test-HvLabInMemory $Vm) { $memory = [long]$Vm.MemoryMB * 1048576 }
    $object = [pscustomobject]@{
        PSTypeName = 'Microsoft.HyperV.PowerShell.VirtualMachine'
        Name = $Vm.Name; VMName = $Vm.Name; Id = [guid]$Vm.Id; VMId = [guid]$Vm.Id; State = [string]$names[[int]$Vm.State]; Status = Get-HvLabText 'operatingNormally'
        Uptime = [timespan]::FromMilliseconds((Get-HvLabUptime $Vm $Now)); ProcessorCount = [long]$Vm.Processors; MemoryAssigned = $memory; Version = [string]$Vm.Guest.version
        Notes = [string]$Vm.Guest.notes; IntegrationServicesVersion = $version; ComputerName = $global:HvLabState.HostName; IsDeleted = $false
    }
    $object
}
