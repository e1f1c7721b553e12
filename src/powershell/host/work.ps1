# Called once: makes what runs calls and what looks after it.

# A request with what the prelude or the other computer needs; only such sessions get one.
function Open-Session {
    param($Id, $Parameters)
    try {
        $Parameters = Remove-SessionMark $Parameters
        if ($null -ne $PreludeScript) {
            . $PreludeScript
            $Session.prelude = New-SessionPreludeState -Data $Parameters.prelude
        }
        Start-SessionWork
        if ($null -ne $Session.remote) { Open-SessionRemotely $Id $Parameters.remote }
        else { Write-SessionMessage @{ jsonrpc = '2.0'; id = $Id; result = $null } }
    } catch {
        Write-SessionError $Id -32000 $_.Exception.Message (ConvertTo-SessionErrorData $_)
    }
}

# The first call will be a read; to make its runspace takes as long as many calls.
function Start-SessionWork {
    $slots = @{}
    foreach ($class in 'read', 'change', 'long', 'watch') { $slots[$class] = New-SessionSlot }
    # At once: the keeper may be going through them.
    $Session.slots = $slots
    $blocks = @($MessagesScript, $WorkerScript)
    # The prelude of a session on another computer belongs there.
    if ($null -ne $PreludeScript -and $null -eq $Session.remote) {
        $blocks += @($PreludeScript, { Enter-SessionPrelude -State $SessionPreludeState })
    }
    # Bound to no runspace: all share what was parsed and compiled once.
    $Session.texts = [scriptblock[]]@(foreach ($block in $blocks + $FunctionsScript) { $block.Ast.GetScriptBlock() })
    if ($null -eq $Session.remote) { Start-SessionSetup $Session.slots.read }
}

# In a runspace of its own, since this one waits for stdin; see keeper.ps1.
function Start-SessionKeeper {
    $runspace = New-SessionRunspace
    $runspace.SessionStateProxy.SetVariable('Session', $Session)
    $runspace.SessionStateProxy.SetVariable('SessionContext', $SessionContext)
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    [void]$shell.AddScript($KeeperScript.ToString())
    [void]$shell.BeginInvoke()
}
