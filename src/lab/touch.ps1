# lab.touch: what somebody else does to the host behind our back, or a program in a guest.

function Invoke-HvLabTouch {
    <# .SYNOPSIS
    lab.touch: a VM's state or name or service or pair changes, its guest hangs, or a VM appears or goes. #>
    param(
        [Parameter(Mandatory = $true)] [ValidateSet('state', 'service', 'rename', 'delete', 'create', 'pair', 'hang')] [string]$Action,
        [Parameter(Mandatory = $true)] [guid]$Id,
        [string]$Name, [int]$State, [string]$Service, [bool]$Enabled, [string]$Pool, [string]$Data, [bool]$Remove
    )
    $given = @($PSBoundParameters.Keys)
    $touch = @{ Name = $Name; State = $State; Service = $Service; Enabled = $Enabled; Pool = $Pool; Data = $Data; Remove = $Remove }
    Assert-HvLabTouch $Action $given $touch
    $key = $Id.ToString('D').ToUpperInvariant()
    Invoke-HvLabLocked {
        param([long]$now)
        $lab = $global:HvLabState
        $vm = $lab.VmById[$key]
        if ($Action -eq 'create' -and $null -ne $vm) { Stop-HvLabRequest ('id: the lab already has a VM with the id ' + $key) }
        if ($Action -ne 'create' -and $null -eq $vm) { Stop-HvLabRequest ('id: the lab has no VM with the id ' + $key) }
        switch ($Action) {
            'create' { $vm = New-HvLabNewcomer $key $touch $now }
            'rename' { $vm.Name = $touch.Name }
            'delete' { Remove-HvLabVm $vm $now }
            'state' { Set-HvLabState $vm $touch.State $now }
            'service' { for ($i = 0; $i -lt 6; $i++) { if ($lab.Services[$i].Key -eq $touch.Service) { Set-HvLabService $vm $i $touch.Enabled $now } } }
            'pair' { Set-HvLabPair $vm $touch $now }
            'hang' { $vm.Hangs = $touch.Enabled }
        }
        Set-HvLabChanged $vm $now
        # The guest can read the host's pairs once its half of the service is up.
        $delivered = @()
        if ($null -ne $vm.Exchange -and (Test-HvLabPairsAnswer $vm $now)) { $delivered = @(foreach ($pair in $vm.Exchange.external) { $pair.Name }) }
        @{ id = $key.ToLowerInvariant(); vms = $lab.Vms.Count; delivered = [string[]]$delivered }
    }
}

function Assert-HvLabTouch {
    <# .SYNOPSIS
    Refuses what an action does not know or lacks, and values that are none. #>
    param([string]$Action, [string[]]$Given, [hashtable]$Touch)
    $known = @{
        state = @('State'); service = @('Service', 'Enabled'); rename = @('Name'); delete = @(); create = @('Name', 'State'); hang = @('Enabled'); pair = @('Pool', 'Name', 'Data', 'Remove')
    }[$Action]
    $words = [string]::Join(', ', [string[]]@('id') + @(foreach ($word in $known) { $word.ToLowerInvariant() }))
    foreach ($name in $Touch.Keys) {
        if ($Given -contains $name -and $known -notcontains $name) { Stop-HvLabRequest ($name.ToLowerInvariant() + ': action ' + $Action + ' takes ' + $words) }
    }
    $optional = @()
    if ($Action -eq 'create') { $optional = @('State') }
    if ($Action -eq 'pair') { if ($Touch.Remove) { $optional = @('Data', 'Remove') } else { $optional = @('Remove') } }
    foreach ($name in $known) {
        if ($Given -notcontains $name -and $optional -notcontains $name) { Stop-HvLabRequest ($name.ToLowerInvariant() + ': action ' + $Action + ' takes ' + $words) }
    }
    if ($Given -contains 'State' -and (2, 3, 6, 9) -notcontains $Touch.State) { Stop-HvLabRequest 'state: must be one of 2, 3, 6, 9' }
    $keys = @(foreach ($one in $global:HvLabState.Services) { $one.Key })
    if ($Action -eq 'service' -and $keys -notcontains $Touch.Service) { Stop-HvLabRequest ('service: must be one of ' + [string]::Join(', ', $keys)) }
    if ($Given -contains 'Name' -and $Touch.Name.Length -eq 0) { Stop-HvLabRequest 'name: must have at least 1 character' }
    if ($Action -eq 'pair') { Assert-HvLabTouchedPair $Touch }
}

function Assert-HvLabTouchedPair {
    <# .SYNOPSIS
    A pair that can exist: its pool, texts that XML can hold, the sizes of the wire. #>
    param([hashtable]$Touch)
    if ('guest', 'external', 'hostOnly' -cnotcontains $Touch.Pool) { Stop-HvLabRequest 'pool: must be one of guest, external, hostOnly' }
    foreach ($name in 'Name', 'Data') {
        try { [void][System.Xml.XmlConvert]::VerifyXmlChars([string]$Touch[$name]) }
        catch { Stop-HvLabRequest ($name.ToLowerInvariant() + ': must be well-formed text without control characters') }
    }
    if (-not (Test-HvLabPairSize $Touch $true)) {
        Stop-HvLabRequest 'name, data: at most 255 characters (511 bytes) and 1023 characters (2047 bytes); of hostOnly 512 and 16384 bytes'
    }
}

function New-HvLabNewcomer {
    <# .SYNOPSIS
    A VM that somebody creates: off unless the request says otherwise. #>
    param([string]$Key, [hashtable]$Touch, [long]$Now)
    $lab = $global:HvLabState
    $code = $Touch.State
    if ($code -eq 0) { $code = 3 }
    Add-HvLabVm $lab @($Touch.Name, $Key, 0, $code, 2, 2048, 0)
    $vm = $lab.VmById[$Key]
    if ($vm.Alive) { Set-HvLabPower $vm 2 'run' $Now }
    $vm
}

function Remove-HvLabVm {
    <# .SYNOPSIS
    Deletes a VM. Its jobs end with it: 32777, the system is not available. #>
    param([hashtable]$Vm, [long]$Now)
    $lab = $global:HvLabState
    foreach ($job in $lab.Jobs) {
        if ($job.Vm -eq $Vm -and $job.EndsAt -gt $Now) { $job.ErrorCode = [uint16]32777; $job.ErrorText = Get-HvLabText 'jobFailed' $Vm.Name $Vm.Id; $job.EndsAt = $Now }
    }
    $lab.VmById.Remove($Vm.Id); $lab.Vms.Remove($Vm)
}

function Set-HvLabState {
    <# .SYNOPSIS
    Puts a VM into a state at once, without a job. #>
    param([hashtable]$Vm, [int]$State, [long]$Now)
    $effect = 'halt'
    if ($State -eq 2) { $effect = 'run' }
    if ($State -eq 3) { $effect = 'off' }
    if ($State -eq 2 -and -not $Vm.Alive -and $Vm.State -ne 3) { $effect = 'resume' }
    $Vm.Pending.Clear()
    $code = [uint16]$State
    if ($State -eq 6) { $code = $global:HvLabState.SavedCode }
    if ($State -eq 9) { $code = $global:HvLabState.PausedCode }
    Set-HvLabPower $Vm $code $effect $Now
}

function Set-HvLabPair {
    <# .SYNOPSIS
    Writes or removes a pair. A guest writes only while it can be reached; an administrator whenever they like. #>
    param([hashtable]$Vm, [hashtable]$Touch, [long]$Now)
    if ($Touch.Pool -eq 'guest' -and -not (Test-HvLabPairsAnswer $Vm $Now)) { Stop-HvLabRequest ('pool: the guest of ' + $Vm.Name + ' does not exchange data now') }
    $exchange = Get-HvLabExchange $Vm
    $exchange[$Touch.Pool] = Get-HvLabPairsAfter $exchange[$Touch.Pool] $Touch.Name $Touch.Data $Touch.Remove
}
