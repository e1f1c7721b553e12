# The checkpoints of a VM of the lab, and what the host does with them over virtual time. A VM without any has none of this.
# A checkpoint: Id, Name, Parent (id or ''), At (virtual ms), Kind (Realized, Recovery), Saved (with memory), Automatic, Type.

function Get-HvLabCheckpointId {
    <# .SYNOPSIS
    The GUID of a VM's n-th checkpoint: the VM's own with another first digit group. #>
    param([hashtable]$Vm, [int]$Number)
    ('C4EC{0:X4}' -f $Number) + $Vm.Id.Substring(8)
}

function Add-HvLabCheckpoint {
    <# .SYNOPSIS
    One more checkpoint, after the one from which the VM goes on. #>
    param([hashtable]$Vm, [string]$Name, [long]$At, [string]$Kind, [bool]$Saved, [bool]$Automatic)
    $Vm.CheckpointCount++
    $one = @{
        Id = Get-HvLabCheckpointId $Vm $Vm.CheckpointCount; Name = $Name; Parent = $Vm.Current; At = $At; Kind = $Kind; Saved = $Saved
        Automatic = $Automatic; Type = $Vm.CheckpointType
    }
    Set-HvLabFrozenDisk $Vm $one
    if ($null -eq $Vm.Checkpoints) { $Vm.Checkpoints = [System.Collections.ArrayList]::new() }
    [void]$Vm.Checkpoints.Add($one)
    $Vm.Current = $one.Id
    $one
}

function Initialize-HvLabCheckpoint {
    <# .SYNOPSIS
    The checkpoints which a VM has when the lab begins, as many as its kind says: those of people, then those left by backups. #>
    param([hashtable]$Vm)
    $guest = $Vm.Guest
    $all = [int]$guest.checkpoints + [int]$guest.backupCheckpoints
    $before = [long]0
    for ($n = 1; $n -le $all; $n++) {
        $kind = 'Realized'
        if ($n -gt $guest.checkpoints) { $kind = 'Recovery' }
        # In equal steps since the first one.
        $at = [long](-86400000.0 * $guest.checkpointDays * ($all - $n + 1) / $all) - 3600000
        if ($n -gt 1) { $Vm.NowMB = Get-HvLabDiskGrowth ($at - $before) }
        $before = $at
        [void](Add-HvLabCheckpoint $Vm ($Vm.Name + ' - ' + $n) $at $kind ($Vm.CheckpointType -eq 5 -and $Vm.State -ne 3) $false)
    }
    $Vm.NowMB = Get-HvLabDiskGrowth (-$before)
}

function Set-HvLabCheckpointTree {
    <# .SYNOPSIS
    Gives the VM that a row names by its number the checkpoints of that row: name, number of the one before, memory, automatic,
    hours ago. #>
    param([hashtable]$State, [object]$Row)
    $vm = $State['Vms'][[int]$Row.vm]
    if ($Row.rows.Count -gt 0) { $vm.Checkpoints = $null; $vm.CheckpointCount = 0; $vm.Current = ''; $vm.NowFile = '' }
    foreach ($one in $Row.rows) {
        $before = [int]$one[1]
        $at = [long](-3600000.0 * [double]$one[4])
        $vm.Current = ''
        if ($before -eq 0) { $vm.NowFile = '' }
        else {
            $vm.Current = Get-HvLabCheckpointId $vm $before
            $vm.NowMB = Get-HvLabDiskGrowth ($at - $vm.Checkpoints[$before - 1].At)
        }
        [void](Add-HvLabCheckpoint $vm ([string]$one[0]) $at 'Realized' ([bool]$one[2]) ([bool]$one[3]))
    }
    if ($Row.current -gt 0) { $vm.Current = Get-HvLabCheckpointId $vm ([int]$Row.current) }
    if ($vm.Current -ne '') { $vm.NowMB = Get-HvLabDiskGrowth (-(Find-HvLabCheckpointOf $vm $vm.Current).At) }
    $vm.DeleteError = [int]$Row.deleteError
    if ($Row.mergeMs -gt 0) {
        $vm.MergeUntil = [long]$Row.mergeMs
        $vm.NextChange = [Math]::Min($vm.NextChange, $vm.MergeUntil)
        if ($vm.NextChange -lt $State['NextChange']) { $State['NextChange'] = $vm.NextChange }
    }
}

function Get-HvLabCheckpointValues {
    <# .SYNOPSIS
    The settings of each checkpoint, made from those of the VM. #>
    param([hashtable]$Vm, [hashtable]$Values)
    foreach ($one in $Vm.Checkpoints.ToArray()) {
        $checkpoint = $Values.Clone()
        $checkpoint['InstanceID'] = 'Microsoft:' + $one.Id
        $checkpoint['ElementName'] = $one.Name
        $checkpoint['VirtualSystemType'] = 'Microsoft:Hyper-V:Snapshot:' + $one.Kind
        $checkpoint['CreationTime'] = ConvertTo-HvLabDate $one.At
        $checkpoint['IsSaved'] = $one.Saved
        $checkpoint['IsAutomaticSnapshot'] = $one.Automatic
        $checkpoint['UserSnapshotType'] = [uint16]$one.Type
        $checkpoint['Notes'] = [string[]]@()
        $checkpoint.Remove('Parent')
        if ($one.Parent -ne '') { $checkpoint['Parent'] = Get-HvLabCheckpointPath $one.Parent }
        $checkpoint
    }
}

function Get-HvLabCheckpointPath {
    <# .SYNOPSIS
    The object path of a checkpoint's settings. #>
    param([string]$Id)
    '\\' + $global:HvLabState.HostName + '\root\virtualization\v2:Msvm_VirtualSystemSettingData.InstanceID="Microsoft:' + $Id + '"'
}

function Find-HvLabCheckpoint {
    <# .SYNOPSIS
    The VM and the checkpoint with an id; null when there is none. #>
    param([string]$Id)
    foreach ($vm in $global:HvLabState.Vms) {
        if ($null -eq $vm.Checkpoints -or -not $Id.EndsWith($vm.Id.Substring(8), [System.StringComparison]::OrdinalIgnoreCase)) { continue }
        $one = Find-HvLabCheckpointOf $vm $Id
        if ($null -ne $one) { return @{ Vm = $vm; Checkpoint = $one } }
    }
    $null
}

function Find-HvLabCheckpointOf {
    <# .SYNOPSIS
    The checkpoint of a VM with an id; null when there is none. #>
    param([hashtable]$Vm, [string]$Id)
    foreach ($one in $Vm.Checkpoints) { if ($one.Id -eq $Id) { return $one } }
    $null
}

function Get-HvLabWork {
    <# .SYNOPSIS
    OperationalStatus[1] of a VM: what the host does with it; 0 for nothing. #>
    param([hashtable]$Vm)
    if ($null -ne $Vm.CheckpointJob) { return [uint16]$Vm.CheckpointJob.Status }
    if ($Vm.MergeUntil -gt 0) { return [uint16]32772 }
    [uint16]0
}

function Get-HvLabCheckpointNext {
    <# .SYNOPSIS
    When the checkpoints of a VM change next by themselves. #>
    param([hashtable]$Vm)
    if ($null -ne $Vm.CheckpointJob) { return [long]$Vm.CheckpointJob.At }
    if ($Vm.MergeUntil -gt 0) { return [long]$Vm.MergeUntil }
    [long]::MaxValue
}

function Step-HvLabCheckpoint {
    <# .SYNOPSIS
    Does what is due: the end of a job, the end of merging. #>
    param([hashtable]$Vm, [long]$Now)
    $work = $Vm.CheckpointJob
    if ($null -ne $work -and $work.At -le $Now) {
        if ($work.Job.ErrorCode -eq 0) { Complete-HvLabCheckpointJob $Vm $work }
        $Vm.CheckpointJob = $null
    }
    if ($Vm.MergeUntil -gt 0 -and $Vm.MergeUntil -le $Now) { $Vm.MergeUntil = [long]0 }
}

function Complete-HvLabCheckpointJob {
    <# .SYNOPSIS
    What a job that did not fail leaves behind. #>
    param([hashtable]$Vm, [hashtable]$Work)
    switch ($Work.Kind) {
        'create' { [void](Add-HvLabCheckpoint $Vm ($Vm.Name + ' - (' + (ConvertTo-HvLabDate $Work.At).ToString('g', [cultureinfo]::InvariantCulture) + ')') $Work.At 'Realized' $Work.Saved $false) }
        'apply' {
            $Vm.Current = $Work.Checkpoint.Id
            Set-HvLabFreshDisk $Vm
            $Vm.Pending.Clear()
            if ($Work.Checkpoint.Saved) { Set-HvLabPower $Vm $global:HvLabState.SavedCode 'halt' $Work.At }
            else { Set-HvLabPower $Vm 3 'off' $Work.At }
        }
        'delete' {
            $gone = @(Get-HvLabCheckpointBranch $Vm $Work.Checkpoint $Work.Subtree)
            foreach ($one in $gone) {
                Merge-HvLabDisk $Vm $one
                foreach ($other in $Vm.Checkpoints) { if ($other.Parent -eq $one.Id) { $other.Parent = $one.Parent } }
                if ($Vm.Current -eq $one.Id) { $Vm.Current = $one.Parent }
                $Vm.Checkpoints.Remove($one)
            }
            # The job is over, and the disks are merged in its wake.
            $Vm.MergeUntil = [long]($Work.At + 20000)
        }
    }
}

function Get-HvLabCheckpointBranch {
    <# .SYNOPSIS
    A checkpoint, or with all that came after it; those first. #>
    param([hashtable]$Vm, [hashtable]$Checkpoint, [bool]$Subtree)
    if ($Subtree) { foreach ($one in $Vm.Checkpoints.ToArray()) { if ($one.Parent -eq $Checkpoint.Id) { Get-HvLabCheckpointBranch $Vm $one $true } } }
    $Checkpoint
}
