# How a simulated cmdlet ends: what it writes, and which of its errors end it.

function Complete-HvLabCmdlet {
    <# .SYNOPSIS
    The body of every simulated cmdlet: runs a block, which may add to a list of failures, and writes its objects, or none of
    them (Quiet), then the failures. #>
    param([System.Management.Automation.PSCmdlet]$Caller, [scriptblock]$CmdletBlock, [bool]$Quiet = $false)
    $found = @()
    $failures = [System.Collections.ArrayList]::new()
    try { $found = & $CmdletBlock $failures } catch { [void]$failures.Add($_) }
    if ($Quiet) { $found = @() }
    Write-HvLabResult $Caller $found $failures
}

function Write-HvLabResult {
    <# .SYNOPSIS
    Ends a simulated cmdlet: its objects, then its errors as the bound -ErrorAction or the caller's preference says. #>
    param([System.Management.Automation.PSCmdlet]$Caller, [object[]]$Objects, [object[]]$Failures)
    $Caller.WriteObject($Objects, $true)
    if ($Failures.Count -eq 0) { return }
    $bound = $null
    if (-not $Caller.MyInvocation.BoundParameters.TryGetValue('ErrorAction', [ref]$bound)) {
        $bound = $Caller.SessionState.PSVariable.GetValue('ErrorActionPreference')
    }
    foreach ($failure in $Failures) {
        # A terminating error keeps its recorded id this way; WriteError would append the function's name.
        if ([string]$bound -eq 'Stop') { throw $failure }
        if ([string]$bound -ne 'SilentlyContinue' -and [string]$bound -ne 'Ignore') { $Caller.WriteError($failure) }
    }
}
