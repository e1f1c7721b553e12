# Another computer that is not there: in place of src/powershell/host/remote.ps1, a second runspace of this process. What goes
# there and comes back is serialised as PowerShell remoting does it. The name of the computer says what goes wrong.
# Files in the working folder: `attempts` gets a line for each attempt, `break` breaks the connection when it appears.
# Expects: $FakePrelude, a prelude that the far runspace enters, or $null; $FakePasswordHash, of what opens `needs-password`.

function ConvertTo-FakeWire {
    param($Value)
    return , [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Value, 1))
}

function Get-FakeHash {
    param([string]$Text)
    $sha = [System.Security.Cryptography.SHA256]::Create()
    return [System.BitConverter]::ToString($sha.ComputeHash([System.Text.Encoding]::Unicode.GetBytes($Text))).Replace('-', '')
}

function Open-SessionRemote {
    [CmdletBinding()]
    param($Target, $Credential)
    $folder = [System.IO.Directory]::GetCurrentDirectory()
    $name = $Target.computerName
    $user = ''
    if ($null -ne $Credential) { $user = $Credential.UserName }
    [System.IO.File]::AppendAllText($folder + '/attempts', $name + ' ' + $user + "`n")
    $code = 0
    if ($name -match '^code-(\d+)$') { $code = [int64]$Matches[1] }
    if ($name -eq 'needs-password' -and ($null -eq $Credential -or (Get-FakeHash $Credential.GetNetworkCredential().Password) -ne $FakePasswordHash)) { $code = 5 }
    if ($code -ne 0) {
        $exception = [System.Management.Automation.Remoting.PSRemotingTransportException]::new('Ein Text des Hosts.')
        if ($code -gt 2147483647) { $code -= 4294967296 }
        $exception.ErrorCode = [int]$code
        # As New-PSSession does it: it writes the error, and ErrorAction makes it end the call.
        $record = [System.Management.Automation.ErrorRecord]::new($exception, [string]$code + ',PSSessionOpenFailed', 'OpenError', $name)
        $ErrorActionPreference = 'Stop'
        $PSCmdlet.WriteError($record)
    }
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $runspace.Open()
    $session = @{ Runspace = $runspace; Folder = $folder; Broken = $false }
    if ($null -ne $FakePrelude) {
        $runspace.SessionStateProxy.SetVariable('SessionPreludeState', $SessionPreludeState)
        $null = Invoke-SessionRemote -Session $session -Block $FakePrelude -Arguments @()
        $null = Invoke-SessionRemote -Session $session -Block { Enter-SessionPrelude -State $SessionPreludeState } -Arguments @()
    }
    if ($name -eq 'jea') { $runspace.SessionStateProxy.LanguageMode = 'NoLanguage' }
    if ($name -eq 'constrained') { $runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage' }
    return $session
}

function Invoke-SessionRemote {
    param($Session, [scriptblock]$Block, [object[]]$Arguments)
    $shell = [powershell]::Create()
    $shell.Runspace = $Session.Runspace
    [void]$shell.AddScript($Block.ToString())
    foreach ($argument in $Arguments) { [void]$shell.AddArgument((ConvertTo-FakeWire $argument)) }
    $handle = $shell.BeginInvoke()
    try {
        while (-not $handle.IsCompleted) {
            Start-Sleep -Milliseconds 2
            if (-not [System.IO.File]::Exists($Session.Folder + '/break')) { continue }
            [System.IO.File]::Delete($Session.Folder + '/break')
            $Session.Broken = $true
            throw [System.Management.Automation.Remoting.PSRemotingTransportException]::new('The network is gone.')
        }
        foreach ($item in $shell.EndInvoke($handle)) { ConvertTo-FakeWire $item }
    } finally {
        if (-not $Session.Broken -and -not $handle.IsCompleted) { $shell.Stop() }
    }
}

function Get-SessionRemoteLanguage {
    param($Session)
    return [string]$Session.Runspace.SessionStateProxy.LanguageMode
}

function Test-SessionRemote {
    param($Session)
    return -not $Session.Broken -and $Session.Runspace.RunspaceStateInfo.State -eq 'Opened'
}
