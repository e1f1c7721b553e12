# The values of each class for VMs: what the real provider would report of them at this moment. Each table carries its
# VM under '/vm' (no property can have that name). Values that all instances share are constants of the class.

function Get-HvLabValues {
    <# .SYNOPSIS
    Value tables of one class for VMs: none, one, or (settings) one more for each checkpoint of each VM. #>
    param([hashtable]$Class, [object]$Vms, [long]$Now, [bool]$Full)
    switch ($Class.Kind) {
        'Msvm_ComputerSystem' { Get-HvLabSystemValues $Vms $Now $Full }
        'Msvm_SummaryInformation' { Get-HvLabSummaryValues $Vms $Now $Full }
        'Msvm_VirtualSystemSettingData' { Get-HvLabSettingValues $Vms $Full }
        'Msvm_StorageAllocationSettingData' { Get-HvLabStorageValues $Vms }
        'Msvm_ResourceAllocationSettingData' { Get-HvLabDriveValues $Vms }
        'Msvm_VideoHead' { Get-HvLabVideoValues $Vms }
        'Msvm_GuestFileService' { Get-HvLabFileServiceValues $Vms }
        'Msvm_ReplicationRelationship' { Get-HvLabReplicationValues $Vms $Now }
        'component' { Get-HvLabComponentValues $Vms $Class.Service $Now }
        'serviceSetting' { Get-HvLabServiceSettingValues $Vms $Class.Service }
    }
}

function Get-HvLabSystemValues {
    <# .SYNOPSIS
    Msvm_ComputerSystem of VMs. #>
    param([object]$Vms, [long]$Now, [bool]$Full)
    foreach ($vm in $Vms) {
        $uptime = $vm.UptimeMs
        if ($vm.Alive) { $uptime += $Now - $vm.RunSince }
        $values = @{ '/vm' = $vm; Name = $vm.Id; ElementName = $vm.Name; EnabledState = [uint16]$vm.State; OnTimeInMilliseconds = [uint64]$uptime }
        if ($null -ne $vm.CheckpointJob -or $vm.MergeUntil -gt 0) { $values['OperationalStatus'] = [uint16[]]@(11, (Get-HvLabWork $vm)) }
        if ($vm.Guest.replication[0] -ne 0) { $values['ReplicationMode'] = [uint16]$vm.Guest.replication[0] }
        if ($Full) {
            $values['InstallDate'] = ConvertTo-HvLabDate (-86400000 * (30 + $vm.Index % 300))
            $values['TimeOfLastConfigurationChange'] = ConvertTo-HvLabDate ([Math]::Min([long]0, [long]$vm.Changed))
            $values['TimeOfLastStateChange'] = ConvertTo-HvLabDate $vm.Changed
            if (Test-HvLabInMemory $vm) { $values['ProcessID'] = [uint32](2000 + 4 * $vm.Index) }
        }
        $values
    }
}

function Get-HvLabHostValues {
    <# .SYNOPSIS
    The host itself: it is a row of Msvm_ComputerSystem as well, named like the computer. #>
    @{
        Caption = Get-HvLabText 'hostingComputer'; Description = Get-HvLabText 'hostingComputer'; Name = $global:HvLabState.HostName
        ElementName = $global:HvLabState.HostName; EnabledState = [uint16]2; EnabledDefault = [uint16]2; InstallDate = ConvertTo-HvLabDate -86400000000
    }
}

function Get-HvLabSummaryValues {
    <# .SYNOPSIS
    Msvm_SummaryInformation: a VM without memory has no memory, load or heartbeat, and an uptime of 0. #>
    param([object]$Vms, [long]$Now, [bool]$Full)
    $paused = $global:HvLabState.PausedCode
    foreach ($vm in $Vms) {
        $guest = $vm.Guest
        $uptime = $vm.UptimeMs
        if ($vm.Alive) { $uptime += $Now - $vm.RunSince }
        $values = @{
            '/vm' = $vm; InstanceID = 'Microsoft:' + $vm.Id; Name = $vm.Id; ElementName = $vm.Name; EnabledState = [uint16]$vm.State
            NumberOfProcessors = $vm.Processors; UpTime = [uint64]$uptime
        }
        if ($Full) {
            $values['Notes'] = [string]$guest.notes
            $values['Version'] = [string]$guest.version
            $values['CreationTime'] = ConvertTo-HvLabDate (-86400000 * (30 + $vm.Index % 300))
        }
        if ($vm.Alive -or $vm.State -eq $paused -or $vm.State -eq 32777) {
            $values['MemoryUsage'] = $vm.MemoryMB
            $values['MemoryAvailable'] = [int]42
            $values['ProcessorLoad'] = [uint16](($vm.Index * 13) % 60)
            $values['ApplicationHealth'] = [uint16]32896
            $values['IntegrationServicesVersionState'] = [uint16]1
            if ($vm.Enabled[2] -and $guest.settled[2] -eq 2 -and $Now -ge $vm.BootAt + $guest.kvpMs -and $Now -ge $vm.ContactAt[2]) {
                $values['GuestOperatingSystem'] = [string]$guest.osName
            }
            if ($vm.Enabled[3] -and $vm.Alive) { $values['Heartbeat'] = Get-HvLabStatus $vm 3 $Now }
        }
        $values
    }
}

function Get-HvLabSettingValues {
    <# .SYNOPSIS
    Msvm_VirtualSystemSettingData: the realized settings, and those of each checkpoint. #>
    param([object]$Vms, [bool]$Full)
    foreach ($vm in $Vms) {
        $guest = $vm.Guest
        $values = @{
            '/vm' = $vm; InstanceID = 'Microsoft:' + $vm.Id; ElementName = $vm.Name; VirtualSystemIdentifier = $vm.Id
            VirtualSystemType = 'Microsoft:Hyper-V:System:Realized'; Version = [string]$guest.version
            UserSnapshotType = [uint16]$vm.CheckpointType; Notes = [string[]]@([string]$guest.notes)
        }
        if ($vm.Current -ne '') { $values['Parent'] = Get-HvLabCheckpointPath $vm.Current }
        if ($Full) {
            $values['ConfigurationID'] = $vm.Id
            $values['CreationTime'] = ConvertTo-HvLabDate (-86400000 * (30 + $vm.Index % 300))
            $values['IsSaved'] = ($vm.State -eq $global:HvLabState.SavedCode)
        }
        $values
        if ($null -ne $vm.Checkpoints) { Get-HvLabCheckpointValues $vm $values }
    }
}
