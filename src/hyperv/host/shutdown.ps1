# Requests to the guest. Its answer means that it took the request, never that it has stopped.
# Stop-VM is not used: without contact to the guest it asks on the console whether to cut the power.

function Request-HvGuest {
    # .SYNOPSIS
    # Calls a method of the shutdown component of a running VM and reads the VM back.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)] [ValidateSet('InitiateShutdown', 'InitiateReboot')] [string]$MethodName,
        [bool]$Force
    )
    $counter = New-HvCounter
    $null = Get-HvComputerSystem -Counter $counter -Id $Id
    $name = ConvertTo-HvFilterId -Id $Id
    $found = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_ShutdownComponent' -Filter "SystemName='$name'")
    if ($found.Length -eq 0) {
        # The component exists only while the VM runs.
        Stop-HvFunction -Reason 'invalidState' -Message "$MethodName needs a running virtual machine." -Detail @{ method = $MethodName }
    }
    $status = $found[0].CimInstanceProperties['OperationalStatus'].Value
    $first = $null
    if ($null -ne $status) { foreach ($value in $status) { $first = $value; break } }
    $arguments = @{ Force = $Force; Reason = 'Hyper-V Lab' }
    $null = Invoke-HvCimMethod -InputObject $found[0] -MethodName $MethodName -Arguments $arguments -GuestStatus $first
    return Get-HvVmAfterChange -Counter $counter -Id $Id
}

function Request-HvVmShutdown {
    # .SYNOPSIS
    # Asks the guest to shut down. Force lets it close programs that hold unsaved data.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [bool]$Force = $false
    )
    return Request-HvGuest -Id $Id -MethodName 'InitiateShutdown' -Force $Force
}

function Request-HvVmRestart {
    # .SYNOPSIS
    # Asks the guest to restart. Force lets it close programs that hold unsaved data.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [bool]$Force = $false
    )
    return Request-HvGuest -Id $Id -MethodName 'InitiateReboot' -Force $Force
}
