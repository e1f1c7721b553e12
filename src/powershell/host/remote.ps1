# The way to another computer: PowerShell remoting (WinRM). Nothing else of the session calls these commands, so a test can
# put another way in their place.

# Time-outs in milliseconds. OperationTimeout: how long a line may be dead; it does not limit a call.
function Open-SessionRemote {
    param($Target, $Credential)
    $option = Microsoft.PowerShell.Core\New-PSSessionOption -OpenTimeout 20000 -CancelTimeout 10000 -OperationTimeout 60000 -IdleTimeout 3600000 -NoMachineProfile
    $arguments = @{ ComputerName = $Target.computerName; SessionOption = $option; ErrorAction = 'Stop' }
    if ($null -ne $Target.port) { $arguments.Port = [int]$Target.port }
    if ($Target.useSsl) { $arguments.UseSSL = $true }
    if ($null -ne $Target.configurationName) { $arguments.ConfigurationName = $Target.configurationName }
    if ($null -ne $Credential) { $arguments.Credential = $Credential }
    return Microsoft.PowerShell.Core\New-PSSession @arguments
}

# A constant block; what varies goes as arguments, which travel as data.
function Invoke-SessionRemote {
    param($Session, [scriptblock]$Block, [object[]]$Arguments)
    return Microsoft.PowerShell.Core\Invoke-Command -Session $Session -ScriptBlock $Block -ArgumentList $Arguments -ErrorAction Stop
}

# What a restricted endpoint allows; asks the other computer.
function Get-SessionRemoteLanguage {
    param($Session)
    return [string]$Session.Runspace.SessionStateProxy.LanguageMode
}

# Whether it can take the next call. After a call was stopped it is busy for a moment.
function Test-SessionRemote {
    param($Session)
    for ($i = 0; $i -lt 100 -and $Session.State -eq 'Opened' -and $Session.Availability -eq 'Busy'; $i++) { [System.Threading.Thread]::Sleep(50) }
    return $Session.State -eq 'Opened' -and $Session.Availability -eq 'Available'
}
