# Checkpoints of one VM. What takes long is asked of Msvm_VirtualSystemSnapshotService, whose jobs the caller follows; names
# and the type that a VM makes are changed by the Hyper-V module, at once.
# CreateSnapshot is always asked for a full one (2): the VM's UserSnapshotType decides which type that becomes.

function Read-HvCheckpointSetting {
    # .SYNOPSIS
    # The settings of a VM and of its checkpoints, whose VirtualSystemType tells which is which. Hosts before Windows 10 1709
    # have no automatic checkpoints, those before 2016 no types, and refuse a query that names their properties.
    [CmdletBinding()]
    param([hashtable]$Counter, [guid]$Id)
    $name = ConvertTo-HvFilterId -Id $Id
    $old = @('InstanceID', 'ElementName', 'VirtualSystemType', 'Parent', 'CreationTime', 'IsSaved', 'SnapshotDataRoot')
    foreach ($more in @('UserSnapshotType', 'IsAutomaticSnapshot'), @('UserSnapshotType'), @()) {
        $before = $Counter['Lacking'].Count
        $found = @(Get-HvInstance -Counter $Counter -Optional -ClassName 'Msvm_VirtualSystemSettingData' -Property ($old + $more) -Filter "VirtualSystemIdentifier='$name'")
        $after = $Counter['Lacking'].Count
        if ($after -eq $before) { return @{ Found = $found; More = $more } }
        if ($more.Length -gt 0) { $Counter['Lacking'].RemoveRange($before, $after - $before) }
    }
    return @{ Found = @(); More = @() }
}

function Get-HvCheckpoint {
    # .SYNOPSIS
    # Rows 'checkpoint': InstanceID, name, VirtualSystemType, parent, creation, IsSaved, UserSnapshotType, IsAutomaticSnapshot;
    # null for what the host lacks. Returns the state of the VM, what the host does with it, the checkpoint from which it goes
    # on, and the type it is set to make. With -Sizes also the rows of checkpointFiles.ps1, and whether there are such.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [bool]$Sizes
    )
    $counter = New-HvCounter
    $name = ConvertTo-HvFilterId -Id $Id
    $vms = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_ComputerSystem' -Property 'EnabledState', 'OperationalStatus' -Filter "Name='$name'")
    if ($vms.Length -eq 0) {
        Assert-HvHostReadable -Counter $counter
        Stop-HvFunction -Reason 'vmNotFound' -Message "No virtual machine has the id $name."
    }
    $p = $vms[0].CimInstanceProperties
    $answer = @{ state = $p['EnabledState'].Value; work = $p['OperationalStatus'].Value; current = $null; setting = $null; sizes = $false }
    $settings = Read-HvCheckpointSetting -Counter $counter -Id $Id
    # Every VM has settings; without rights CIM answers with no rows and no error.
    if ($settings['Found'].Length -eq 0) { Assert-HvHostReadable -Counter $counter }
    $rows = [System.Collections.Generic.List[object]]::new()
    $found = [System.Collections.Generic.List[object]]::new()
    foreach ($instance in $settings['Found']) {
        try {
            $p = $instance.CimInstanceProperties
            $type = $null
            $automatic = $null
            if ($settings['More'] -contains 'UserSnapshotType') { $type = $p['UserSnapshotType'].Value }
            if ($settings['More'] -contains 'IsAutomaticSnapshot') { $automatic = $p['IsAutomaticSnapshot'].Value }
            $kind = [string]$p['VirtualSystemType'].Value
            if ($kind -like '*:Snapshot:*') {
                $instanceId = $p['InstanceID'].Value
                $rows.Add(@('checkpoint', $instanceId, $p['ElementName'].Value, $kind, $p['Parent'].Value, (ConvertTo-HvUtcMs $p['CreationTime'].Value), $p['IsSaved'].Value, $type, $automatic))
                $checkpoint = [guid]::Empty
                if ([guid]::TryParse(([string]$instanceId).Replace('Microsoft:', ''), [ref]$checkpoint)) { $found.Add(@{ Id = $checkpoint; Root = [string]$p['SnapshotDataRoot'].Value; Saved = $p['IsSaved'].Value }) }
            }
            elseif ($kind -like '*:System:Realized') {
                $answer['current'] = $p['Parent'].Value
                $answer['setting'] = $type
            }
        }
        catch {
            $rows.Add((Get-HvProblemRow 'Msvm_VirtualSystemSettingData' $_))
        }
    }
    if ($Sizes) {
        $files = Read-HvCheckpointFile -Counter $counter -Id $Id -Checkpoint $found.ToArray()
        $answer['sizes'] = $null -ne $files
        if ($null -ne $files) { $rows.AddRange([object[]]$files) }
    }
    $rows.AddRange($counter['Lacking'])
    Send-SessionBatch -Records $rows.ToArray()
    $answer['cimQueries'] = $counter['Queries']
    return $answer
}

function Get-HvCheckpointInstance {
    # .SYNOPSIS
    # The whole settings of one checkpoint of a VM, for methods that take them; stops with checkpointNotFound when the VM has
    # no such checkpoint. Those of backups and of replication are not found: nobody asked us to take them away.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [guid]$CheckpointId
    )
    $name = ConvertTo-HvFilterId -Id $Id
    $checkpoint = ConvertTo-HvFilterId -Id $CheckpointId
    $found = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_VirtualSystemSettingData' -Filter "VirtualSystemType='Microsoft:Hyper-V:Snapshot:Realized' AND InstanceID='Microsoft:$checkpoint' AND VirtualSystemIdentifier='$name'")
    if ($found.Length -gt 0) { return $found[0] }
    $null = Get-HvComputerSystem -Counter $Counter -Id $Id
    Stop-HvFunction -Reason 'checkpointNotFound' -Message "The virtual machine has no checkpoint $checkpoint."
}

function Invoke-HvCheckpointMethod {
    # .SYNOPSIS
    # Asks the service for checkpoints, and reads the VM back: with the id of the host's job when that goes on.
    [CmdletBinding()]
    param([hashtable]$Counter, [guid]$Id, [string]$Method, [hashtable]$Arguments)
    $service = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_VirtualSystemSnapshotService')
    if ($service.Length -eq 0) {
        Assert-HvHostReadable -Counter $Counter
        Stop-HvFunction -Reason 'notSupported' -Message 'The host has no service for checkpoints.'
    }
    $result = Invoke-HvCimMethod -Counter $Counter -InputObject $service[0] -MethodName $Method -Arguments $Arguments
    $jobId = Get-HvJobId -Result $result
    $ended = $null -eq $jobId -or (Wait-HvJob -Counter $Counter -JobId $jobId)
    $answer = Get-HvVmAfterChange -Counter $Counter -Id $Id
    if (-not $ended) { $answer['job'] = $jobId }
    return $answer
}

function New-HvCheckpoint {
    # .SYNOPSIS
    # Makes a checkpoint of the type that the VM is set to make, under a name of the host's choice.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    $counter = New-HvCounter
    $vm = Get-HvComputerSystem -Counter $counter -Id $Id
    return Invoke-HvCheckpointMethod -Counter $counter -Id $Id -Method 'CreateSnapshot' -Arguments @{ AffectedSystem = $vm; SnapshotSettings = ''; SnapshotType = [uint16]2 }
}

function Restore-HvCheckpoint {
    # .SYNOPSIS
    # Applies a checkpoint: what the VM has done since is gone. Only ever called because a person asked for exactly that.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [guid]$CheckpointId
    )
    $counter = New-HvCounter
    $checkpoint = Get-HvCheckpointInstance -Counter $counter -Id $Id -CheckpointId $CheckpointId
    return Invoke-HvCheckpointMethod -Counter $counter -Id $Id -Method 'ApplySnapshot' -Arguments @{ Snapshot = $checkpoint }
}

function Remove-HvCheckpoint {
    # .SYNOPSIS
    # Deletes a checkpoint, or with all that came after it. Only ever called because a person asked for exactly that.
    # Merging the disks may go on after the job.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [guid]$CheckpointId,
        [Parameter(Mandatory = $true)] [bool]$Subtree
    )
    $counter = New-HvCounter
    $checkpoint = Get-HvCheckpointInstance -Counter $counter -Id $Id -CheckpointId $CheckpointId
    if ($Subtree) { return Invoke-HvCheckpointMethod -Counter $counter -Id $Id -Method 'DestroySnapshotTree' -Arguments @{ SnapshotSettingData = $checkpoint } }
    return Invoke-HvCheckpointMethod -Counter $counter -Id $Id -Method 'DestroySnapshot' -Arguments @{ AffectedSnapshot = $checkpoint }
}

function Rename-HvCheckpoint {
    # .SYNOPSIS
    # Gives a checkpoint another name.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [guid]$CheckpointId,
        [Parameter(Mandatory = $true)] [string]$Name
    )
    $counter = New-HvCounter
    $null = Get-HvCheckpointInstance -Counter $counter -Id $Id -CheckpointId $CheckpointId
    try {
        $checkpoint = Hyper-V\Get-VMSnapshot -Id $CheckpointId -ErrorAction Stop
        $null = Hyper-V\Rename-VMSnapshot -VMSnapshot $checkpoint -NewName $Name -Confirm:$false -ErrorAction Stop
    }
    catch {
        Resolve-HvHostFailure -Counter $counter -ErrorRecord $_
    }
    return Get-HvVmAfterChange -Counter $counter -Id $Id
}

function Set-HvCheckpointType {
    # .SYNOPSIS
    # Which type of checkpoints the VM makes from now on.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [ValidateSet('standard', 'production', 'productionOnly')] [string]$Type
    )
    $value = @{ standard = 'Standard'; production = 'Production'; productionOnly = 'ProductionOnly' }[$Type]
    # ValidateSet compares like people read: it lets characters pass that nobody sees.
    if ($null -eq $value) { Stop-HvFunction -Reason 'badRequest' -Message 'There is no such type.' }
    $counter = New-HvCounter
    $null = Get-HvComputerSystem -Counter $counter -Id $Id
    try {
        $vm = Hyper-V\Get-VM -Id $Id -ErrorAction Stop
        $null = Hyper-V\Set-VM -VM $vm -CheckpointType $value -Confirm:$false -ErrorAction Stop
    }
    catch {
        Resolve-HvHostFailure -Counter $counter -ErrorRecord $_
    }
    return Get-HvVmAfterChange -Counter $counter -Id $Id
}
