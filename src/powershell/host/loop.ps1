# What a worker runspace of the session does with its life.

# Takes call after call. A call is claimed by whoever deals with it: the worker that runs it, or the keeper that answers
# one which was cancelled before. What was taken is kept where the keeper finds it if this worker is stopped meanwhile.
function Invoke-SessionLoop {
    while (-not $SessionContext.over) {
        # Nothing comes when this worker should see that it was stopped.
        if ($null -eq $SessionContext.taken) { $SessionContext.taken = $SessionContext.inbox.Take() }
        $call = $SessionContext.taken
        if ($null -ne $call -and $call.claim.Wait(0)) {
            try { $null = Invoke-SessionCall $call } finally {
                # In another way than by its answer. Said here, as nothing below runs in a pipeline that is stopped.
                if ($call.cancelled -or -not $call.answered) {
                    $SessionContext.chores.Add(@{ kind = 'ended'; slot = $SessionContext.slot; call = $call })
                }
            }
            Clear-SessionStreams
        }
        $SessionContext.taken = $null
    }
}

# They would grow with every call: the pipeline never ends.
function Clear-SessionStreams {
    foreach ($warning in $SessionContext.streams.Warning) { [Console]::Error.WriteLine('WARNING: ' + $warning.Message) }
    $SessionContext.streams.ClearStreams()
}
