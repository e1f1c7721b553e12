# Runs calls and answers them, where the functions are: in the worker runspaces of the session, or on another computer.

# Sends records of the running call ahead of its answer.
function Send-SessionBatch {
    param([object[]]$Records)
    if ($null -eq $Records) { return }
    for ($start = 0; $start -lt $Records.Length; $start += 200) {
        $end = [System.Math]::Min($start + 200, $Records.Length) - 1
        Send-SessionRecordRange -Records $Records -Start $start -End $end
    }
}

# What travels instead of a record that no frame can hold: one such record must not fail the whole list. The record keeps
# its tag and says in words how it began.
function New-SessionProblemRecord {
    param($Record, [int]$Size)
    $start = [System.Collections.Generic.List[string]]::new()
    foreach ($value in $Record) {
        if ($start.Count -eq 3 -or $value -isnot [string] -or $value.Length -gt 100) { break }
        $start.Add($value)
    }
    $tag = ''
    if ($start.Count -gt 0) { $tag = $start[0] }
    $message = 'A record of ' + $Size + ' characters was left out, as it is larger than a frame may be: ' + [string]::Join(' ', $start)
    return , @('problem', $tag, $message)
}

# One frame, or two halves when it would be larger than 256 KiB.
function Send-SessionRecordRange {
    param([object[]]$Records, [int]$Start, [int]$End)
    $text = ConvertTo-Json -Compress -Depth 6 -InputObject @{
        jsonrpc = '2.0'
        method  = '$/progress'
        params  = @{ token = $SessionContext.call.id; value = [object[]]$Records[$Start..$End] }
    }
    if ($text.Length -le 262144 -or ($Start -eq $End -and $text.Length -le $SessionFrameLimit)) {
        Write-SessionText $text
        return
    }
    if ($Start -eq $End) {
        Send-SessionBatch -Records @(, (New-SessionProblemRecord -Record $Records[$Start] -Size $text.Length))
        return
    }
    $middle = [int][System.Math]::Floor(($Start + $End) / 2)
    Send-SessionRecordRange -Records $Records -Start $Start -End $middle
    Send-SessionRecordRange -Records $Records -Start ($middle + 1) -End $End
}

# Runs one call and answers it. The name comes from the method table, the arguments are bound by name.
function Invoke-SessionCall {
    param([hashtable]$Call)
    $SessionContext.call = $Call
    try {
        $arguments = $Call.arguments
        $value = & $Call.function @arguments
        # "Nothing" is an object of its own, which would become {}.
        if ($null -eq $value) { $value = $null }
        $text = ConvertTo-Json -Compress -Depth 6 -InputObject @{ jsonrpc = '2.0'; id = $Call.id; result = $value }
        if (-not $Call.cancelled) {
            Write-SessionText $text
            $Call.answered = $true
        }
    } catch {
        if (-not $Call.cancelled) {
            $code = -32000
            if ($_.Exception -is [System.Management.Automation.ParameterBindingException] -and
                $_.CategoryInfo.Activity -eq $Call.function) { $code = -32602 }
            Write-SessionError $Call.id $code $_.Exception.Message (ConvertTo-SessionErrorData $_)
            $Call.answered = $true
        }
    } finally {
        $SessionContext.call = $null
    }
}
