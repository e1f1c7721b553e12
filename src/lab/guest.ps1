# How a VM and its guest behave over virtual time: boot stages, contact of the services, pending transitions.

function Get-HvLabNextChange {
    <# .SYNOPSIS
    The next virtual moment at which anything visible of this VM changes by itself. #>
    param([hashtable]$Vm, [long]$Now)
    $next = [long]::MaxValue
    if ($Vm.Pending.Count -gt 0) { $next = [long]$Vm.Pending[0].At }
    if ($null -ne $Vm.Exchange) { $next = [Math]::Min($next, [long](Get-HvLabPairsNext $Vm)) }
    if ($null -ne $Vm.CheckpointJob -or $Vm.MergeUntil -gt 0) { $next = [Math]::Min($next, [long](Get-HvLabCheckpointNext $Vm)) }
    if ($null -ne $Vm.Files -and $Vm.Files.Work.Count -gt 0) { $next = [Math]::Min($next, [long](Get-HvLabFilesNext $Vm)) }
    if ($Vm.Alive) {
        for ($i = 0; $i -lt 6; $i++) {
            $ready = Get-HvLabReadyAt $Vm $i
            if ($ready -gt $Now -and $ready -lt $next) { $next = $ready }
        }
        $kvp = Get-HvLabKvpAt $Vm
        if ($kvp -gt $Now -and $kvp -lt $next) { $next = $kvp }
    }
    $next
}

function Get-HvLabReadyAt {
    <# .SYNOPSIS
    When the guest's half of a service answers. #>
    param([hashtable]$Vm, [int]$Index)
    $ready = $Vm.BootAt + [long]$Vm.Guest.readyMs[$Index]
    if ($Vm.ContactAt[$Index] -gt $ready) { $ready = $Vm.ContactAt[$Index] }
    $ready
}

function Get-HvLabKvpAt {
    <# .SYNOPSIS
    When the guest has reported its own facts (system, name, addresses): later than the service's first contact. #>
    param([hashtable]$Vm)
    $at = $Vm.BootAt + [long]$Vm.Guest.kvpMs
    if ($Vm.ContactAt[2] -gt $at) { $at = $Vm.ContactAt[2] }
    $at
}

function Get-HvLabStatus {
    <# .SYNOPSIS
    OperationalStatus[0] of a component: 2 OK, 12 no contact, 13 lost and 15 paused (heartbeat only), or what the guest settles on. #>
    param([hashtable]$Vm, [int]$Index, [long]$Now)
    if (-not $Vm.Alive -and $Index -eq 3) { return [uint16]15 }
    if ($Now -lt (Get-HvLabReadyAt $Vm $Index)) { return [uint16]12 }
    if ($Vm.Hangs -and $Index -eq 3 -and [int]$Vm.Guest.settled[3] -eq 2) { return [uint16]13 }
    [uint16]$Vm.Guest.settled[$Index]
}

function Get-HvLabUptime {
    <# .SYNOPSIS
    Milliseconds the VM has run since it was started; stands still while it is paused or saved. #>
    param([hashtable]$Vm, [long]$Now)
    if ($Vm.Alive) { return [uint64][Math]::Max([long]0, $Vm.UptimeMs + $Now - $Vm.RunSince) }
    [uint64]$Vm.UptimeMs
}

function Test-HvLabInMemory {
    <# .SYNOPSIS
    Whether the VM holds memory, so that its component instances exist: running, paused, or on the way between. #>
    param([hashtable]$Vm)
    $Vm.Alive -or $Vm.State -eq $global:HvLabState.PausedCode -or $Vm.State -eq 32777
}

function Add-HvLabPending {
    <# .SYNOPSIS
    Plans a change: at a virtual moment the VM gets a state, with an effect (run, resume, off, halt, reboot or none). #>
    param([hashtable]$Vm, [long]$At, [uint16]$State, [string]$Effect)
    [void]$Vm.Pending.Add(@{ At = $At; State = $State; Effect = $Effect })
}

function Step-HvLabVm {
    <# .SYNOPSIS
    Applies the planned changes that are due, in their order. #>
    param([hashtable]$Vm, [long]$Now)
    while ($Vm.Pending.Count -gt 0 -and $Vm.Pending[0].At -le $Now) {
        # Taken from the list only when it is done: doing it twice is harmless, losing it is not.
        $step = $Vm.Pending[0]
        Set-HvLabPower $Vm $step.State $step.Effect $step.At
        $Vm.Pending.RemoveAt(0)
    }
    if ($null -ne $Vm.Exchange) { Step-HvLabPairs $Vm $Now }
    if ($null -ne $Vm.CheckpointJob -or $Vm.MergeUntil -gt 0) { Step-HvLabCheckpoint $Vm $Now }
    if ($null -ne $Vm.Files -and $Vm.Files.Work.Count -gt 0) { Step-HvLabFiles $Vm $Now }
    Set-HvLabChanged $Vm $Now
}

function Set-HvLabPower {
    <# .SYNOPSIS
    Gives the VM a state at a moment and does what comes with it. #>
    param([hashtable]$Vm, [uint16]$State, [string]$Effect, [long]$At)
    $Vm.State = $State
    $Vm.Changed = $At
    switch ($Effect) {
        'run' {
            $Vm.Alive = $true; $Vm.UptimeMs = [long]0; $Vm.RunSince = $At; $Vm.BootAt = $At; $Vm.Leaving = $false; $Vm.Hangs = $false
            $Vm.ContactAt = [long[]]@(0, 0, 0, 0, 0, 0)
        }
        'resume' { $Vm.Alive = $true; $Vm.RunSince = $At }
        'restore' {
            # Memory came back from disk: the services need a moment to find each other again.
            $Vm.Alive = $true; $Vm.RunSince = $At
            for ($i = 0; $i -lt 6; $i++) { $Vm.ContactAt[$i] = $At + 1500 }
        }
        'halt' {
            $uptime = [long](Get-HvLabUptime $Vm $At)
            $Vm.UptimeMs = $uptime; $Vm.Alive = $false
            Stop-HvLabCopies $Vm $At
        }
        'off' { $Vm.Alive = $false; $Vm.UptimeMs = [long]0; $Vm.Leaving = $false; Stop-HvLabCopies $Vm $At }
    }
}

function Set-HvLabService {
    <# .SYNOPSIS
    Switches a service on the host. Enabling begins without contact for 2 to 4 s; disabling leaves the status alone. #>
    param([hashtable]$Vm, [int]$Index, [bool]$Enabled, [long]$Now)
    if ($Enabled -and -not $Vm.Enabled[$Index]) {
        # The same VM and service always need the same time, so that a test can rely on it.
        $Vm.ContactAt[$Index] = $Now + 2000 + (($Vm.Index * 7 + $Index * 3) % 5) * 500
    }
    # The first thing that the service does is to set the clock.
    if ($Index -eq 1 -and $Enabled -and -not $Vm.Enabled[1] -and $Vm.Alive) { $global:HvLabState.ClockOffsets[$Vm.Id] = 0.0 }
    $Vm.Enabled[$Index] = $Enabled
    Set-HvLabChanged $Vm $Now
}
