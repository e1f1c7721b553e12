# What the host tells by itself: CIM indications, asked for once in a runspace. Their events stay in its queue until somebody
# waits for them. The queue is reached by the runspace's event manager: Wait-Event counts in whole seconds.

# Whether the host was asked to tell, in this runspace.
$HvWatch = @{ Armed = $false }

function Get-HvIndicationQuery {
    # .SYNOPSIS
    # The queries, by the key under which their news are answered.
    # A running VM changes all the time by its uptime, so what must differ is named.
    [CmdletBinding()]
    param()
    $from = 'SELECT * FROM __Instance{0}Event WITHIN 2 WHERE TargetInstance ISA ''Msvm_ComputerSystem'''
    $state = 'TargetInstance.EnabledState <> PreviousInstance.EnabledState'
    $name = 'TargetInstance.ElementName <> PreviousInstance.ElementName'
    return @{
        changed = ($from -f 'Modification') + " AND ($state OR $name)"
        created = $from -f 'Creation'
        deleted = $from -f 'Deletion'
    }
}

function Get-HvIndicationName {
    # .SYNOPSIS
    # The source identifier of the events of a query.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string]$Key)
    return 'HyperVLab.' + $Key
}

function Start-HvWatch {
    # .SYNOPSIS
    # Asks the host to tell.
    [CmdletBinding()]
    param()
    # A call that was stopped may have left a part.
    Stop-HvWatch
    $queries = Get-HvIndicationQuery
    try {
        foreach ($key in $queries.Keys) {
            $null = CimCmdlets\Register-CimIndicationEvent -Namespace 'root\virtualization\v2' -Query $queries[$key] -SourceIdentifier (Get-HvIndicationName -Key $key) -ErrorAction Stop
        }
    }
    catch {
        Stop-HvWatch
        Resolve-HvHostFailure -Counter (New-HvCounter) -ErrorRecord $_
    }
    $HvWatch['Armed'] = $true
}

function Stop-HvWatch {
    # .SYNOPSIS
    # Takes back what was asked for; the next wait asks anew.
    [CmdletBinding()]
    param()
    $HvWatch['Armed'] = $false
    $manager = $ExecutionContext.Events
    foreach ($key in (Get-HvIndicationQuery).Keys) {
        foreach ($subscriber in @($manager.GetEventSubscribers((Get-HvIndicationName -Key $key)))) { $manager.UnsubscribeEvent($subscriber) }
    }
    $null = Receive-HvIndication
}

function Stop-HvDeadWatch {
    # .SYNOPSIS
    # Ends the request because the host tells nothing any more. A stopped service has a reason of its own.
    [CmdletBinding()]
    param([string]$HostMessage = '')
    Stop-HvWatch
    $detail = @{ hostMessage = $HostMessage }
    Assert-HvServiceRunning -Counter (New-HvCounter) -Detail $detail
    Stop-HvFunction -Reason 'failed' -Message 'The host does not tell any more what changes.' -Detail $detail
}

function Receive-HvIndication {
    # .SYNOPSIS
    # Takes all events from the queue, last first. Other threads add to it meanwhile.
    [CmdletBinding()]
    param()
    $queue = $ExecutionContext.Events.ReceivedEvents
    $taken = [System.Collections.Generic.List[object]]::new()
    $isLocked = $false
    try {
        [System.Threading.Monitor]::Enter($queue.SyncRoot, [ref]$isLocked)
        for ($i = $queue.Count - 1; $i -ge 0; $i--) {
            $taken.Add($queue[$i])
            $queue.RemoveAt($i)
        }
    }
    finally {
        if ($isLocked) { [System.Threading.Monitor]::Exit($queue.SyncRoot) }
    }
    return , $taken.ToArray()
}

function Read-HvIndication {
    # .SYNOPSIS
    # Adds the ids that arrived to the sets of their keys; whether there were any. What is no news of a VM is passed over,
    # such as the host's own instance, whose Name is no GUID.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable]$Told)
    $found = $false
    foreach ($received in (Receive-HvIndication)) {
        $name = $null
        $failure = $null
        try {
            $set = $Told[([string]$received.SourceIdentifier).Replace('HyperVLab.', '')]
            $news = $received.SourceEventArgs
            $failure = $news.PSObject.Properties['Exception']
            if ($null -eq $failure) {
                $target = $news.NewEvent.CimInstanceProperties['TargetInstance'].Value
                $name = [string]$target.CimInstanceProperties['Name'].Value
            }
        }
        catch {
            continue
        }
        # The subscription has ended, and this is why.
        if ($null -ne $failure) { Stop-HvDeadWatch -HostMessage ([string]$failure.Value.Message) }
        if ($null -eq $set -or $name -notmatch '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z') { continue }
        [void]$set.Add($name)
        $found = $true
    }
    return $found
}

function Assert-HvWatchAlive {
    # .SYNOPSIS
    # Subscriptions end without a word, with the management service for example.
    [CmdletBinding()]
    param()
    foreach ($key in (Get-HvIndicationQuery).Keys) {
        if (@($ExecutionContext.Events.GetEventSubscribers((Get-HvIndicationName -Key $key))).Count -eq 0) { Stop-HvDeadWatch }
    }
}

function Wait-HvChange {
    # .SYNOPSIS
    # The ids of VMs that changed, came and went since the last call; waits for the first of them, at most so long. Anew asks
    # the host to tell although it was asked before.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [long]$WaitMs, [bool]$Anew = $false)
    if ($WaitMs -lt 0 -or $WaitMs -gt 25000) { Stop-HvFunction -Reason 'badRequest' -Message 'waitMs must be 0 to 25000.' }
    if ($Anew -or -not $HvWatch['Armed']) { Start-HvWatch }
    $told = @{}
    foreach ($key in (Get-HvIndicationQuery).Keys) { $told[$key] = [System.Collections.Generic.HashSet[string]]::new([System.StringComparer]::OrdinalIgnoreCase) }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        Assert-HvWatchAlive
        if (Read-HvIndication -Told $told) {
            # What happens together is told together: until nothing more comes, but for a second at most. Who does not want
            # to wait gets what is there.
            for ($i = 0; $i -lt 10 -and $WaitMs -gt 0; $i++) {
                [System.Threading.Thread]::Sleep(100)
                if (-not (Read-HvIndication -Told $told)) { break }
            }
            break
        }
        if ($clock.ElapsedMilliseconds -ge $WaitMs) { break }
        [System.Threading.Thread]::Sleep(100)
    }
    $answer = @{}
    foreach ($key in $told.Keys) { $answer[$key] = [string[]]@($told[$key]) }
    return $answer
}
