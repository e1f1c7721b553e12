# Structured failures. The caller reads the id and the detail; the message is for the log.

function Stop-HvFunction {
    # .SYNOPSIS
    # Ends the request with the error id 'Hv.<Reason>' and a detail of plain values.
    # A reason is one of errors.ts, or 'returnCode' or 'job', whose numbers the caller translates.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string]$Reason,
        [Parameter(Mandatory = $true)] [string]$Message,
        [hashtable]$Detail = @{}
    )
    $exception = [System.InvalidOperationException]::new($Message)
    $exception.Data['detail'] = $Detail
    throw [System.Management.Automation.ErrorRecord]::new($exception, "Hv.$Reason", [System.Management.Automation.ErrorCategory]::InvalidOperation, $null)
}

function Get-HvManagementServiceState {
    # .SYNOPSIS
    # State of the Windows service vmms ('Running', 'Stopped' ...), 'Missing' without Hyper-V, $null when nobody knows.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable]$Counter)
    try {
        $found = @(Get-HvInstance -Counter $Counter -Namespace 'root\cimv2' -ClassName 'Win32_Service' -Property 'State' -Filter "Name='vmms'")
        if ($found.Length -eq 0) { return 'Missing' }
        return [string]$found[0].CimInstanceProperties['State'].Value
    }
    catch {
        return $null
    }
}

function Assert-HvServiceRunning {
    # .SYNOPSIS
    # Stops when Hyper-V is missing or its service is stopped; returns when it runs, and when nobody knows.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [hashtable]$Detail = @{}
    )
    $state = Get-HvManagementServiceState -Counter $Counter
    # The classes may stay behind when the role was removed.
    if ($state -eq 'Missing') { Stop-HvFunction -Reason 'moduleMissing' -Message 'There is no service vmms.' -Detail $Detail }
    if ($null -ne $state -and $state -ne 'Running') {
        Stop-HvFunction -Reason 'serviceStopped' -Message "The service vmms is in the state '$state'." -Detail $Detail
    }
}

function Resolve-HvHostFailure {
    # .SYNOPSIS
    # A query, a method or a cmdlet failed: says so if the reason is a missing or stopped Hyper-V, and passes the error on
    # if not. The host's own texts and ids for a stopped service and for missing rights are the same.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [System.Management.Automation.ErrorRecord]$ErrorRecord
    )
    # Errors of our own name their reason already.
    if ($ErrorRecord.FullyQualifiedErrorId -notlike 'Hv.*') {
        $detail = @{ hostMessage = [string]$ErrorRecord.Exception.Message; hostErrorId = [string]$ErrorRecord.FullyQualifiedErrorId }
        $known = $ErrorRecord.Exception.Data['detail']
        if ($null -ne $known) { $detail += $known }
        Assert-HvServiceRunning -Counter $Counter -Detail $detail
    }
    throw $ErrorRecord
}

function Assert-HvHostReadable {
    # .SYNOPSIS
    # Tells 'there is nothing' from 'you may not look': without rights CIM answers with no rows and no error.
    # Whoever may read Hyper-V sees the management service.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [hashtable]$Counter)
    $found = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_VirtualSystemManagementService' -Property 'Name')
    if ($found.Length -gt 0) { return }
    Assert-HvServiceRunning -Counter $Counter
    Stop-HvFunction -Reason 'accessDenied' -Message 'Hyper-V shows nothing to this user.'
}
