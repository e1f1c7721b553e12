# The host's jobs. A function waits for one only briefly, because the changes to all other VMs wait for the function;
# afterwards the caller looks at the job from time to time (job.read), for as long as it takes.

function Get-HvJobId {
    # .SYNOPSIS
    # The id of the job which a method has started: its key, a GUID. Nothing when there is none that can be looked up.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [object]$Result)
    $job = $Result.PSObject.Properties['Job']
    if ([int64]$Result.ReturnValue -ne 4096 -or $null -eq $job -or $null -eq $job.Value) { return $null }
    $key = $job.Value.CimInstanceProperties['InstanceID']
    $id = [guid]::Empty
    if ($null -eq $key -or -not [guid]::TryParse([string]$key.Value, [ref]$id)) { return $null }
    return $id.ToString('D')
}

function Find-HvJob {
    # .SYNOPSIS
    # The job of one of these classes, whole when no properties are named; nothing when none has it.
    # A job of a copy is a Msvm_CopyFileToGuestJob, which is no Msvm_ConcreteJob: both derive from CIM_ConcreteJob.
    [CmdletBinding()]
    param([hashtable]$Counter, [guid]$JobId, [string[]]$ClassName, [string[]]$Property)
    $name = ConvertTo-HvFilterId -Id $JobId
    foreach ($class in $ClassName) {
        $found = @(Get-HvInstance -Counter $Counter -Optional -ClassName $class -Property $Property -Filter "InstanceID='$name'")
        if ($found.Length -gt 0) { return $found[0] }
    }
    return $null
}

function Test-HvJobEnded {
    # .SYNOPSIS
    # One look at a job: whether it has ended. Stops with 'job' and its numbers when it failed.
    # A job that the host has cleared away has ended as well; reading the VM back tells the rest. The counter keeps how many
    # per cent of the job are done, and whether it was cleared away.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid]$JobId,
        [string[]]$ClassName = @('Msvm_ConcreteJob')
    )
    $job = Find-HvJob -Counter $Counter -JobId $JobId -ClassName $ClassName -Property 'JobState', 'PercentComplete', 'ErrorCode', 'ErrorDescription', 'ErrorSummaryDescription'
    if ($null -eq $job) {
        Assert-HvHostReadable -Counter $Counter
        $Counter['JobGone'] = $true
        return $true
    }
    $p = $job.CimInstanceProperties
    $state = [int64]$p['JobState'].Value
    $Counter['JobPercent'] = $p['PercentComplete'].Value
    # 7 = Completed, 32768 = completed with warnings (not documented; os-win counts it as success);
    # 8, 9, 10 = Terminated, Killed, Exception.
    $failed = $state -ge 8 -and $state -le 10
    if (-not $failed -and $state -ne 7 -and $state -ne 32768) { return $false }
    $code = $p['ErrorCode'].Value
    if ($failed -or ($null -ne $code -and [int64]$code -ne 0)) { Stop-HvFailedJob -Properties $p -State $state }
    return $true
}

function Wait-HvJob {
    # .SYNOPSIS
    # Waits a second at most, in which most jobs end (measured on an idle small VM: 0.1 to 0.4 s); whether it has ended.
    # A reading that fails says nothing about the job, and the caller reads again.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid]$JobId,
        [string[]]$ClassName = @('Msvm_ConcreteJob')
    )
    $delay = 50
    for ($left = 1000; $left -ge 0; $left -= $delay) {
        try {
            if (Test-HvJobEnded -Counter $Counter -JobId $JobId -ClassName $ClassName) { return $true }
        }
        catch {
            if ($_.FullyQualifiedErrorId -like 'Hv.job*') { throw }
            return $false
        }
        [System.Threading.Thread]::Sleep($delay)
        $delay = [System.Math]::Min($delay * 2, 250)
    }
    return $false
}

function Read-HvChange {
    # .SYNOPSIS
    # One look at a change whose job went on: the job's id and its progress while it runs, and the VM read back once it has
    # ended.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [guid]$JobId
    )
    $counter = New-HvCounter
    if (Test-HvJobEnded -Counter $counter -JobId $JobId) { return Get-HvVmAfterChange -Counter $counter -Id $Id }
    return @{ job = $JobId.ToString('D'); percent = $counter['JobPercent']; cimQueries = $counter['Queries'] }
}

function Stop-HvJob {
    # .SYNOPSIS
    # Asks the host to end a job. Returns whether it takes such a request: many jobs cannot be ended, or are over by now.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$JobId)
    $counter = New-HvCounter
    $asked = $false
    $job = Find-HvJob -Counter $counter -JobId $JobId -ClassName 'Msvm_ConcreteJob', 'Msvm_CopyFileToGuestJob'
    if ($null -ne $job -and $job.CimInstanceProperties['Cancellable'].Value -eq $true) {
        try {
            # 4 = Terminate, which lets the job undo what it has done; 5 = Kill would not.
            $null = Invoke-HvCimMethod -Counter $counter -InputObject $job -MethodName 'RequestStateChange' -Arguments @{ RequestedState = [uint16]4 }
            $asked = $true
        }
        catch {
            # It has ended meanwhile, or cannot be ended any more: looking at it tells.
            if ($_.FullyQualifiedErrorId -notlike 'Hv.returnCode*') { throw }
        }
    }
    return @{ asked = $asked; cimQueries = $counter['Queries'] }
}

function Stop-HvFailedJob {
    # .SYNOPSIS
    # Ends the request with what the job says of its failure. The HRESULT may be in either of its two texts.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [object]$Properties,
        [Parameter(Mandatory = $true)] [int64]$State
    )
    $text = [string]$Properties['ErrorDescription'].Value
    $summary = [string]$Properties['ErrorSummaryDescription'].Value
    if ($summary -ne '' -and -not $text.Contains($summary)) { $text = ($text + ' ' + $summary).Trim() }
    $detail = @{ jobState = $State; hostMessage = $text }
    $code = $Properties['ErrorCode'].Value
    if ($null -ne $code) { $detail['jobErrorCode'] = [int64]$code }
    Stop-HvFunction -Reason 'job' -Message "The host's job failed: $text" -Detail $detail
}
