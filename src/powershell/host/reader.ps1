# Runs on a thread of its own: moves lines from stdin into the pump's queue. Nobody else reads stdin from now on.
param($Reader, $Events)
try {
    while ($true) {
        $line = $Reader.ReadLine()
        if ($null -eq $line) { break }
        $Events.Add($line)
    }
} finally {
    # Whoever held the other end is gone. Pipeline threads are foreground threads, so only this ends the process at
    # once, whatever still runs.
    [System.Environment]::Exit(0)
}
