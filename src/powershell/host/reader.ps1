# Runs on a thread of its own: moves lines from stdin into the pump's queue. Nobody else reads stdin from now on.
param($Reader, $Events, $Remote)
try {
    while ($true) {
        $line = $Reader.ReadLine()
        if ($null -eq $line) { break }
        $Events.Add($line)
    }
} finally {
    # A session on another computer would stay there for an hour, and count among those a person may have.
    if ($null -ne $Remote -and $null -ne $Remote.runspace) {
        try {
            $Remote.closing = $true
            $Remote.runspace.CloseAsync()
            # Less than the time after which Node ends this process.
            for ($i = 0; $i -lt 60 -and $Remote.runspace.RunspaceStateInfo.State -eq 'Closing'; $i++) { [System.Threading.Thread]::Sleep(25) }
        } catch { [Console]::Error.WriteLine('The session on the other computer was not closed: ' + $_.Exception.Message) }
    }
    # Whoever held the other end is gone. Pipeline threads are foreground threads, so only this ends the process at
    # once, whatever still runs.
    [System.Environment]::Exit(0)
}
