# The lab's virtual clock and its one lock. Everything that reads or changes the simulated host does so in Invoke-HvLabLocked.

function Get-HvLabNow {
    <# .SYNOPSIS
    Virtual milliseconds since the lab began: real time times a scale, plus what was skipped. #>
    $clock = $global:HvLabState.Clock
    $realMs = ([datetime]::UtcNow.Ticks - $clock.OriginTicks) / 10000.0
    [long]($realMs * $clock.Scale) + $clock.OffsetMs
}

function ConvertTo-HvLabDate {
    <# .SYNOPSIS
    The date of a virtual moment: the lab begins when the session does. #>
    param([long]$Ms)
    $clock = $global:HvLabState.Clock
    [datetime]::new($clock.OriginTicks, [System.DateTimeKind]::Utc).AddMilliseconds($Ms)
}

function Invoke-HvLabLocked {
    <# .SYNOPSIS
    Runs a block alone, after the simulated world has caught up with the clock; the block gets the virtual time.
    A call may be stopped anywhere in here. PowerShell looks for a stop where it calls a command and where a loop starts
    over, in a finally block too, but never between two calls of .NET: only these take the lock and give it back. #>
    # The block sees the variables of its caller, and these before them: their names must be nobody else's.
    param([scriptblock]$LockedBlock)
    $lockWorld = $global:HvLabState
    $lockTaken = $false
    try {
        [System.Threading.Monitor]::Enter($lockWorld.SyncRoot, [ref]$lockTaken)
        # Still set when the last holder did not come to its end.
        $lockTorn = $lockWorld.Torn
        $lockWorld.Torn = $true
        if ($lockTorn) { Repair-HvLab }
        & $LockedBlock (Update-HvLab)
        $lockWorld.Torn = $false
    } finally { if ($lockTaken) { [System.Threading.Monitor]::Exit($lockWorld.SyncRoot) } }
}

function Repair-HvLab {
    <# .SYNOPSIS
    Makes anew what is derived from the VMs. Their own values are changed in an order that can be left at any point. #>
    $state = $global:HvLabState
    if (-not $state.Ready) { Initialize-HvLabState $state }
    $state.RowCache.Clear()
    $state.Revision++
    foreach ($vm in $state.Vms) { $vm.Rows = @{} }
    # Lets Update-HvLab look at every VM.
    $state.NextChange = [long]::MinValue
    foreach ($vm in $state.Vms) { $vm.NextChange = [long]::MinValue }
}

function Update-HvLab {
    <# .SYNOPSIS
    Applies everything that was due; costs nothing when nothing was. #>
    $state = $global:HvLabState
    $now = Get-HvLabNow
    if ($now -ge $state.NextChange) {
        $next = [long]::MaxValue
        foreach ($vm in $state.Vms) {
            if ($vm.NextChange -le $now) { Step-HvLabVm $vm $now }
            if ($vm.NextChange -lt $next) { $next = $vm.NextChange }
        }
        $state.NextChange = $next
    }
    $now
}
