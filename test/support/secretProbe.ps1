# A prelude that looks, in the pump's runspace, for what a frame may have left there: history and variables.
function New-SessionPreludeState {
    param($Data)
    $found = [System.Text.StringBuilder]::new()
    foreach ($entry in Microsoft.PowerShell.Core\Get-History) { [void]$found.AppendLine($entry.CommandLine) }
    foreach ($variable in Get-Variable -Name *) {
        if ($variable.Value -is [string]) { [void]$found.AppendLine($variable.Name + ' = ' + $variable.Value) }
    }
    [System.IO.File]::WriteAllText($Data.folder + '/probe', $found.ToString())
    return $null
}

function Enter-SessionPrelude {
    param($State)
}
