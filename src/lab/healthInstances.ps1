# The values of what a report on a VM reads beyond the inventory: its disks, its replication.

function Get-HvLabStorageValues {
    <# .SYNOPSIS
    Msvm_StorageAllocationSettingData: the hard disks which are files, of VMs as they are now and of their checkpoints. #>
    param([object]$Vms)
    foreach ($vm in $Vms) {
        $owners = @(@{ Id = $vm.Id; File = $vm.NowFile })
        if ($null -ne $vm.Checkpoints) { $owners += $vm.Checkpoints.ToArray() }
        for ($n = 0; $n -lt $vm.Guest.disks.Count; $n++) {
            $kind = [string]$vm.Guest.disks[$n]
            if ($kind -eq 'physical') { continue }
            foreach ($one in $owners) {
                @{
                    '/vm' = $vm; InstanceID = 'Microsoft:' + $one.Id + '\83F8638B-8DCA-4152-9EDA-2CA8B33039B4\0\' + $n + '\L'
                    HostResource = [string[]]@((Get-HvLabDiskPath $vm $kind $n $one.File)); PersistentReservationsSupported = ($kind -eq 'shared')
                    Parent = '\\.\root\virtualization\v2:Msvm_ResourceAllocationSettingData.InstanceID="Microsoft:' + $one.Id + '\\83F8638B-8DCA-4152-9EDA-2CA8B33039B4\\0\\' + $n + '\\D"'
                }
            }
        }
    }
}

function Get-HvLabDriveValues {
    <# .SYNOPSIS
    Msvm_ResourceAllocationSettingData, as far as disks go: the drive of each file, and the physical disks passed through. #>
    param([object]$Vms)
    foreach ($vm in $Vms) {
        for ($n = 0; $n -lt $vm.Guest.disks.Count; $n++) {
            $values = @{
                '/vm' = $vm; InstanceID = 'Microsoft:' + $vm.Id + '\83F8638B-8DCA-4152-9EDA-2CA8B33039B4\0\' + $n + '\D'
                ResourceSubType = 'Microsoft:Hyper-V:Synthetic Disk Drive'; AddressOnParent = [string]$n
            }
            if ([string]$vm.Guest.disks[$n] -eq 'physical') {
                $values['ResourceSubType'] = 'Microsoft:Hyper-V:Physical Disk Drive'
                $values['HostResource'] = [string[]]@('\\' + $global:HvLabState.HostName + '\root\virtualization\v2:Msvm_DiskDrive.DeviceID="Microsoft:353B3BE8-310C-4CF4-839E-4E1B14616136\\' + (2 + $n) + '"')
            }
            $values
        }
    }
}

function Get-HvLabReplicationValues {
    <# .SYNOPSIS
    Msvm_ReplicationRelationship: one instance for each VM that takes part in replication. #>
    param([object]$Vms, [long]$Now)
    foreach ($vm in $Vms) {
        $replication = $vm.Guest.replication
        if ($replication[0] -eq 0) { continue }
        @{
            '/vm' = $vm; InstanceID = 'Microsoft:' + $vm.Id + '\HVR\0'; ReplicationState = [uint16]$replication[1]; ReplicationHealth = [uint16]$replication[2]
            FailedOverReplicationType = [uint16]0; LastReplicationType = [uint16]1; LastReplicationTime = ConvertTo-HvLabDate ($Now - 240000)
            # Never: the year 1601.
            LastApplicationConsistentReplicationTime = [datetime]::new(1601, 1, 1, 0, 0, 0, [System.DateTimeKind]::Utc); LastApplyTime = ConvertTo-HvLabDate ($Now - 240000)
        }
    }
}
