# The host's half of the integration services.

function Get-HvServiceComponentId {
    # .SYNOPSIS
    # Last part of a service's Id. Names are localised by the host, so services are never selected by name.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string]$Service)
    $ids = @{
        shutdown              = '9F8233AC-BE49-4C79-8EE3-E7E1985B2077'
        timeSynchronization   = '2497F4DE-E9FA-4204-80E4-4B75C46419C0'
        keyValuePairExchange  = '2A34B1C2-FD73-4043-8A5B-DD2159BC743F'
        heartbeat             = '84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47'
        vss                   = '5CED1297-4598-4915-A5FC-AD21BB4D02A4'
        guestServiceInterface = '6C09BB55-D683-4DA0-8931-C9BF705F6480'
    }
    $id = $ids[$Service]
    # ValidateSet compares like people read: it lets characters pass that nobody sees.
    if ($null -eq $id) { Stop-HvFunction -Reason 'badRequest' -Message 'There is no such service.' }
    return $id
}

function Get-HvServiceSettingFilter {
    # .SYNOPSIS
    # Picks the setting of one service of some VMs by its key, which is also the Id that Get-VMIntegrationService shows.
    # WQL wants a backslash written twice.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid[]]$Id,
        [Parameter(Mandatory = $true)] [string]$Service
    )
    $component = Get-HvServiceComponentId -Service $Service
    $keys = @(foreach ($one in $Id) { 'Microsoft:' + (ConvertTo-HvFilterId -Id $one) + '\\' + $component })
    return Join-HvFilter -Property 'InstanceID' -Value $keys
}

function Set-HvIntegrationService {
    # .SYNOPSIS
    # Enables or disables one integration service of a VM and reads the VM back.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [guid]$Id,
        [Parameter(Mandatory = $true)]
        [ValidateSet('shutdown', 'timeSynchronization', 'keyValuePairExchange', 'heartbeat', 'vss', 'guestServiceInterface')]
        [string]$Service,
        [Parameter(Mandatory = $true)] [bool]$Enabled
    )
    $suffix = '\' + (Get-HvServiceComponentId -Service $Service)
    $counter = New-HvCounter
    $null = Get-HvComputerSystem -Counter $counter -Id $Id
    try {
        $vm = Hyper-V\Get-VM -Id $Id -ErrorAction Stop
        $component = $null
        foreach ($candidate in Hyper-V\Get-VMIntegrationService -VM $vm -ErrorAction Stop) {
            if (([string]$candidate.Id).EndsWith($suffix, [System.StringComparison]::OrdinalIgnoreCase)) { $component = $candidate }
        }
        if ($null -eq $component) {
            Stop-HvFunction -Reason 'serviceNotFound' -Message "The virtual machine has no service '$Service'." -Detail @{ service = $Service }
        }
        if ($Enabled) {
            $null = $component | Hyper-V\Enable-VMIntegrationService -Confirm:$false -ErrorAction Stop
        }
        else {
            $null = $component | Hyper-V\Disable-VMIntegrationService -Confirm:$false -ErrorAction Stop
        }
    }
    catch {
        Resolve-HvHostFailure -Counter $counter -ErrorRecord $_
    }
    return Get-HvVmAfterChange -Counter $counter -Id $Id
}
