# What Msvm_ComputerSystem and Msvm_ShutdownComponent do when asked: return codes, jobs, and the plan of what follows.

function Request-HvLabState {
    <# .SYNOPSIS
    RequestStateChange: 2 start or resume, 3 off, 6 save, 9 pause, 11 reset. Answers a return code and perhaps a job. #>
    param([hashtable]$Vm, [int]$Requested, [long]$Now)
    $state = $global:HvLabState
    $invalid = @{ Code = 32775; Job = $null }
    if ($Vm.Pending.Count -gt 0 -and -not ($Vm.State -eq 2 -and $Vm.Leaving)) { return $invalid }
    $from = 'other'
    if ($Vm.State -eq 2) { $from = 'running' }
    if ($Vm.State -eq 3) { $from = 'off' }
    if ($Vm.State -eq $state.SavedCode) { $from = 'saved' }
    if ($Vm.State -eq $state.PausedCode) { $from = 'paused' }
    $guest = $Vm.Guest
    switch ($from + $Requested) {
        'off2' {
            if ([int]$guest.startError -ne 0) {
                $text = Get-HvLabText 'startNoMemory' $Vm.Name ([string]$Vm.MemoryMB)
                return Start-HvLabTransition $Vm $Now 10 3 'off' 1500 12 'jobStart' ([int]$guest.startError) $text
            }
            return Start-HvLabTransition $Vm $Now 10 2 'run' ([long]$guest.startMs) 12 'jobStart'
        }
        'saved2' { return Start-HvLabTransition $Vm $Now 10 2 'restore' ([long]$guest.startMs) 15 'jobRestore' }
        'paused2' { return Start-HvLabTransition $Vm $Now 32777 2 'resume' 400 27 'jobResume' }
        'running9' { return Start-HvLabTransition $Vm $Now 32776 $state.PausedCode 'halt' 400 26 'jobPause' }
        { $_ -eq 'running3' -or $_ -eq 'paused3' } { return Start-HvLabTransition $Vm $Now 32774 3 'off' 500 13 'jobTurnOff' }
        { $_ -eq 'running6' -or $_ -eq 'paused6' } { return Start-HvLabTransition $Vm $Now 32773 $state.SavedCode 'halt' ([long]$guest.saveMs) 14 'jobSave' }
        { $_ -eq 'running11' -or $_ -eq 'paused11' } { return Start-HvLabTransition $Vm $Now 11 2 'run' 600 28 'jobReset' }
    }
    $invalid
}

function Start-HvLabTransition {
    <# .SYNOPSIS
    Gives the VM its transitional state, plans the final one, and makes the job that watches over both. #>
    param([hashtable]$Vm, [long]$Now, [uint16]$Through, [uint16]$To, [string]$Effect, [long]$Ms, [uint16]$JobType, [string]$TextKey, [int]$ErrorCode = 0, [string]$ErrorText = '')
    $job = New-HvLabJob $Vm $JobType $TextKey $Now $Ms ([uint16]$ErrorCode) $ErrorText
    # The end first: a call that is stopped in between must not leave the VM in transition for ever.
    $Vm.Pending.Clear()
    if ($ErrorCode -eq 0 -and $job.ErrorCode -ne 0) { Add-HvLabPending $Vm ($Now + $Ms) $Vm.State '' }
    else { Add-HvLabPending $Vm ($Now + $Ms) $To $Effect }
    $Vm.Leaving = $false
    Set-HvLabPower $Vm $Through '' $Now
    Set-HvLabChanged $Vm $Now
    @{ Code = 4096; Job = $job }
}

function Request-HvLabShutdown {
    <# .SYNOPSIS
    InitiateShutdown and InitiateReboot: the guest's answer. 0 means that it agreed, not that it is down. #>
    param([hashtable]$Vm, [bool]$Force, [bool]$Restart, [long]$Now)
    $guest = $Vm.Guest
    if ($Vm.State -ne 2) { return 32775 }
    if (-not $Vm.Enabled[0] -or [string]$guest.shutdown -eq 'absent') { return 32768 }
    if ((Get-HvLabStatus $Vm 0 $Now) -eq 12) {
        # A guest that never answers has no shutdown service; one that will answer is still booting.
        if ([int]$guest.settled[0] -eq 12) { return 32768 }
        return 32780
    }
    if ($Vm.Leaving) { return 32782 }
    if ([string]$guest.shutdown -eq 'locked' -and -not $Force) { return 32781 }
    if ([string]$guest.shutdown -eq 'ignores') { return 0 }
    $end = $Now + [long]$guest.shutdownMs
    $Vm.Leaving = $true
    if ($Restart) {
        Add-HvLabPending $Vm $end 2 'run'
    } else {
        Add-HvLabPending $Vm ([Math]::Max([long]$Now, [long]($end - 400))) 32774 ''
        Add-HvLabPending $Vm $end 3 'off'
    }
    Set-HvLabChanged $Vm $Now
    0
}
