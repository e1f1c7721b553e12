# Methods of Msvm_VirtualSystemSnapshotService, and what the cmdlets for checkpoints do.

function Assert-HvLabCheckpointArguments {
    <# .SYNOPSIS
    What Invoke-CimMethod itself refuses: other methods, other arguments, other types. #>
    param([string]$Method, [System.Collections.IDictionary]$Arguments)
    $command = 'InvokeCimMethodCommand'
    $known = @{
        CreateSnapshot = @('AffectedSystem', 'SnapshotSettings', 'SnapshotType'); ApplySnapshot = @('Snapshot'); DestroySnapshot = @('AffectedSnapshot')
        DestroySnapshotTree = @('SnapshotSettingData')
    }[$Method]
    if ($null -eq $known) { throw (New-HvLabCimError '0x80041055' 'MetadataError' 'invalidMethod' $Method $command) }
    foreach ($name in $Arguments.Keys) { if ($known -notcontains $name) { throw (New-HvLabCimError '0x80041008' 'InvalidArgument' 'invalidParameter' $name $command) } }
    $class = $null
    if ($null -ne $Arguments[$known[0]]) { $class = $Arguments[$known[0]].PSObject.Properties['CimClass'] }
    $wanted = 'Msvm_VirtualSystemSettingData'
    if ($Method -eq 'CreateSnapshot') { $wanted = 'Msvm_ComputerSystem' }
    if ($null -eq $class -or $class.Value.CimClassName -ne $wanted) { throw (New-HvLabCimError '0x80041005' 'InvalidType' 'typeMismatch' $Method $command) }
}

function Get-HvLabCheckpointTarget {
    <# .SYNOPSIS
    The VM a method is about, and its checkpoint. #>
    param([string]$Method, [System.Collections.IDictionary]$Arguments)
    if ($Method -eq 'CreateSnapshot') { return Get-HvLabTarget $Arguments['AffectedSystem'] }
    foreach ($value in $Arguments.Values) {
        if ($null -eq $value.PSObject.Properties['CimInstanceProperties']) { continue }
        return Find-HvLabCheckpoint ([string]$value.CimInstanceProperties['InstanceID'].Value).Replace('Microsoft:', '')
    }
}

function Request-HvLabCheckpoint {
    <# .SYNOPSIS
    The answer to one of the four methods. #>
    param([hashtable]$Target, [string]$Method, [System.Collections.IDictionary]$Arguments, [long]$Now)
    if ($null -eq $Target) { return @{ Code = 4; Job = $null } }
    $vm = $Target.Vm
    if ((Get-HvLabWork $vm) -ne 0 -or $vm.Pending.Count -gt 0) { return @{ Code = 32775; Job = $null } }
    switch ($Method) {
        'CreateSnapshot' {
            # Full (2) is what people make; the others belong to backups.
            if ([int]$Arguments['SnapshotType'] -ne 2) { return @{ Code = 4; Job = $null } }
            return Start-HvLabCheckpointCreation $vm $Now
        }
        'ApplySnapshot' {
            if ($vm.State -ne 3 -and $vm.State -ne $global:HvLabState.SavedCode) { return @{ Code = 32775; Job = $null } }
            return Start-HvLabCheckpointJob $vm $Now 1500 71 'jobApplyCheckpoint' @{ Kind = 'apply'; Status = 32769; Checkpoint = $Target.Checkpoint } 0 ''
        }
    }
    $subtree = $Method -eq 'DestroySnapshotTree'
    $text = ''
    if ($vm.DeleteError -ne 0) { $text = Get-HvLabText 'checkpointInUse' $Target.Checkpoint.Name }
    Start-HvLabCheckpointJob $vm $Now 1500 72 'jobDeleteCheckpoint' @{ Kind = 'delete'; Status = 32770; Checkpoint = $Target.Checkpoint; Subtree = $subtree } $vm.DeleteError $text
}

function Start-HvLabCheckpointCreation {
    <# .SYNOPSIS
    Which type it becomes: the setting of the VM decides, and whether the guest can bring its files to rest. #>
    param([hashtable]$Vm, [long]$Now)
    $isLive = Test-HvLabInMemory $Vm
    $canRest = $Vm.Alive -and $Vm.Enabled[4] -and (Get-HvLabStatus $Vm 4 $Now) -eq 2
    $saved = $isLive -or $Vm.State -eq $global:HvLabState.SavedCode
    $code = 0
    $text = ''
    # Memory is written to disk, and a guest that does not answer is waited for.
    $ms = 3000
    switch ($Vm.CheckpointType) {
        2 { $code = 32768; $text = Get-HvLabText 'checkpointsDisabled' $Vm.Name $Vm.Id }
        3 { if ($isLive -and $canRest) { $saved = $false; $ms = 2000 } elseif ($isLive) { $ms = 5000 } }
        4 {
            if ($isLive -and -not $canRest) { $code = 32768; $text = Get-HvLabText 'productionFailed' $Vm.Name $Vm.Id }
            if ($isLive) { $saved = $false; $ms = 2000 }
        }
    }
    if (-not $isLive) { $ms = 1000 }
    Start-HvLabCheckpointJob $Vm $Now $ms 70 'jobCreateCheckpoint' @{ Kind = 'create'; Status = 32768; Saved = $saved } $code $text
}

function Start-HvLabCheckpointJob {
    <# .SYNOPSIS
    Plans the end of a job, and makes it. Only making a checkpoint can be ended. #>
    param([hashtable]$Vm, [long]$Now, [long]$Ms, [uint16]$Type, [string]$TextKey, [hashtable]$Work, [int]$Code, [string]$Text)
    $job = New-HvLabJob $Vm $Type $TextKey $Now $Ms ([uint16]$Code) $Text
    $job['Cancellable'] = $Work.Kind -eq 'create'
    $job['Counts'] = $true
    $Work['At'] = $Now + $Ms
    $Work['Job'] = $job
    $Vm.CheckpointJob = $Work
    Set-HvLabChanged $Vm $Now
    @{ Code = 4096; Job = $job }
}

function Request-HvLabJobEnd {
    <# .SYNOPSIS
    RequestStateChange of a job: 4 (terminate) ends one that can be ended and undoes it. #>
    param([hashtable]$Job, [int]$Requested, [long]$Now)
    if ($Requested -ne 4 -or -not $Job['Cancellable']) { return 1 }
    if ($Now -ge $Job.EndsAt) { return 4097 }
    $Job['Terminated'] = $true
    $Job.ErrorCode = [uint16]32768
    $Job.ErrorText = Get-HvLabText 'jobCancelled'
    $Job.EndsAt = $Now
    if ($Job.Class -eq 'Msvm_ConcreteJob') { $Job.Vm.CheckpointJob = $null }
    else { foreach ($work in $Job.Vm.Files.Work.ToArray()) { if ($work.Job.Id -eq $Job.Id) { $Job.Vm.Files.Work.Remove($work) } } }
    Set-HvLabChanged $Job.Vm $Now
    0
}

function New-HvLabCheckpointObject {
    <# .SYNOPSIS
    One VMSnapshot, with the properties people read. #>
    param([hashtable]$Vm, [hashtable]$Checkpoint)
    $parent = $null
    if ($Checkpoint.Parent -ne '') { $parent = [guid]$Checkpoint.Parent }
    $type = 'Standard'
    if ($Checkpoint.Kind -eq 'Recovery') { $type = 'Recovery' }
    [pscustomobject]@{
        PSTypeName = 'Microsoft.HyperV.PowerShell.VMSnapshot'
        Id = [guid]$Checkpoint.Id; Name = $Checkpoint.Name; VMId = [guid]$Vm.Id; VMName = $Vm.Name; SnapshotType = $type
        IsAutomaticCheckpoint = $Checkpoint.Automatic; ParentCheckpointId = $parent; CreationTime = (ConvertTo-HvLabDate $Checkpoint.At).ToLocalTime()
        ComputerName = $global:HvLabState.HostName; IsDeleted = $false
    }
}

function Find-HvLabCheckpointById {
    <# .SYNOPSIS
    Get-VMSnapshot -Id. #>
    param([guid]$Id)
    $command = 'GetVMSnapshot'
    Wait-HvLabHang 'Get-VMSnapshot' $null
    Invoke-HvLabLocked {
        Assert-HvLabModuleHealthy 'Get-VMSnapshot' $command $null
        $found = Find-HvLabCheckpoint $Id.ToString('D').ToUpperInvariant()
        if ($null -eq $found) { throw (New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $command (Get-HvLabText 'checkpointUnknown' $Id.ToString('D')) $Id) }
        New-HvLabCheckpointObject $found.Vm $found.Checkpoint
    }
}

function Rename-HvLabCheckpoint {
    <# .SYNOPSIS
    Rename-VMSnapshot: names of more than 100 characters are refused. #>
    param([object]$Snapshot, [string]$NewName)
    $command = 'RenameVMSnapshot'
    Wait-HvLabHang 'Rename-VMSnapshot' $null
    Invoke-HvLabLocked {
        param([long]$now)
        $found = Find-HvLabCheckpoint ([string]$Snapshot.Id).ToUpperInvariant()
        if ($null -eq $found) { throw (New-HvLabModuleError 'ObjectNotFound' 'ObjectNotFound' $command (Get-HvLabText 'checkpointUnknown' ([string]$Snapshot.Id)) $Snapshot) }
        Assert-HvLabModuleHealthy 'Rename-VMSnapshot' $command $found.Vm
        if ($NewName.Length -eq 0 -or $NewName.Length -gt 100) { throw (New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $command (Get-HvLabText 'invalidParameter') $NewName) }
        $found.Checkpoint.Name = $NewName
        Set-HvLabChanged $found.Vm $now
    }
}

function Set-HvLabCheckpointType {
    <# .SYNOPSIS
    Set-VM -CheckpointType. #>
    param([object]$VM, [string]$CheckpointType)
    $command = 'SetVM'
    Wait-HvLabHang 'Set-VM' $null
    Invoke-HvLabLocked {
        param([long]$now)
        $target = $global:HvLabState.VmById[([string]$VM.Id).ToUpperInvariant()]
        if ($null -eq $target) { throw (New-HvLabModuleError 'ObjectNotFound' 'ObjectNotFound' $command (Get-HvLabText 'vmIdUnknown' ([string]$VM.Id)) $VM) }
        Assert-HvLabModuleHealthy 'Set-VM' $command $target
        $target.CheckpointType = @{ Disabled = 2; Production = 3; ProductionOnly = 4; Standard = 5 }[$CheckpointType]
        Set-HvLabChanged $target $now
    }
}
