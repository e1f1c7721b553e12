# Requests to the guest. Its answer means that it took the request, never that it has stopped.
# Stop-VM is not used: without contact to the guest it asks on the console whether to cut the power.

function Get-HvShutdownSetting {
    # .SYNOPSIS
    # EnabledState of the VM's shutdown service as the host is set: 2 enabled, 3 disabled, nothing when nobody knows.
    # The host may refuse a request because of it and name no cause.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid]$Id
    )
    $filter = Get-HvServiceSettingFilter -Id $Id -Service 'shutdown'
    $found = @(Get-HvInstance -Counter $Counter -Optional -ClassName 'Msvm_ShutdownComponentSettingData' -Property 'InstanceID', 'EnabledState' -Filter $filter)
    if ($found.Length -eq 0) { return $null }
    $state = $found[0].CimInstanceProperties['EnabledState'].Value
    if ($null -eq $state) { return $null }
    return [int64]$state
}

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
    $vm = Get-HvComputerSystem -Counter $counter -Id $Id
    $service = Get-HvShutdownSetting -Counter $counter -Id $Id
    $name = ConvertTo-HvFilterId -Id $Id
    $found = @(Get-HvInstance -Counter $counter -ClassName 'Msvm_ShutdownComponent' -Filter "SystemName='$name'")
    if ($found.Length -eq 0) {
        Assert-HvHostReadable -Counter $counter
        # The component exists only while the VM runs.
        $reason = 'invalidState'
        if ($service -eq 3 -and [int64]$vm.CimInstanceProperties['EnabledState'].Value -eq 2) { $reason = 'serviceDisabled' }
        Stop-HvFunction -Reason $reason -Message "$MethodName needs a running virtual machine." -Detail @{ method = $MethodName }
    }
    $explanation = @{ serviceState = $service }
    $status = $found[0].CimInstanceProperties['OperationalStatus'].Value
    if ($null -ne $status) { foreach ($value in $status) { $explanation['guestStatus'] = [int64]$value; break } }
    $arguments = @{ Force = $Force; Reason = 'Hyper-V Lab' }
    $null = Invoke-HvCimMethod -Counter $counter -InputObject $found[0] -MethodName $MethodName -Arguments $arguments -Explanation $explanation
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
