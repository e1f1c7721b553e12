# The lab's own methods: tests and people use them to move the clock and to break things. See also touch.ps1.

function Step-HvLabClock {
    <# .SYNOPSIS
    lab.advance: moves the virtual clock on by so many milliseconds. #>
    param([Parameter(Mandatory = $true)] [ValidateRange(0, 2147483647)] [int]$Ms)
    $now = Invoke-HvLabLocked {
        $global:HvLabState.Clock.OffsetMs += [long]$Ms
        Update-HvLab
    }
    @{ now = $now }
}

function Reset-HvLab {
    <# .SYNOPSIS
    lab.reset: everything as the spec says, the clock at zero, the spec's faults and no others. #>
    param()
    Invoke-HvLabLocked { Initialize-HvLabState $global:HvLabState }
    @{ now = [long]0 }
}

function Set-HvLabFault {
    <# .SYNOPSIS
    lab.fault: adds a fault, or with -Clear takes away those of that kind (kind 'all': every fault). #>
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('hang', 'accessDenied', 'serviceStopped', 'errorOnce', 'zeroRows', 'malformedItem', 'indicationsEnd', 'indicationsSilent', 'all')] [string]$Kind,
        [string]$On = '', [string]$Vm = '', [ValidateRange(0, 4294967295)] [long]$Code = 0, [bool]$Clear = $false
    )
    $count = Invoke-HvLabLocked {
        $faults = $global:HvLabState.Faults
        $targets = $global:HvLabState.Data.faultTargets
        if ($On -ne '' -and $targets -notcontains $On) { Stop-HvLabRequest ('on: must be one of ' + [string]::Join(', ', $targets)) }
        if ($Clear -or $Kind -eq 'all') {
            foreach ($fault in $faults.ToArray()) {
                if ($Kind -ne 'all' -and $fault.Kind -ne $Kind) { continue }
                if ($On -ne '' -and $fault.On -ne $On) { continue }
                [void]$faults.Remove($fault)
            }
        } else {
            if ($Vm -ne '' -and -not (Test-HvLabVmNamed $Vm)) { Stop-HvLabRequest ('vm: the lab has no VM with the name or id ' + $Vm) }
            [void]$faults.Add(@{ Kind = $Kind; On = $On; Vm = $Vm; Code = $Code })
        }
        $faults.Count
    }
    @{ faults = $count }
}

function Test-HvLabVmNamed {
    <# .SYNOPSIS
    Whether a VM has this name or id. #>
    param([string]$Word)
    foreach ($one in $global:HvLabState.Vms) { if ($one.Name -eq $Word -or $one.Id -eq $Word) { return $true } }
    $false
}

function Stop-HvLabRequest {
    <# .SYNOPSIS
    Refuses a request to the lab: the parameter first, then what it may be. #>
    param([string]$Problem)
    $exception = [System.ArgumentException]::new($Problem)
    throw [System.Management.Automation.ErrorRecord]::new($exception, 'Hv.badRequest', 'InvalidArgument', $null)
}
