# What a guest reports about itself through data exchange: the intrinsic items.

function Test-HvLabKvpReady {
    <# .SYNOPSIS
    Whether the guest's own facts are there: it answers, has had time to report, and the host allows it. #>
    param([hashtable]$Vm, [long]$Now)
    $Vm.Enabled[2] -and [int]$Vm.Guest.settled[2] -eq 2 -and $Now -ge (Get-HvLabKvpAt $Vm)
}

function Get-HvLabIntrinsicItems {
    <# .SYNOPSIS
    The intrinsic items, one XML text each; nothing before the guest has reported them. #>
    param([hashtable]$Vm, [long]$Now)
    $guest = $Vm.Guest
    # The same as Test-HvLabKvpReady; written out, as is the text below, because calls are what costs with 2,000 VMs.
    if (-not $Vm.Enabled[2] -or $guest.settled[2] -ne 2 -or $Now -lt $Vm.BootAt + $guest.kvpMs -or $Now -lt $Vm.ContactAt[2]) { return }
    $name = $guest.fullyQualifiedDomainName
    if ($name -eq '') { $name = $Vm.Name.ToLowerInvariant() + $guest.domainSuffix }
    $addresses = $guest.addresses
    $n = $Vm.Index
    if ($addresses -eq '') { $addresses = '10.20.' + [string]([Math]::Floor($n / 250) % 250) + '.' + [string](($n % 250) + 2) }
    $item = $global:HvLabState.ItemParts
    $item[0] + $name.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;') + $item[1] + 'FullyQualifiedDomainName' + $item[2]
    $item[0] + $addresses.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;') + $item[1] + 'NetworkAddressIPv4' + $item[2]
    $item[0] + 'fe80::215:5dff:fe01:' + ($n + 1).ToString('x') + $item[1] + 'NetworkAddressIPv6' + $item[2]
    $system = $global:HvLabState.SystemItems[$guest.osName + '|' + $guest.osVersion + '|' + $guest.integrationVersion]
    if ($null -eq $system) { $system = Get-HvLabSystemItems $guest }
    $system
    # A guest can write anything: one element that is not XML, one whose value is missing.
    if ($global:HvLabState.Faults.Count -gt 0 -and (Test-HvLabFault 'malformedItem' 'Msvm_KvpExchangeComponent' $Vm $false)) {
        '<INSTANCE CLASSNAME="Msvm_KvpExch'
        '<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem"><PROPERTY NAME="Name" TYPE="string"><VALUE>CSDVersion</VALUE></PROPERTY></INSTANCE>'
    }
}

function Get-HvLabSystemItems {
    <# .SYNOPSIS
    What all guests of a kind say about their system; made once for each kind. #>
    param([object]$Guest)
    $id = [string]$Guest.osName + '|' + $Guest.osVersion + '|' + $Guest.integrationVersion
    $version = ([string]$Guest.osVersion).Split('.')
    $minor = '0'
    if ($version.Length -gt 1) { $minor = $version[1] }
    $items = @(
        (ConvertTo-HvLabItem 'OSName' ([string]$Guest.osName)), (ConvertTo-HvLabItem 'OSVersion' ([string]$Guest.osVersion))
        (ConvertTo-HvLabItem 'OSMajorVersion' $version[0]), (ConvertTo-HvLabItem 'OSMinorVersion' $minor)
        (ConvertTo-HvLabItem 'OSBuildNumber' ([string]$Guest.osBuild)), (ConvertTo-HvLabItem 'ProcessorArchitecture' ([string]$Guest.architecture))
        (ConvertTo-HvLabItem 'IntegrationServicesVersion' ([string]$Guest.integrationVersion))
    )
    $global:HvLabState.SystemItems[$id] = $items
    $items
}
