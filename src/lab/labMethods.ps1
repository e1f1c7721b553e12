# The lab's own methods: tests and people use them to move the clock, break things, and act as "somebody else".

function Step-HvLabClock {
    <# .SYNOPSIS
    lab.advance: moves the virtual clock on by so many milliseconds. #>
    param([Parameter(Mandatory = $true)] [ValidateRange(0, 2147483647)] [int]$Ms)
    try {
        [void](Lock-HvLab)
        $global:HvLabState.Clock.OffsetMs += [long]$Ms
        $now = Update-HvLab
    } finally { Unlock-HvLab }
    @{ now = $now }
}

function Reset-HvLab {
    <# .SYNOPSIS
    lab.reset: everything as the spec says, the clock at zero, the spec's faults and no others. #>
    param()
    try { [void](Lock-HvLab); Initialize-HvLabState $global:HvLabState } finally { Unlock-HvLab }
    @{ now = [long]0 }
}

function Set-HvLabFault {
    <# .SYNOPSIS
    lab.fault: adds a fault, or with -Clear takes away those of that kind (kind 'all': every fault). #>
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('hang', 'accessDenied', 'serviceStopped', 'errorOnce', 'zeroRows', 'malformedItem', 'all')] [string]$Kind,
        [string]$On = '', [string]$Vm = '', [long]$Code = 0, [bool]$Clear = $false
    )
    try {
        [void](Lock-HvLab)
        $faults = $global:HvLabState.Faults
        if ($Clear -or $Kind -eq 'all') {
            foreach ($fault in $faults.ToArray()) {
                if ($Kind -ne 'all' -and $fault.Kind -ne $Kind) { continue }
                if ($On -ne '' -and $fault.On -ne $On) { continue }
                [void]$faults.Remove($fault)
            }
        } else { [void]$faults.Add(@{ Kind = $Kind; On = $On; Vm = $Vm; Code = $Code }) }
        $count = $faults.Count
    } finally { Unlock-HvLab }
    @{ faults = $count }
}

function Invoke-HvLabTouch {
    <# .SYNOPSIS
    lab.touch: somebody else changes something: a VM's state or name or service, or a VM appears or goes. #>
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('state', 'service', 'rename', 'delete', 'create')] [string]$Action,
        [guid]$Id, [string]$Name = '', [int]$State = 0, [string]$Service = '', [bool]$Enabled = $false
    )
    try {
        $now = Lock-HvLab
        $lab = $global:HvLabState
        $key = $Id.ToString('D').ToUpperInvariant()
        if ($Action -eq 'create') {
            if ($State -eq 0) { $State = 3 }
            Add-HvLabVm $lab @($Name, $key, 0, $State, 2, 2048, 0)
        }
        $vm = $lab.VmById[$key]
        if ($null -eq $vm) { throw [System.ArgumentException]::new('The lab has no VM with the id ' + $key + '.') }
        switch ($Action) {
            'create' { if ($vm.Alive) { Set-HvLabPower $vm 2 'run' $now } }
            'rename' { $vm.Name = $Name }
            'delete' {
                $lab.VmById.Remove($key)
                $lab.Vms.Remove($vm)
            }
            'state' {
                $effect = 'halt'
                if ($State -eq 2) { $effect = 'run' }
                if ($State -eq 3) { $effect = 'off' }
                if ($State -eq 2 -and -not $vm.Alive -and $vm.State -ne 3) { $effect = 'resume' }
                $vm.Pending.Clear()
                $code = [uint16]$State
                if ($State -eq 6) { $code = $lab.SavedCode }
                if ($State -eq 9) { $code = $lab.PausedCode }
                Set-HvLabPower $vm $code $effect $now
            }
            'service' {
                for ($i = 0; $i -lt 6; $i++) { if ($lab.Services[$i].Key -eq $Service) { Set-HvLabService $vm $i $Enabled $now } }
            }
        }
        Set-HvLabChanged $vm $now
    } finally { Unlock-HvLab }
    @{ id = $key.ToLowerInvariant(); vms = $lab.Vms.Count }
}
