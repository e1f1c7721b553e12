# Waiting for the host's jobs.

function Wait-HvJob {
    # .SYNOPSIS
    # Waits until a Msvm_ConcreteJob has ended; stops with 'job' and its numbers when it failed.
    # Gives up after 100 seconds: before the caller does, who then would not hear what became of it.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [object]$Job,
        [Parameter(Mandatory = $true)] [string]$MethodName
    )
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $delay = 50
    while ($watch.ElapsedMilliseconds -lt 100000) {
        $Counter['Queries'] += 1
        try {
            $p = (CimCmdlets\Get-CimInstance -InputObject $Job -ErrorAction Stop).CimInstanceProperties
        }
        catch {
            # WBEM_E_NOT_FOUND: the host has cleared the job away. Reading the VM back tells the rest.
            if ($_.FullyQualifiedErrorId -like 'HRESULT 0x80041002*') { return }
            throw
        }
        $state = [int64]$p['JobState'].Value
        # 7 = Completed; 8, 9, 10 = Terminated, Killed, Exception.
        if ($state -eq 7) { return }
        if ($state -ge 8 -and $state -le 10) {
            $text = [string]$p['ErrorDescription'].Value
            $detail = @{ method = $MethodName; jobState = $state; hostMessage = $text }
            $code = $p['ErrorCode'].Value
            if ($null -ne $code) { $detail['jobErrorCode'] = [int64]$code }
            Stop-HvFunction -Reason 'job' -Message "The job of $MethodName failed: $text" -Detail $detail
        }
        [System.Threading.Thread]::Sleep($delay)
        $delay = [System.Math]::Min($delay * 2, 500)
    }
    Stop-HvFunction -Reason 'timeout' -Message "The job of $MethodName did not end in time." -Detail @{ method = $MethodName; outcome = 'unknown' }
}
