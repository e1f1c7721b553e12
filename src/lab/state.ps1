# Builds the shared state of one simulated host from the prelude's data. The state is plain data (no script blocks),
# so the session's four runspaces can use it together, one at a time (clock.ps1).

function New-SessionPreludeState {
    <# .SYNOPSIS
    Called once a session; returns the one shared state object. #>
    param([object]$Data)
    $state = [hashtable]::Synchronized(@{})
    $state['Data'] = $Data
    Initialize-HvLabState $state
    $state
}

function Enter-SessionPrelude {
    <# .SYNOPSIS
    Called in each runspace: puts the simulated modules in the place of the real ones. #>
    param([object]$State)
    $global:HvLabState = $State
    Import-HvLabCimCmdlets
    Import-HvLabHyperV
}

function Initialize-HvLabState {
    <# .SYNOPSIS
    Fills the state from its data: at the start, and again by lab.reset. #>
    param([hashtable]$State)
    $data = $State['Data']
    # False while it is being filled: a reset that is stopped is done again by the next call (Repair-HvLab).
    $State['Ready'] = $false
    $State['HostName'] = [string]$data.hostName
    $State['SavedCode'] = [uint16]$data.savedCode
    $State['PausedCode'] = [uint16]$data.pausedCode
    $State['PerQueryMs'] = [double]$data.perQueryMs
    $State['PerRowMs'] = [double]$data.perRowMs
    $State['PerCmdletMs'] = [double]$data.perCmdletMs
    $State['PerVmMs'] = [double]$data.perVmMs
    # A reset of the lab does not unload the module.
    if ($null -eq $State['ModuleLoadMs']) { $State['ModuleLoadMs'] = [double]$data.moduleLoadMs }
    $State['Clock'] = @{ OriginTicks = [datetime]::UtcNow.Ticks; OffsetMs = [long]0; Scale = [double]$data.timeScale }
    $texts = @{}
    foreach ($pair in $data.texts) { $texts[[string]$pair[0]] = [string]$pair[1] }
    $State['Texts'] = $texts
    $services = [System.Collections.ArrayList]::new()
    foreach ($row in $data.services) {
        [void]$services.Add(@{ Key = [string]$row[0]; ComponentId = [string]$row[1]; Class = [string]$row[2]; Name = [string]$row[3] })
    }
    $State['Services'] = $services.ToArray()
    $State['Classes'] = @{}
    $State['Shapes'] = @{}
    $State['StatusPairs'] = @{}
    $State['SystemItems'] = @{}
    $State['ItemParts'] = Get-HvLabItemParts
    $State['Plans'] = @{}
    $State['RowCache'] = @{}
    $State['Jobs'] = [System.Collections.ArrayList]::new()
    $State['JobCount'] = 0
    $State['NextChange'] = [long]::MaxValue
    # Counts changes; who compares the VMs need not while it stays.
    $State['Revision'] = [long]$State['Revision'] + 1
    if ($null -eq $State['Torn']) { $State['Torn'] = $false }
    $State['Profiles'] = @($data.profiles)
    $State['Vms'] = [System.Collections.ArrayList]::new()
    $State['VmById'] = @{}
    foreach ($row in $data.vms) { Add-HvLabVm $State $row }
    foreach ($row in $data.exchange) { Set-HvLabExchange $State $row }
    foreach ($row in $data.checkpoints) { Set-HvLabCheckpointTree $State $row }
    Initialize-HvLabClock $State
    foreach ($row in $data.files) { Set-HvLabFiles $State $row }
    $State['Faults'] = [System.Collections.ArrayList]::new()
    foreach ($fault in $data.faults) {
        [void]$State['Faults'].Add(@{ Kind = [string]$fault.kind; On = [string]$fault.on; Vm = [string]$fault.vm; Code = [long]$fault.code })
    }
    $State['Ready'] = $true
}

function Add-HvLabVm {
    <# .SYNOPSIS
    Adds one VM from its row: name, id, profile, state, processors, memory in MB, uptime in seconds. #>
    param([hashtable]$State, [object]$Row)
    $guest = $State['Profiles'][[int]$Row[2]]
    $code = [int]$Row[3]
    $power = [uint16]$code
    if ($code -eq 6) { $power = $State['SavedCode'] }
    if ($code -eq 9) { $power = $State['PausedCode'] }
    $uptimeMs = [long]$Row[6] * 1000
    $vm = @{
        Id = ([string]$Row[1]).ToUpperInvariant(); Name = [string]$Row[0]; Index = $State['Vms'].Count; Guest = $guest
        State = $power; Alive = ($code -eq 2)
        # While it runs, uptime is UptimeMs plus the time since RunSince.
        RunSince = [long]0; UptimeMs = $uptimeMs; BootAt = [long](-$uptimeMs); Changed = [long](-$uptimeMs)
        # A service enabled or resumed just now has no contact with the guest before this moment.
        ContactAt = [long[]]@(0, 0, 0, 0, 0, 0); Enabled = [bool[]]@($guest.enabled)
        Processors = [uint16]$Row[4]; MemoryMB = [uint64]$Row[5]; Pending = [System.Collections.ArrayList]::new(); Leaving = $false
        NextChange = [long]::MaxValue; Rows = @{}; Exchange = $null; Hangs = $false
        # See checkpoints.ps1. Current is the checkpoint from which it goes on.
        Checkpoints = $null; CheckpointCount = 0; Current = ''; CheckpointType = [int]$guest.checkpointType; CheckpointJob = $null; MergeUntil = [long]0; DeleteError = 0
        # See checkpointFiles.ps1.
        DiskCount = 0; NowFile = ''; NowMB = [long]0
        # See guestFiles.ps1.
        Files = $null
    }
    if ($guest.checkpoints -gt 0 -or $guest.backupCheckpoints -gt 0) { Initialize-HvLabCheckpoint $vm }
    if ($code -eq 3) { $vm.UptimeMs = [long]0 }
    [void]$State['Vms'].Add($vm)
    $State['VmById'][$vm.Id] = $vm
    # A guest that has been up for a minute has nothing left to come up with.
    if ($vm.Alive -and $uptimeMs -lt 60000) {
        $vm.NextChange = Get-HvLabNextChange $vm 0
        if ($vm.NextChange -lt $State['NextChange']) { $State['NextChange'] = $vm.NextChange }
    }
}

function Set-HvLabExchange {
    <# .SYNOPSIS
    Gives the VM that a row names by its number the pairs of that row. #>
    param([hashtable]$State, [object]$Row)
    $vm = $State['Vms'][[int]$Row.vm]
    $vm.Exchange = New-HvLabExchange $Row
    $vm.NextChange = [Math]::Min($vm.NextChange, [long](Get-HvLabPairsNext $vm))
    if ($vm.NextChange -lt $State['NextChange']) { $State['NextChange'] = $vm.NextChange }
}

function Set-HvLabChanged {
    <# .SYNOPSIS
    Drops the built rows of one VM and finds out when it changes next. #>
    param([hashtable]$Vm, [long]$Now)
    $state = $global:HvLabState
    $Vm.Rows = @{}
    $state.RowCache.Clear()
    $state.Revision++
    $Vm.NextChange = Get-HvLabNextChange $Vm $Now
    if ($Vm.NextChange -lt $state.NextChange) { $state.NextChange = $Vm.NextChange }
}

function Get-HvLabText {
    <# .SYNOPSIS
    One text in the language of the host, with {0} and {1} filled in literally. #>
    param([string]$Key, [string]$First = '', [string]$Second = '')
    $text = [string]$global:HvLabState.Texts[$Key]
    # {1} first: it is a number or a text of the lab's own, while {0} may be a name with anything in it.
    $text.Replace('{1}', $Second).Replace('{0}', $First)
}
