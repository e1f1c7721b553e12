# Faults of the lab: what goes wrong on real hosts, switched on by the spec or by lab.fault while the lab runs.

function Test-HvLabFault {
    <# .SYNOPSIS
    Whether a fault of this kind concerns a class, method or cmdlet (and a VM). A fault without `on` concerns all. #>
    param([string]$Kind, [string]$On, [object]$Vm, [bool]$Take)
    $null -ne (Find-HvLabFault $Kind $On $Vm $Take)
}

function Find-HvLabFault {
    <# .SYNOPSIS
    The first fault that fits; with -Take it is used up. #>
    param([string]$Kind, [string]$On, [object]$Vm, [bool]$Take)
    $faults = $global:HvLabState.Faults
    if ($faults.Count -eq 0) { return $null }
    foreach ($fault in $faults) {
        if ($fault.Kind -ne $Kind) { continue }
        if ($fault.On -ne '' -and $fault.On -ne $On) { continue }
        if ($fault.Vm -ne '' -and ($null -eq $Vm -or ($fault.Vm -ne $Vm.Name -and $fault.Vm -ne $Vm.Id))) { continue }
        if ($Take) { [void]$faults.Remove($fault) }
        return $fault
    }
    $null
}

function Wait-HvLabHang {
    <# .SYNOPSIS
    Hangs while a fault says so. In small steps, so that the call can be stopped like a cmdlet that polls. #>
    param([string]$On, [object]$Vm)
    while ($global:HvLabState.Faults.Count -gt 0) {
        if (-not (Invoke-HvLabLocked { Test-HvLabFault 'hang' $On $Vm $false })) { return }
        Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds 50
    }
}

function Assert-HvLabCimHealthy {
    <# .SYNOPSIS
    The faults that make a CIM call fail. Without rights it does not fail: it finds nothing (see cimQuery.ps1). #>
    param([string]$On, [object]$Vm, [string]$Command)
    if (Test-HvLabFault 'serviceStopped' $On $Vm $false) { throw (New-HvLabCimError '0x80041013' 'NotSpecified' 'providerLoad' $On $Command) }
    $fault = Find-HvLabFault 'errorOnce' $On $Vm $true
    if ($null -ne $fault) {
        $code = '0x80041001'
        if ($fault.Code -ne 0) { $code = '0x{0:x8}' -f $fault.Code }
        throw (New-HvLabCimError $code 'NotSpecified' 'genericFailure' $On $Command)
    }
}

function New-HvLabModuleError {
    <# .SYNOPSIS
    The error record of a Hyper-V cmdlet: error id, category and target as recorded on real hosts. #>
    param([string]$Id, [string]$Category, [string]$Command, [string]$Text, [object]$Target, [string]$Reason = 'VirtualizationException', [int]$HResult = 0)
    $exception = [System.InvalidOperationException]::new($Text)
    if ($HResult -ne 0) { $exception = [System.Runtime.InteropServices.COMException]::new($Text, $HResult) }
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $Id + ',Microsoft.HyperV.PowerShell.Commands.' + $Command, $Category, $Target)
    $record.CategoryInfo.Reason = $Reason
    $record
}

function Assert-HvLabModuleHealthy {
    <# .SYNOPSIS
    The faults that make a Hyper-V cmdlet fail. #>
    param([string]$On, [string]$Command, [object]$Vm)
    $name = $global:HvLabState.HostName
    if (Test-HvLabFault 'accessDenied' $On $Vm $false) {
        # Get-VM answers with the catch-all id, the others with an id and an HRESULT (E_ACCESSDENIED) of their own.
        $text = Get-HvLabText 'noPermission' $name
        if ($Command -eq 'GetVM') { throw (New-HvLabModuleError 'Unspecified' 'NotSpecified' $Command $text $null) }
        throw (New-HvLabModuleError 'AccessDenied' 'PermissionDenied' $Command $text $Vm 'VirtualizationException' -2147024891)
    }
    if (Test-HvLabFault 'serviceStopped' $On $Vm $false) {
        throw (New-HvLabModuleError 'ObjectNotFound' 'ObjectNotFound' $Command (Get-HvLabText 'objectNotFound' $name) $null)
    }
    $fault = Find-HvLabFault 'errorOnce' $On $Vm $true
    if ($null -ne $fault) {
        # E_FAIL unless the fault names another HRESULT.
        $code = -2147467259
        if ($fault.Code -ne 0) { $code = [System.BitConverter]::ToInt32([System.BitConverter]::GetBytes([long]$fault.Code), 0) }
        throw (New-HvLabModuleError 'OperationFailed' 'NotSpecified' $Command (Get-HvLabText 'operationFailed') $Vm 'VirtualizationException' $code)
    }
}
