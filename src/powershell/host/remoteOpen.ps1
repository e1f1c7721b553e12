# The dispatcher's side of a session on another computer: takes the credential and opens the connection. Only in such a session.

# Takes the credential from its line: its text as numbers, which are UTF-16 units. Nothing but calls of .NET methods:
# PowerShell may log what a command's parameters are bound to, even ConvertFrom-Json's.
function Receive-SessionSecret {
    $line = $Session.remote.line
    $Session.remote.line = $null
    $user = [System.Text.StringBuilder]::new()
    foreach ($unit in [regex]::Match($line, '"user":\[([0-9,]+)\]').Groups[1].Value.Split(',')) { [void]$user.Append([char][int]$unit) }
    $password = [System.Security.SecureString]::new()
    foreach ($unit in [regex]::Match($line, '"value":\[([0-9,]+)\]').Groups[1].Value.Split(',')) { $password.AppendChar([char][int]$unit) }
    $password.MakeReadOnly()
    $Session.remote.credential = [System.Management.Automation.PSCredential]::new($user.ToString(), $password)
}

# The first call, which the far PowerShell answers with what it is. The connection is made before it can run.
function Open-SessionRemotely {
    param($Id, $Target)
    $Session.remote.target = $Target
    $Session.remote.module = $SessionModule
    $Session.remote.functions = [string[]]@($Session.methods.Values.function) + 'Get-SessionFarFacts'
    $Session.methods['session.far'] = @{ name = 'session.far'; function = 'Get-SessionFarFacts'; class = 'change'; parameters = [string[]]@() }
    Add-SessionCall $Id 'session.far' $null
}

# A session on another computer would stay there for an hour, and count among those a person may have.
function Close-SessionRemote {
    if ($null -eq $Session.remote.runspace) { return }
    try {
        $Session.remote.closing = $true
        $Session.remote.runspace.CloseAsync()
        # Less than the time after which Node ends this process.
        for ($i = 0; $i -lt 60 -and $Session.remote.runspace.RunspaceStateInfo.State -eq 'Closing'; $i++) { [System.Threading.Thread]::Sleep(25) }
    } catch { [Console]::Error.WriteLine('The session on the other computer was not closed: ' + $_.Exception.Message) }
}
