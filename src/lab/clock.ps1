# The lab's virtual clock and its one lock. Everything that reads or changes the simulated host calls Lock-HvLab first.

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

function Lock-HvLab {
    <# .SYNOPSIS
    Takes the lock and lets the simulated world catch up with the clock; returns the virtual time. Called inside the try
    whose finally gives the lock back: a call that is cancelled between the two would keep it for ever. #>
    $state = $global:HvLabState
    [System.Threading.Monitor]::Enter($state.SyncRoot)
    Update-HvLab
}

function Unlock-HvLab {
    <# .SYNOPSIS
    Gives the lock back, if this thread has it; belongs into a finally block. #>
    $lock = $global:HvLabState.SyncRoot
    if ([System.Threading.Monitor]::IsEntered($lock)) { [System.Threading.Monitor]::Exit($lock) }
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
