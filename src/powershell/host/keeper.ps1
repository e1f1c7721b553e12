# Runs in a runspace of its own and looks after the others: stops and replaces what hangs, and ends the
# process when nobody is left. Sleeps while nothing is to be done; no call that goes well comes by here.
# Expects: $Session and $SessionContext, the functions of messages.ps1, utility.ps1, slots.ps1, runspaces.ps1 and watch.ps1.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Set-StrictMode -Version 2

function Complete-SessionChore {
    param($Chore)
    switch -CaseSensitive ($Chore.kind) {
        'failed' { Complete-SessionSetup $Chore.slot }
        'cancel' { Stop-SessionCall $Chore.id }
        'ended' { Complete-SessionCall $Chore.slot $Chore.call }
    }
}

# Bounds how late an end is noticed which the worker could not announce, and a deadline.
$checkMs = 250
try {
    [System.Threading.Monitor]::Enter($SessionContext.format)
    try { Import-SessionUtility } finally { [System.Threading.Monitor]::Exit($SessionContext.format) }
    while ($true) {
        $wait = $Session.watch.tickMs
        foreach ($slot in $Session.slots.Values) { if ($null -ne $slot.ending -and $wait -gt $checkMs) { $wait = $checkMs } }
        $chore = $null
        try {
            if ($Session.chores.TryTake([ref]$chore, $wait)) { Complete-SessionChore $chore }
            foreach ($slot in $Session.slots.Values) { if ($null -ne $slot.ending) { Update-SessionSlot $slot } }
            if ($Session.clock.ElapsedMilliseconds -ge $Session.watch.next) { Update-SessionWatch }
        } catch {
            # Nobody reads stdout any more.
            if ($_.Exception.GetBaseException() -is [System.IO.IOException]) { [System.Environment]::Exit(1) }
            [Console]::Error.WriteLine('Session keeper: ' + $_.Exception.Message)
        }
    }
} finally {
    # Without it nobody would notice that Node is gone.
    [System.Environment]::Exit(1)
}
