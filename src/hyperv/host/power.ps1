# Power states, changed by the host without the guest's help.

function Get-HvPowerStateCode {
    # .SYNOPSIS
    # Every EnabledState that means paused or saved: hosts report both in several codings (see powerStates.ts).
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [ValidateSet('paused', 'saved')] [string]$State)
    if ($State -eq 'paused') { return 9, 32768, 32785 }
    return 6, 32769, 32779, 32784, 32791
}

function Set-HvPowerState {
    # .SYNOPSIS
    # Asks for one of the states which RequestStateChange really takes (2, 3, 6, 9, 11), and reads the VM back: with the
    # id of the host's job when that goes on. The host itself refuses what leads nowhere; From and NotFrom name the
    # states in which it would do something else than what the method says.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [uint16]$RequestedState,
        [int64[]]$From = @(),
        [int64[]]$NotFrom = @()
    )
    $counter = New-HvCounter
    $vm = Get-HvComputerSystem -Counter $counter -Id $Id
    $state = [int64]$vm.CimInstanceProperties['EnabledState'].Value
    if (($From.Length -gt 0 -and $From -notcontains $state) -or $NotFrom -contains $state) {
        Stop-HvFunction -Reason 'invalidState' -Message "The state $RequestedState cannot be asked for in the state $state."
    }
    $result = Invoke-HvCimMethod -Counter $counter -InputObject $vm -MethodName 'RequestStateChange' -Arguments @{ RequestedState = $RequestedState }
    $jobId = Get-HvJobId -Result $result
    $ended = $null -eq $jobId -or (Wait-HvJob -Counter $counter -JobId $jobId)
    $answer = Get-HvVmAfterChange -Counter $counter -Id $Id
    if (-not $ended) { $answer['job'] = $jobId }
    return $answer
}

function Start-HvVm {
    # .SYNOPSIS
    # Lets a VM run: starts it, from its saved state if it has one. A paused VM runs on, which is what was asked for and
    # loses nothing.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 2
}

function Resume-HvVm {
    # .SYNOPSIS
    # Lets a paused VM run on. The same request would start a VM that is off or saved.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 2 -From (Get-HvPowerStateCode -State 'paused')
}

function Stop-HvVm {
    # .SYNOPSIS
    # Cuts the power of a VM. Only ever called because a person asked for exactly that. The same request would throw
    # away the memory of a saved VM, which has no power to cut.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 3 -NotFrom (Get-HvPowerStateCode -State 'saved')
}

function Save-HvVm {
    # .SYNOPSIS
    # Writes the memory of a VM to disk and stops it; the guest need not help.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 6
}

function Suspend-HvVm {
    # .SYNOPSIS
    # Pauses a VM: it keeps its memory and gets no processor time.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 9
}

function Reset-HvVm {
    # .SYNOPSIS
    # Cuts the power of a VM and starts it again. Only ever called because a person asked for exactly that. No source
    # says what becomes of a saved VM's memory, so it is not asked for there.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 11 -NotFrom (Get-HvPowerStateCode -State 'saved')
}
