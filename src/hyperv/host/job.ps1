# Waiting for the host's jobs.

function Read-HvJob {
    # .SYNOPSIS
    # The properties of a job; nothing when the host has cleared it away, and then reading the VM back tells the rest.
    # A failed reading is repeated, since it says nothing about the job.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [object]$Job,
        [Parameter(Mandatory = $true)] [string]$MethodName
    )
    for ($attempt = 1; ; $attempt++) {
        $Counter['Queries'] += 1
        try {
            return (CimCmdlets\Get-CimInstance -InputObject $Job -ErrorAction Stop).CimInstanceProperties
        }
        catch {
            # WBEM_E_NOT_FOUND.
            if ($_.FullyQualifiedErrorId -like 'HRESULT 0x80041002*') { return $null }
            if ($attempt -ge 3) {
                # The host has taken the request: only it knows what became of it.
                $_.Exception.Data['detail'] = @{ method = $MethodName; outcome = 'unknown' }
                throw
            }
        }
        [System.Threading.Thread]::Sleep(500)
    }
}

function Wait-HvJob {
    # .SYNOPSIS
    # Waits until a Msvm_ConcreteJob has ended; stops with 'job' and its numbers when it failed.
    # The limit is shorter than the caller's patience, who otherwise would not hear what became of it.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [object]$Job,
        [Parameter(Mandatory = $true)] [string]$MethodName,
        [Parameter(Mandatory = $true)] [int]$LimitSeconds
    )
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $delay = 50
    while ($watch.Elapsed.TotalSeconds -lt $LimitSeconds) {
        $p = Read-HvJob -Counter $Counter -Job $Job -MethodName $MethodName
        if ($null -eq $p) { return }
        $state = [int64]$p['JobState'].Value
        # 7 = Completed, 32768 = completed with warnings (not documented; os-win counts it as success);
        # 8, 9, 10 = Terminated, Killed, Exception.
        if ($state -eq 7 -or $state -eq 32768 -or ($state -ge 8 -and $state -le 10)) {
            $code = $p['ErrorCode'].Value
            if (($state -eq 7 -or $state -eq 32768) -and ($null -eq $code -or [int64]$code -eq 0)) { return }
            Stop-HvFailedJob -Properties $p -State $state -MethodName $MethodName
        }
        [System.Threading.Thread]::Sleep($delay)
        $delay = [System.Math]::Min($delay * 2, 500)
    }
    Stop-HvFunction -Reason 'timeout' -Message "The job of $MethodName did not end in time." -Detail @{ method = $MethodName; outcome = 'unknown' }
}

function Stop-HvFailedJob {
    # .SYNOPSIS
    # Ends the request with what the job says of its failure. The HRESULT may be in either of its two texts.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [object]$Properties,
        [Parameter(Mandatory = $true)] [int64]$State,
        [Parameter(Mandatory = $true)] [string]$MethodName
    )
    $text = [string]$Properties['ErrorDescription'].Value
    $summary = [string]$Properties['ErrorSummaryDescription'].Value
    if ($summary -ne '' -and -not $text.Contains($summary)) { $text = ($text + ' ' + $summary).Trim() }
    $detail = @{ method = $MethodName; jobState = $State; hostMessage = $text }
    $code = $Properties['ErrorCode'].Value
    if ($null -ne $code) { $detail['jobErrorCode'] = [int64]$code }
    Stop-HvFunction -Reason 'job' -Message "The job of $MethodName failed: $text" -Detail $detail
}
