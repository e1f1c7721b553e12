# The keeper's side of the runspaces that run calls: their ends.

# When a runspace cannot be prepared, what waits for it gets the reason, and the next call tries a new one.
function Complete-SessionSetup {
    param($Slot)
    $failure = $Slot.context.failure
    Stop-SessionWorker $Slot
    $Slot.runspace.Dispose()
    # In this order: what is added meanwhile either is in the queue below or finds a slot without a runspace.
    $Slot.context = $null
    $Slot.asked = $false
    $waiting = $null
    while ($Slot.inbox.TryTake([ref]$waiting)) {
        if ($null -ne $waiting -and $waiting.claim.Wait(0)) {
            Write-SessionError $waiting.id -32000 $failure.Exception.Message (ConvertTo-SessionErrorData $failure)
        }
    }
}

# A call is in the queue, then nowhere for a moment, then taken. Looked for twice, as it may be in that moment.
function Stop-SessionCall {
    param($Id)
    for ($attempt = 0; $attempt -lt 2; $attempt++) {
        if ($attempt -gt 0) { [System.Threading.Thread]::Sleep(2) }
        foreach ($slot in $Session.slots.Values) {
            $calls = [System.Collections.Generic.List[object]]::new($slot.inbox.ToArray())
            if ($null -ne $slot.context) { $calls.Add($slot.context.taken) }
            foreach ($call in $calls) {
                if ($null -eq $call -or $call.id -ne $Id) { continue }
                if ($call.claim.Wait(0)) { Write-SessionError $Id -32800 'Cancelled before it ran.' @{ outcome = 'none' } }
                elseif (-not $call.cancelled -and -not $call.answered) { Start-SessionStop $slot $call }
                return
            }
        }
    }
}

function Start-SessionStop {
    param($Slot, $Call)
    $Call.deadline = $Session.clock.ElapsedMilliseconds + 10000
    $Call.cancelled = $true
    $Slot.ending = $Call
    [void]$Slot.shell.BeginStop($null, $null)
}

# A call has ended in another way than by its answer.
function Complete-SessionCall {
    param($Slot, $Call)
    # Of a runspace that was abandoned: answered long ago.
    if ($null -eq $Slot.context -or -not [object]::ReferenceEquals($Slot.context.taken, $Call)) { return }
    $Slot.ending = $Call
    if ($Call.cancelled -or $Slot.handle.IsCompleted) { Reset-SessionWorker $Slot }
    else { Write-SessionEnd $Call }
}

# The worker of the slot was told to stop, or has ended: another one goes on in its runspace.
function Reset-SessionWorker {
    param($Slot)
    Stop-SessionWorker $Slot
    $taken = $Slot.context.taken
    # One that it took on the way out, and did not begin, is left for the next worker.
    if ($null -ne $taken -and $taken.claim.CurrentCount -eq 0) {
        $Slot.context.taken = $null
        Write-SessionEnd $taken
    }
    Write-SessionEnd $Slot.ending
    $Slot.ending = $null
    $Slot.context.call = $null
    Start-SessionWorker $Slot 'Invoke-SessionLoop'
}

# Every call is answered, once.
function Write-SessionEnd {
    param($Call)
    if ($Call.answered) { return }
    $Call.answered = $true
    if ($Call.cancelled) { Write-SessionError $Call.id -32800 'Cancelled.' @{ outcome = 'unknown' } }
    else { Write-SessionError $Call.id -32603 'The call ended without an answer.' @{ outcome = 'unknown' } }
}

function Stop-SessionWorker {
    param($Slot)
    # It may be asleep already, waiting for the next call; only then does it see that it should stop.
    $Slot.inbox.Add($null)
    # Why it ended is known from elsewhere.
    try { [void]$Slot.shell.EndInvoke($Slot.handle) } catch { $null = $_ }
    $Slot.shell.Dispose()
}

# Ends that nobody announced, and calls that do not stop: those are answered and left alone with their runspace.
function Update-SessionSlot {
    param($Slot)
    $call = $Slot.ending
    $isOver = -not [object]::ReferenceEquals($Slot.context.taken, $call)
    if ($Slot.handle.IsCompleted -or ($isOver -and $call.cancelled)) {
        Reset-SessionWorker $Slot
        return
    }
    # It has ended without an answer, and its worker goes on.
    if ($isOver) { $Slot.ending = $null }
    if (-not $call.cancelled -or $Session.clock.ElapsedMilliseconds -lt $call.deadline) { return }
    $call.answered = $true
    Write-SessionError $call.id -32801 'Cancelled, but still stopping.' @{ outcome = 'unknown' }
    # Its only way to the other computer is not free, and nobody knows when it will be.
    if ($null -ne $Session.remote) { [System.Environment]::Exit($Session.remote.lostCode) }
    $Session.abandoned++
    $Slot.ending = $null
    $Slot.context.over = $true
    Start-SessionSetup $Slot
}
