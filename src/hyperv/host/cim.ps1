# CIM access for all functions of this folder: every query goes through here and is counted.
#
# All calls made by this folder, so that a stand-in knows what it must answer:
#   CimCmdlets\Get-CimInstance  -Namespace -ClassName [-Property a,b] [-Filter wql]   and   -InputObject reference
#   CimCmdlets\Invoke-CimMethod -InputObject -MethodName -Arguments
#   Hyper-V\Get-VM -Id, Hyper-V\Get-VMIntegrationService -VM, Hyper-V\Enable-/Disable-VMIntegrationService (object piped)
# Values are read as `$p = $instance.CimInstanceProperties; $p['Name'].Value`, each once: a tenth of the cost of
# `$instance.Name` for lists of thousands.

function New-HvCounter {
    # .SYNOPSIS
    # Counts the CIM queries of one request; the number travels with its answer.
    [CmdletBinding()]
    param()
    return @{ Queries = 0 }
}

function Get-HvInstance {
    # .SYNOPSIS
    # Runs one query for named properties, or for whole instances when none is named (as methods need them).
    # Filters are constants or contain a [guid]; nothing else is ever put into one.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [string]$ClassName,
        [string[]]$Property,
        [string]$Filter,
        [string]$Namespace = 'root\virtualization\v2'
    )
    $query = @{ Namespace = $Namespace; ClassName = $ClassName; ErrorAction = 'Stop' }
    if ($Property) { $query['Property'] = $Property }
    if ($Filter) { $query['Filter'] = $Filter }
    $Counter['Queries'] += 1
    CimCmdlets\Get-CimInstance @query
}

function ConvertTo-HvFilterId {
    # .SYNOPSIS
    # A VM's GUID as Hyper-V writes it in Name, SystemName and InstanceID.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return $Id.ToString('D').ToUpperInvariant()
}

function Get-HvComputerSystem {
    # .SYNOPSIS
    # The whole Msvm_ComputerSystem of one VM, for its methods; stops with vmNotFound when the host has no such VM.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [guid]$Id
    )
    $name = ConvertTo-HvFilterId -Id $Id
    try {
        $found = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_ComputerSystem' -Filter "Name='$name'")
    }
    catch {
        Resolve-HvHostFailure -Counter $Counter -ErrorRecord $_
    }
    if ($found.Length -gt 0) { return $found[0] }
    Assert-HvHostReadable -Counter $Counter
    Stop-HvFunction -Reason 'vmNotFound' -Message "No virtual machine has the id $name."
}

function Invoke-HvCimMethod {
    # .SYNOPSIS
    # Calls a method and returns its result when the host took the request; stops with the return value when not.
    # GuestStatus is the component's first operational status: it explains a bare 'failed'.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [object]$InputObject,
        [Parameter(Mandatory = $true)] [string]$MethodName,
        [hashtable]$Arguments = @{},
        [object]$GuestStatus
    )
    $result = CimCmdlets\Invoke-CimMethod -InputObject $InputObject -MethodName $MethodName -Arguments $Arguments -ErrorAction Stop
    $value = [int64]$result.ReturnValue
    # 0 = completed, 4096 = a job was started.
    if ($value -ne 0 -and $value -ne 4096) {
        $detail = @{ method = $MethodName; returnValue = $value }
        if ($null -ne $GuestStatus) { $detail['guestStatus'] = [int64]$GuestStatus }
        Stop-HvFunction -Reason 'returnCode' -Message "$MethodName returned $value." -Detail $detail
    }
    return $result
}
