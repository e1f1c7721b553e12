# Takes stdin and stdout over from the host, says hello and reads requests. Ends with the process, never before.
# Expects: $SessionNonce, $SessionModule, $SessionMethods (name to name, function, class and parameters), $SessionTickMs,
# $SessionParent (an id, or 0), $SessionRemote (or $null), the script blocks $MessagesScript, $KeeperScript, $WorkerScript,
# $FunctionsScript, $PreludeScript (or $null), and the functions of facts.ps1, dispatcher.ps1, work.ps1 and slots.ps1, for
# another computer also those of remoteOpen.ps1.
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
    call   = $null
    # Whether the way to Node spoils everything outside ASCII. Node sees it from hello, and says so.
    format = [hashtable]::Synchronized(@{ ascii = $false })
}
# What this runspace shares with the keeper's. The keeper waits for chores.
$Session = @{
    methods   = $SessionMethods
    slots     = @{}
    chores    = [System.Collections.Concurrent.BlockingCollection[object]]::new()
    # What a worker's runspace runs before its first call, and the state of the prelude.
    texts     = $null
    prelude   = $null
    # For a session on another computer; see remoteOpen.ps1.
    remote    = $SessionRemote
    abandoned = 0
    clock     = [System.Diagnostics.Stopwatch]::StartNew()
    # See watch.ps1.
    watch     = [hashtable]::Synchronized(@{
            tickMs = $SessionTickMs; next = [int64]$SessionTickMs; limit = 6; silent = 0; parent = $SessionParent; process = $null
        })
}
. $MessagesScript
Import-SessionUtility

$hello = Get-SessionFacts -Module $SessionModule
$hello.proto = 1
$hello.nonce = $SessionNonce
$hello.pid = $PID
# Two bytes, three bytes and a surrogate pair: proves that the stream is UTF-8 at both ends.
$hello.selftest = -join [char[]](0xE9, 0x2603, 0xD834, 0xDD1E)
Write-SessionMessage @{ jsonrpc = '2.0'; method = 'hello'; params = $hello }
# While Node reads that. What a prelude or another computer needs comes with session.open.
if ($null -eq $PreludeScript -and $null -eq $SessionRemote) { Start-SessionWork }
Start-SessionKeeper

$secretStart = '{"jsonrpc":"2.0","method":"secret.put",'
try {
    while ($true) {
        $line = $stdin.ReadLine()
        if ($null -eq $line) { break }
        $Session.watch.silent = 0
        # Kept from every command: what is bound to a parameter may be written to an event log or a transcript.
        if ($null -ne $Session.remote -and $line.StartsWith($secretStart, [System.StringComparison]::Ordinal)) {
            $Session.remote.line = $line
            $line = $null
            Receive-SessionSecret
        } else { Receive-SessionMessage $line }
    }
} catch {
    # Nobody reads stdout any more. Windows does not say so: there the end of stdin has to do.
    [Console]::Error.WriteLine('Session: ' + $_.Exception.Message)
    [System.Environment]::Exit(1)
} finally {
    # Whoever held the other end is gone, or this runspace was stopped, by a signal say. Pipeline threads are foreground
    # threads, so only this ends the process at once, whatever still runs.
    if ($null -ne $Session.remote) { Close-SessionRemote }
    [System.Environment]::Exit(0)
}
