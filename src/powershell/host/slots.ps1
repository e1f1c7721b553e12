# Slots and the runspaces that serve them. Runs in the dispatcher, which makes them, and in the keeper, which replaces them.

# A queue of calls for each class, and one runspace that takes from it: a read never waits for a change, and a stuck call
# takes only its own slot with it. `asked`: a runspace serves it, or is being made; `ending`: the call whose end the keeper
# waits for.
function New-SessionSlot {
    return [hashtable]::Synchronized(@{
            inbox = [System.Collections.Concurrent.BlockingCollection[object]]::new(); asked = $false
            runspace = $null; context = $null; shell = $null; handle = $null; ending = $null
        })
}

# Default2 holds the core commands only; modules load when a command of theirs is used.
function New-SessionRunspace {
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    return $runspace
}

# Of several runspaces that load a module at once some may end without it (PowerShell/PowerShell#7377), so what loads one
# is done under a lock: on the format, which all contexts share.
function Start-SessionSetup {
    param($Slot)
    $Slot.asked = $true
    $Slot.runspace = New-SessionRunspace
    $Slot.context = [hashtable]::Synchronized(@{
            prefix = $SessionContext.prefix; format = $SessionContext.format; output = $SessionContext.output
            inbox = $Slot.inbox; chores = $Session.chores; slot = $Slot; remote = $Session.remote; streams = $null
            taken = $null; call = $null; over = $false; failure = $null
        })
    $variables = $Slot.runspace.SessionStateProxy
    $variables.SetVariable('SessionContext', $Slot.context)
    $variables.SetVariable('SessionPreludeState', $Session.prelude)
    $variables.SetVariable('SessionTexts', $Session.texts)
    Start-SessionWorker $Slot ('[System.Threading.Monitor]::Enter($SessionContext.format); ' +
        'try { foreach ($text in $SessionTexts) { . $text } } catch { $SessionContext.failure = $_ } ' +
        'finally { [System.Threading.Monitor]::Exit($SessionContext.format) } ' +
        'if ($null -eq $SessionContext.failure) { Invoke-SessionLoop } ' +
        'else { $SessionContext.chores.Add(@{ kind = ''failed''; slot = $SessionContext.slot }) }')
}

# One pipeline that takes call after call: starting a pipeline costs more than most calls do.
function Start-SessionWorker {
    param($Slot, [string]$Text)
    $Slot.shell = [powershell]::Create()
    $Slot.shell.Runspace = $Slot.runspace
    $Slot.context.streams = $Slot.shell.Streams
    [void]$Slot.shell.AddScript($Text)
    $Slot.handle = $Slot.shell.BeginInvoke()
}
