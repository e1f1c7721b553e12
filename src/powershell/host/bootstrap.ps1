# Takes stdin and stdout over from the host, says hello and runs the pump. Ends with the process, never before.
# Expects: $SessionNonce, $SessionModule, $SessionRemote (or $null), the script blocks $ReaderScript, $MessagesScript,
# $WorkerScript, $FunctionsScript, $PreludeScript (or $null), and the functions of facts.ps1, dispatcher.ps1, runspaces.ps1
# and watch.ps1, for another computer also those of remoteOpen.ps1.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Set-StrictMode -Version 2

# The reader the host used, so that no byte it has buffered is lost; no encoding is changed for the same reason.
$stdin = [Console]::In
$writer = [System.IO.StreamWriter]::new([Console]::OpenStandardOutput(), [System.Text.UTF8Encoding]::new($false), 65536)
$writer.AutoFlush = $true
[Console]::SetOut([Console]::Error)

$SessionContext = @{
    prefix = '@hv1:' + $SessionNonce + ' '
    output = [System.IO.TextWriter]::Synchronized($writer)
    # Lines from stdin and calls that have ended: the pump sleeps on this one queue.
    events = [System.Collections.Concurrent.BlockingCollection[object]]::new()
    call   = $null
    # Whether the way to Node spoils everything outside ASCII; known from session.open on.
    ascii  = $false
}
$Session = @{
    methods      = [System.Collections.Generic.Dictionary[string, object]]::new()
    slots        = @{ read = New-SessionSlot; change = New-SessionSlot; long = New-SessionSlot; watch = New-SessionSlot }
    messages     = $MessagesScript
    worker       = $WorkerScript
    functions    = $FunctionsScript
    prelude      = $PreludeScript
    preludeState = $null
    # For a session on another computer; see remoteOpen.ps1.
    remote       = $SessionRemote
    preparing    = $false
    abandoned    = 0
    clock        = [System.Diagnostics.Stopwatch]::StartNew()
    # Until session.open says what to watch; see watch.ps1.
    watch        = @{ tickMs = 15000; next = [int64]15000; limit = 6; silent = 0; parent = 0; process = $null }
}
. $MessagesScript

# Two things that take long and need not wait for each other. Importing by name is quicker than being found.
$readerRunspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
$readerRunspace.OpenAsync()
Import-Module -Name Microsoft.PowerShell.Utility
# Windows PowerShell gives arrays an extended property Count, and ConvertTo-Json then writes {value, Count}.
if ($PSVersionTable.PSVersion.Major -lt 6) { Remove-TypeData -TypeName System.Array -ErrorAction Ignore }
while ($readerRunspace.RunspaceStateInfo.State -eq 'Opening') { [System.Threading.Thread]::Sleep(1) }
$readerShell = [powershell]::Create()
$readerShell.Runspace = $readerRunspace
[void]$readerShell.AddScript($ReaderScript.ToString()).AddParameter('Reader', $stdin).AddParameter('Events', $SessionContext.events).AddParameter('Remote', $SessionRemote)
[void]$readerShell.BeginInvoke()

$process = [System.Diagnostics.Process]::GetCurrentProcess()
$hello = Get-SessionFacts -Module $SessionModule
$hello.proto = 1
$hello.nonce = $SessionNonce
$hello.boot = [int64]([datetime]::Now - $process.StartTime).TotalMilliseconds
$hello.pid = $process.Id
# Two bytes, three bytes and a surrogate pair: proves that the stream is UTF-8 at both ends.
$hello.selftest = -join [char[]](0xE9, 0x2603, 0xD834, 0xDD1E)
Write-SessionMessage @{ jsonrpc = '2.0'; method = 'hello'; params = $hello }

# Bounds how late an end is noticed which the worker could not announce, and a deadline.
$checkMs = 250
$secretStart = '{"jsonrpc":"2.0","method":"secret.put",'
$nextCheck = [int64]0
try {
    while ($true) {
        $wait = $Session.watch.tickMs
        foreach ($slot in $Session.slots.Values) { if ($null -ne $slot.call -and $wait -gt $checkMs) { $wait = $checkMs } }
        $received = $null
        try {
            if ($SessionContext.events.TryTake([ref]$received, $wait)) {
                if ($received -is [string]) {
                    $Session.watch.silent = 0
                    # Kept from every command: what is bound to a parameter may be written to an event log or a transcript.
                    if ($null -ne $Session.remote -and $received.StartsWith($secretStart, [System.StringComparison]::Ordinal)) {
                        $Session.remote.line = $received
                        $received = $null
                        Receive-SessionSecret
                    } else { Receive-SessionMessage $received }
                } else { Complete-SessionCall $received }
            }
            $now = $Session.clock.ElapsedMilliseconds
            if ($now -ge $nextCheck) {
                foreach ($slot in @($Session.slots.Values)) { Update-SessionSlot $slot }
                $nextCheck = $now + $checkMs
            }
            if ($now -ge $Session.watch.next) { Update-SessionWatch }
        } catch {
            # Nobody reads stdout any more. Windows does not say so: there the end of stdin has to do.
            if ($_.Exception.GetBaseException() -is [System.IO.IOException]) { [System.Environment]::Exit(1) }
            [Console]::Error.WriteLine('Session pump: ' + $_.Exception.Message)
        }
    }
} finally {
    # A pump that was stopped, by a signal say, must not leave a process that lives and never answers.
    [System.Environment]::Exit(1)
}
