# Data exchange of one VM over virtual time: its pools of pairs, what jobs are still to write, what others will write later.
# Pools as the host names them: external (host to guest), guest (guest to host), hostOnly (never leaves the host).

function New-HvLabExchange {
    <# .SYNOPSIS
    The data exchange of a VM, from its description or empty. Limit: bytes of UTF-8 the guest takes as a value; 0: what Hyper-V allows. #>
    param([object]$Row)
    $exchange = @{ Limit = 0; Work = [System.Collections.ArrayList]::new(); Later = [System.Collections.ArrayList]::new() }
    foreach ($pool in 'external', 'guest', 'hostOnly') {
        $exchange[$pool] = [System.Collections.ArrayList]::new()
        if ($null -eq $Row) { continue }
        foreach ($pair in $Row.$pool) { [void]$exchange[$pool].Add(@{ Name = [string]$pair[0]; Data = [string]$pair[1] }) }
    }
    if ($null -eq $Row) { return $exchange }
    $exchange.Limit = [int]$Row.valueLimit
    foreach ($item in $Row.later) {
        [void]$exchange.Later.Add(@{
                At = [long]$item[0]; Every = [long]$item[1]; Pool = [string]$item[2]; Name = [string]$item[3]; Data = [string]$item[4]
                Remove = [bool]$item[5]; Round = 1
            })
    }
    $exchange
}

function Get-HvLabExchange {
    <# .SYNOPSIS
    The data exchange of a VM; most VMs have none until somebody writes a pair. #>
    param([hashtable]$Vm)
    if ($null -eq $Vm.Exchange) { $Vm.Exchange = New-HvLabExchange $null }
    $Vm.Exchange
}

function Test-HvLabPairsAnswer {
    <# .SYNOPSIS
    Whether somebody in the guest takes pairs and tells its own: it runs, its half of the service is up, the host has it enabled. #>
    param([hashtable]$Vm, [long]$Now)
    $Vm.Alive -and $Vm.Enabled[2] -and (Get-HvLabStatus $Vm 2 $Now) -eq 2
}

function Get-HvLabPairsNext {
    <# .SYNOPSIS
    When the pairs of a VM change next by themselves. #>
    param([hashtable]$Vm)
    $next = [long]::MaxValue
    if ($Vm.Exchange.Work.Count -gt 0) { $next = $Vm.Exchange.Work[0].At }
    foreach ($item in $Vm.Exchange.Later) { if ($item.At -lt $next) { $next = $item.At } }
    $next
}

function Step-HvLabPairs {
    <# .SYNOPSIS
    Does what is due: first the jobs of the host, then what others planned. #>
    param([hashtable]$Vm, [long]$Now)
    $exchange = $Vm.Exchange
    while ($exchange.Work.Count -gt 0 -and $exchange.Work[0].At -le $Now) { Step-HvLabPairJob $Vm $exchange.Work[0] }
    while ($true) {
        $due = $null
        foreach ($item in $exchange.Later) { if ($item.At -le $Now -and ($null -eq $due -or $item.At -lt $due.At)) { $due = $item } }
        if ($null -eq $due) { return }
        Step-HvLabPairLater $Vm $due $Now
    }
}

function Step-HvLabPairJob {
    <# .SYNOPSIS
    One step of a job: one pair. What fails ends the job; the pairs before it stay written. #>
    param([hashtable]$Vm, [hashtable]$Step)
    $exchange = $Vm.Exchange
    $job = $Step.Job
    $refusal = Get-HvLabPairRefusal $Vm $Step
    if ($null -eq $refusal) {
        $after = Get-HvLabPairsAfter $exchange[$Step.Pool] $Step.Name $Step.Data ($Step.Verb -eq 'RemoveKvpItems')
        # Together, with no call in between at which a reader of the lab could be stopped.
        $exchange[$Step.Pool] = $after; if ($Step.Last) { $job.EndsAt = $Step.At }; $exchange.Work.RemoveAt(0)
        return
    }
    $rest = [System.Collections.ArrayList]::new()
    foreach ($other in $exchange.Work) { if ($other.Job -ne $job) { [void]$rest.Add($other) } }
    $job.ErrorCode = $refusal.Code; $job.ErrorText = $refusal.Text; $job.EndsAt = $Step.At; $exchange.Work = $rest
}

function Step-HvLabPairLater {
    <# .SYNOPSIS
    A planned change by a program in the guest or by a second administrator. A guest that does not answer misses its turn. #>
    param([hashtable]$Vm, [hashtable]$Item, [long]$Now)
    $exchange = $Vm.Exchange
    # Of turns that a leap of the clock passed over, only the last one shows.
    $skipped = 0
    if ($Item.Every -gt 0) { $skipped = [long][Math]::Floor(($Now - $Item.At) / $Item.Every) }
    $after = $exchange[$Item.Pool]
    if ($Item.Pool -ne 'guest' -or (Test-HvLabPairsAnswer $Vm ($Item.At + $skipped * $Item.Every))) {
        $data = $Item.Data.Replace('{n}', [string]($Item.Round + $skipped))
        $after = Get-HvLabPairsAfter $after $Item.Name $data $Item.Remove
    }
    $exchange[$Item.Pool] = $after
    if ($Item.Every -gt 0) { $Item.Round += $skipped + 1; $Item.At += ($skipped + 1) * $Item.Every } else { $exchange.Later.Remove($Item) }
}

function Get-HvLabPairsAfter {
    <# .SYNOPSIS
    A pool after one change, as a new list: the pair gets the value, or every pair of that name is gone. Names are compared as they are. #>
    param([System.Collections.ArrayList]$Pairs, [string]$Name, [string]$Data, [bool]$Remove)
    $after = [System.Collections.ArrayList]::new()
    $found = $false
    foreach ($pair in $Pairs) {
        # Not -ceq, for which a zero-width character is nothing.
        if (-not $pair.Name.Equals($Name)) { [void]$after.Add($pair); continue }
        if (-not $Remove -and -not $found) { [void]$after.Add(@{ Name = $Name; Data = $Data }) }
        $found = $true
    }
    if (-not $Remove -and -not $found) { [void]$after.Add(@{ Name = $Name; Data = $Data }) }
    , $after
}
