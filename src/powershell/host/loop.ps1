# What a worker runspace of the session does with its life.

# Sleeps until the pump hands it a call.
function Invoke-SessionLoop {
    while ($true) {
        $call = $SessionContext.inbox.Take()
        # Told to end: a stop that arrives while a call is leaving its `finally` may get lost.
        if ($null -eq $call) { return }
        $null = Invoke-SessionCall $call
    }
}
