# Runs in the one worker runspace of a session on another computer, with the functions of remote.ps1: makes the connection
# and passes calls through it. The far side writes the frames of the answers; here they are handed on as they are.
# Expects: $SessionFarScript, the constant text that makes the far side.

# Runs when the runspace is prepared. When it fails, whatever waits is answered with the reason.
function Open-SessionLane {
    $remote = $SessionContext.remote
    if ($remote.target.credential -and $null -eq $remote.credential) { throw 'The credential did not arrive.' }
    try {
        $session = Open-SessionRemote -Target $remote.target -Credential $remote.credential
    } catch {
        # The reason as a number: texts are localised.
        $code = $_.Exception.PSObject.Properties['ErrorCode']
        if ($null -ne $code) { $_.Exception.Data['detail'] = @{ transportCode = [int64]$code.Value } }
        throw
    } finally {
        # Used up: a connection that is lost is made anew by another process.
        if ($null -ne $remote.credential) { $remote.credential.Password.Dispose() }
        $remote.credential = $null
    }
    $SessionContext.session = $session
    # Closed at the end; see remoteOpen.ps1.
    $remote.runspace = $session.Runspace
    $mode = Get-SessionRemoteLanguage -Session $session
    if ($mode -ne 'FullLanguage') {
        $problem = [System.InvalidOperationException]::new('The language mode of the endpoint is ' + $mode + '.')
        throw [System.Management.Automation.ErrorRecord]::new($problem, 'SessionRemote.' + $mode, 'OpenError', $null)
    }
    $null = Invoke-SessionRemote -Session $session -Block $SessionFarScript -Arguments @()
    $arguments = @($SessionContext.prefix, $SessionContext.format.ascii, $remote.module, $remote.functions)
    $null = Invoke-SessionRemote -Session $session -Arguments $arguments -Block {
        param($Prefix, $Ascii, $Module, $Functions)
        Initialize-SessionFar -Prefix $Prefix -Ascii $Ascii -Module $Module -Functions $Functions
    }
}

# Passes one call on. Without an answer, or with a connection that is not what it was, nobody knows what became of it: the
# process ends, and Node does what it does for a lost session.
function Invoke-SessionCall {
    param([hashtable]$Call)
    try {
        $arguments = @($Call.id, $Call.function, $Call.arguments)
        $answer = Invoke-SessionRemote -Session $SessionContext.session -Arguments $arguments -Block {
            param($Id, $Function, $Arguments)
            Invoke-SessionFarCall -Id $Id -Function $Function -Arguments $Arguments
        }
        foreach ($frames in $answer) {
            if ($frames -isnot [string] -or $Call.cancelled) { continue }
            $SessionContext.output.Write([string]$frames)
            $Call.answered = $true
        }
    } catch {
        [Console]::Error.WriteLine('The connection failed: ' + $_.FullyQualifiedErrorId + ': ' + $_.Exception.Message)
    } finally {
        $remote = $SessionContext.remote
        $isOver = $Call.answered -or $Call.cancelled
        $isLost = -not $isOver -or -not (Test-SessionRemote -Session $SessionContext.session)
        # Looked at last: who closes the session says so before it does.
        if ($isLost -and -not $remote.closing) { [System.Environment]::Exit($remote.lostCode) }
    }
}
