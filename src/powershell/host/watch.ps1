# Ends the process when nobody is left whom it could serve. The end of stdin says so already; but a connection may be cut
# without a word (Win32-OpenSSH leaves the far process alone, PowerShell/Win32-OpenSSH#1751), and a sibling of ours may
# hold our stdin open. Counted in ticks of the keeper, not in time: a machine that was asleep must not find its sessions dead.

# Called by the keeper when $Session.watch.next is reached.
function Update-SessionWatch {
    $watch = $Session.watch
    $watch.next = $Session.clock.ElapsedMilliseconds + $watch.tickMs
    $watch.silent++
    $limit = $watch.limit
    # What was begun is let to its end, but not for ever.
    foreach ($class in 'change', 'long') {
        $context = $Session.slots[$class].context
        if ($null -ne $context -and $null -ne $context.call) { $limit = $watch.limit * 10 }
    }
    if ($watch.silent -gt $limit) { [System.Environment]::Exit(1) }
    if ($watch.parent -eq 0) { return }
    try {
        # The object holds the process: another one that gets the same number later is not taken for it.
        if ($null -eq $watch.process) { $watch.process = [System.Diagnostics.Process]::GetProcessById($watch.parent) }
        elseif ($watch.process.HasExited) { [System.Environment]::Exit(1) }
    } catch {
        # Out of sight from here (another namespace, another sign-in): stdin has to do.
        $watch.parent = 0
    }
}
