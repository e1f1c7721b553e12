# The files of the lab's VMs: disks before and after checkpoints, and the memory that checkpoints hold. They are nowhere but here.
# A disk file of checkpoints has a name (File) and a size (DiskMB): of a checkpoint those of the disk that was frozen with it, of
# the VM (NowFile, NowMB) those of the disk it writes into. No name: the disk that it has without checkpoints.

function Get-HvLabDiskGrowth {
    <# .SYNOPSIS
    What a VM of the lab writes in so many virtual ms, in MB. #>
    param([long]$Ms)
    [long][Math]::Min(24576.0, 68.0 + $Ms / 3600000.0 * 9)
}

function Set-HvLabFrozenDisk {
    <# .SYNOPSIS
    The disk of the VM becomes that of a new checkpoint, and it goes on in an empty one. #>
    param([hashtable]$Vm, [hashtable]$Checkpoint)
    $Checkpoint['File'] = $Vm.NowFile
    $Checkpoint['DiskMB'] = $Vm.NowMB
    Set-HvLabFreshDisk $Vm
}

function Set-HvLabFreshDisk {
    <# .SYNOPSIS
    The VM goes on from a checkpoint, in a new disk. #>
    param([hashtable]$Vm)
    $Vm.DiskCount++
    $Vm.NowFile = ('A4D{0:X5}' -f $Vm.DiskCount) + $Vm.Id.Substring(8)
    $Vm.NowMB = [long]4
}

function Merge-HvLabDisk {
    <# .SYNOPSIS
    A checkpoint is deleted: what alone goes on from it takes over its disk. #>
    param([hashtable]$Vm, [hashtable]$Checkpoint)
    $heirs = @(foreach ($one in $Vm.Checkpoints) { if ($one.Parent -eq $Checkpoint.Id) { $one } })
    $isCurrent = $Vm.Current -eq $Checkpoint.Id
    if ($heirs.Count + [int]$isCurrent -ne 1) { return }
    if ($isCurrent) {
        $Vm.NowFile = $Checkpoint.File
        $Vm.NowMB = [Math]::Max($Vm.NowMB, $Checkpoint.DiskMB) + [long]([Math]::Min($Vm.NowMB, $Checkpoint.DiskMB) / 2)
        return
    }
    $heirs[0].File = $Checkpoint.File
    $heirs[0].DiskMB = [Math]::Max($heirs[0].DiskMB, $Checkpoint.DiskMB) + [long]([Math]::Min($heirs[0].DiskMB, $Checkpoint.DiskMB) / 2)
}

function Get-HvLabDiskPath {
    <# .SYNOPSIS
    Where a disk of a VM is: of the kind, with the number, and the name of a disk file of checkpoints or none. #>
    param([hashtable]$Vm, [string]$Kind, [int]$Number, [string]$File)
    $name = 'disk' + $Number + '.vhdx'
    if ($File -ne '') { $name = 'disk' + $Number + '_' + $File + '.avhdx' }
    if ($Kind -eq 'remote') { return '\\files.corp.example\vms\' + $Vm.Id + '\' + $name }
    if ($Kind -eq 'shared') { return 'C:\ClusterStorage\Volume1\' + $name }
    'D:\Hyper-V\' + $Vm.Id + '\' + $name
}

function Get-HvLabFileSize {
    <# .SYNOPSIS
    The sizes of all files of a VM in bytes, by path. What is on a server of files is not among them. #>
    param([hashtable]$Vm)
    $sizes = @{}
    $kinds = @($Vm.Guest.disks)
    $owners = @(@{ File = $Vm.NowFile; DiskMB = $Vm.NowMB })
    if ($null -ne $Vm.Checkpoints) { $owners += $Vm.Checkpoints.ToArray() }
    for ($n = 0; $n -lt $kinds.Count; $n++) {
        if ([string]$kinds[$n] -eq 'physical' -or [string]$kinds[$n] -eq 'remote') { continue }
        foreach ($one in $owners) {
            $mb = [long]$one.DiskMB
            if ($one.File -eq '') { $mb = 12288 + 731 * ([int]$Vm.Index % 16) }
            $sizes[(Get-HvLabDiskPath $Vm ([string]$kinds[$n]) $n ([string]$one.File))] = [long]($mb * 1048576 / ($n + 1))
        }
    }
    if ($null -eq $Vm.Checkpoints) { return $sizes }
    foreach ($one in $Vm.Checkpoints) {
        # Pages full of zeros are not kept. Without memory the file holds the state of the devices.
        $bytes = [long]45056
        if ($one.Saved) { $bytes = [long]([long]$Vm.MemoryMB * 734003) }
        $sizes['C:\ProgramData\Microsoft\Windows\Hyper-V\Snapshots\' + $one.Id + '.vmrs'] = $bytes
    }
    $sizes
}

function Read-HvLabFileSize {
    <# .SYNOPSIS
    In the place of Read-HvFileSize. Shares are out of reach of whoever signed in by WinRM, and so are those of the lab. #>
    [Alias('Read-HvFileSize')]
    param([string[]]$Path)
    Invoke-HvLabLocked {
        $answer = @{}
        $known = @{}
        foreach ($one in $Path) {
            if ($answer.ContainsKey($one)) { continue }
            $answer[$one] = @{ Bytes = $null; Gap = 'missing' }
            if ($one.StartsWith('\\')) { $answer[$one].Gap = 'denied' }
            $vm = Find-HvLabFileOwner $one
            if ($null -eq $vm) { continue }
            if (-not $known.ContainsKey($vm.Id)) { $known[$vm.Id] = Get-HvLabFileSize $vm }
            $bytes = $known[$vm.Id][$one]
            if ($null -ne $bytes) { $answer[$one] = @{ Bytes = $bytes; Gap = $null } }
        }
        $answer
    }
}

function Find-HvLabFileOwner {
    <# .SYNOPSIS
    The VM whose id, or that of whose checkpoint, is in a path. #>
    param([string]$Path)
    foreach ($match in [regex]::Matches($Path, '[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}')) {
        $vm = $global:HvLabState.VmById[$match.Value]
        if ($null -ne $vm) { return $vm }
        $found = Find-HvLabCheckpoint $match.Value
        if ($null -ne $found) { return $found.Vm }
    }
}
