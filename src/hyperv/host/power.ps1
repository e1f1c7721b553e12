# Power states, changed by the host without the guest's help.

function Set-HvPowerState {
    # .SYNOPSIS
    # Asks for one of the states which RequestStateChange really takes (2, 3, 6, 9, 11), waits for the job, reads back.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [uint16]$RequestedState,
        [int]$LimitSeconds = 100
    )
    $counter = New-HvCounter
    $vm = Get-HvComputerSystem -Counter $counter -Id $Id
    $result = Invoke-HvCimMethod -InputObject $vm -MethodName 'RequestStateChange' -Arguments @{ RequestedState = $RequestedState }
    $job = $result.PSObject.Properties['Job']
    if ([int64]$result.ReturnValue -eq 4096 -and $null -ne $job -and $null -ne $job.Value) {
        Wait-HvJob -Counter $counter -Job $job.Value -MethodName 'RequestStateChange' -LimitSeconds $LimitSeconds
    }
    return Get-HvVmAfterChange -Counter $counter -Id $Id
}

function Start-HvVm {
    # .SYNOPSIS
    # Starts a VM, from its saved state if it has one.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 2
}

function Resume-HvVm {
    # .SYNOPSIS
    # Lets a paused VM run on.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 2
}

function Stop-HvVm {
    # .SYNOPSIS
    # Cuts the power of a VM. Only ever called because a person asked for exactly that.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 3
}

function Save-HvVm {
    # .SYNOPSIS
    # Writes the memory of a VM to disk and stops it; the guest need not help.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 6 -LimitSeconds 1700
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
    # Cuts the power of a VM and starts it again. Only ever called because a person asked for exactly that.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return Set-HvPowerState -Id $Id -RequestedState 11
}
