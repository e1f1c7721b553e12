# Four slots, one runspace each: a read never waits for a change, and a stuck call takes only its own slot with it.

function New-SessionSlot {
    return @{
        queue = [System.Collections.Generic.List[object]]::new(); runspace = $null; context = $null; ready = $false
        shell = $null; handle = $null; call = $null
    }
}

# Default2 holds the core commands only; modules load when a command of theirs is used.
function New-SessionRunspace {
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    return $runspace
}

# Hands the next call of a slot to its worker, or first makes what the slot lacks. Runspaces are prepared one after the
# other: several that load a module at once sometimes end without it (PowerShell/PowerShell#7377).
function Start-SessionCall {
    param($Slot)
    if ($null -ne $Slot.call -or $Slot.queue.Count -eq 0) { return }
    if (-not $Slot.ready) {
        if (-not $Session.preparing) { Start-SessionSetup $Slot }
        return
    }
    $call = $Slot.queue[0]
    $Slot.queue.RemoveAt(0)
    $Slot.call = $call
    $Slot.context.inbox.Add($call)
}

function Start-SessionSetup {
    param($Slot)
    $Session.preparing = $true
    $Slot.runspace = New-SessionRunspace
    $call = @{ id = $null; slot = $Slot; answered = $true; cancelled = $false; deadline = [int64]0 }
    $Slot.context = @{
        prefix = $SessionContext.prefix; ascii = $SessionContext.ascii; output = $SessionContext.output; events = $SessionContext.events
        inbox = [System.Collections.Concurrent.BlockingCollection[object]]::new(); call = $null; setup = $call
        remote = $Session.remote
    }
    $variables = $Slot.runspace.SessionStateProxy
    $variables.SetVariable('SessionContext', $Slot.context)
    $variables.SetVariable('SessionPreludeState', $Session.preludeState)
    $parts = @($Session.messages, $Session.worker)
    # The prelude of a session on another computer belongs there.
    if ($null -ne $Session.prelude -and $null -eq $Session.remote) { $parts += @($Session.prelude, { Enter-SessionPrelude -State $SessionPreludeState }) }
    $parts += @($Session.functions, { $SessionContext.events.Add($SessionContext.setup) }, { Invoke-SessionLoop })
    $Slot.call = $call
    Start-SessionWorker $Slot ([string]::Join("`n", [string[]]$parts))
}

# One pipeline that takes call after call: starting a pipeline costs more than most calls do.
function Start-SessionWorker {
    param($Slot, [string]$Text)
    $Slot.shell = [powershell]::Create()
    $Slot.shell.Runspace = $Slot.runspace
    [void]$Slot.shell.AddScript($Text)
    $Slot.handle = $Slot.shell.BeginInvoke()
}

# A call has ended, in whatever way. The worker answers its calls itself unless they were cancelled.
function Complete-SessionCall {
    param($Call)
    $slot = $Call.slot
    if (-not [object]::ReferenceEquals($slot.call, $Call)) { return }
    foreach ($warning in $slot.shell.Streams.Warning) { [Console]::Error.WriteLine('WARNING: ' + $warning.Message) }
    $slot.shell.Streams.ClearStreams()
    $failure = $null
    $ended = $Call.cancelled -or $slot.handle.IsCompleted
    if ($ended) { $failure = Stop-SessionWorker $slot }
    $slot.call = $null
    if ($null -eq $Call.id) { Complete-SessionSetup $slot $failure }
    else {
        if ($ended) { Start-SessionWorker $slot 'Invoke-SessionLoop' }
        if (-not $Call.answered) {
            $Call.answered = $true
            if ($Call.cancelled) { Write-SessionError $Call.id -32800 'Cancelled.' @{ outcome = 'unknown' } }
            else { Write-SessionError $Call.id -32603 'The call ended without an answer.' @{ outcome = 'unknown' } }
        }
    }
    if ($slot.queue.Count -gt 0) { Start-SessionCall $slot }
}

# Waits for a worker that is ending; returns why it ended, if by an error.
function Stop-SessionWorker {
    param($Slot)
    # It may be asleep already, waiting for the next call; only then does it see that it should stop.
    $Slot.context.inbox.Add($null)
    $failure = $null
    try { [void]$Slot.shell.EndInvoke($Slot.handle) } catch { $failure = $_ }
    $Slot.shell.Dispose()
    $rest = $null
    while ($Slot.context.inbox.TryTake([ref]$rest)) { }
    return $failure
}

# When a runspace cannot be prepared, what waits for it gets the reason, and the next call tries a new one.
function Complete-SessionSetup {
    param($Slot, $Failure)
    $Session.preparing = $false
    if ($null -eq $Failure) { $Slot.ready = $true }
    else {
        if ($Failure.Exception.InnerException -is [System.Management.Automation.RuntimeException]) {
            $Failure = $Failure.Exception.InnerException.ErrorRecord
        }
        foreach ($waiting in $Slot.queue) {
            Write-SessionError $waiting.id -32000 $Failure.Exception.Message (ConvertTo-SessionErrorData $Failure)
        }
        $Slot.queue.Clear()
        $Slot.runspace.Dispose()
        $Slot.runspace = $null
    }
    foreach ($other in $Session.slots.Values) { Start-SessionCall $other }
}

# Ends that nobody announced, and calls that do not stop: those are answered and left alone with their runspace.
function Update-SessionSlot {
    param($Slot)
    $call = $Slot.call
    if ($null -eq $call) { return }
    if ($Slot.handle.IsCompleted) {
        Complete-SessionCall $call
        return
    }
    if (-not $call.cancelled -or $Session.clock.ElapsedMilliseconds -lt $call.deadline) { return }
    $call.answered = $true
    Write-SessionError $call.id -32801 'Cancelled, but still stopping.' @{ outcome = 'unknown' }
    # Its only way to the other computer is not free, and nobody knows when it will be.
    if ($null -ne $Session.remote) { [System.Environment]::Exit($Session.remote.lostCode) }
    $Session.abandoned++
    $Slot.call = $null
    $Slot.runspace = $null
    $Slot.ready = $false
    Start-SessionCall $Slot
}
