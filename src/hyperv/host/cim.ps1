# CIM access for all functions of this folder: every query goes through here and is counted.
#
# All calls made by this folder, so that a stand-in knows what it must answer:
#   CimCmdlets\Get-CimInstance  -Namespace -ClassName [-Property a,b] [-Filter wql]
#   CimCmdlets\Invoke-CimMethod -InputObject -MethodName -Arguments
#   CimCmdlets\Register-CimIndicationEvent -Namespace -Query -SourceIdentifier   (watch.ps1)
#   CimCmdlets\Get-CimAssociatedInstance -InputObject -Association -OperationTimeoutSec   (Windows only, readiness.ps1)
#   Hyper-V\Get-VM -Id, Hyper-V\Get-VMIntegrationService -VM, Hyper-V\Enable-/Disable-VMIntegrationService (object piped)
# Values are read as `$p = $instance.CimInstanceProperties; $p['Name'].Value`, each once: on real instances PowerShell's
# adapter behind `$instance.Name` took about four times as long.
# Instances are left to the garbage collector: the stand-in's cannot be disposed of, and a test of each would be paid for
# on every row.

function New-HvCounter {
    # .SYNOPSIS
    # Counts the CIM queries of one request; the number travels with its answer. Also keeps the rows that say what the
    # host lacks, and the classes that should have had rows and had none.
    [CmdletBinding()]
    param()
    return @{
        Queries = 0
        Lacking = [System.Collections.Generic.List[object]]::new()
        Empty   = [System.Collections.Generic.List[string]]::new()
    }
}

function Get-HvInstance {
    # .SYNOPSIS
    # Runs one query for named properties, or for whole instances when none is named (as methods need them).
    # Filters are constants or contain a [guid]; nothing else is ever put into one.
    # Optional: a host that lacks the class or a property of it answers nothing; the counter keeps why.
    # The one place that says what a failed query of Hyper-V means, whichever of a request's queries it was.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [string]$ClassName,
        [string[]]$Property,
        [string]$Filter,
        [string]$Namespace = 'root\virtualization\v2',
        [switch]$Optional
    )
    $query = @{ Namespace = $Namespace; ClassName = $ClassName; ErrorAction = 'Stop' }
    if ($Property) { $query['Property'] = $Property }
    if ($Filter) { $query['Filter'] = $Filter }
    $Counter['Queries'] += 1
    try {
        CimCmdlets\Get-CimInstance @query
    }
    catch {
        # Invalid class, invalid query.
        if ($Optional -and $_.FullyQualifiedErrorId -match '^HRESULT 0x800410(10|17)') {
            $Counter['Lacking'].Add(@('problem', $ClassName, [string]$_.Exception.Message))
            return
        }
        # Windows' own classes are what a failure of Hyper-V is explained with.
        if ($Namespace -eq 'root\cimv2') { throw }
        Resolve-HvHostFailure -Counter $Counter -ErrorRecord $_
    }
}

function ConvertTo-HvFilterId {
    # .SYNOPSIS
    # A VM's GUID as Hyper-V writes it in Name, SystemName and InstanceID.
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [guid]$Id)
    return $Id.ToString('D').ToUpperInvariant()
}

function Join-HvFilter {
    # .SYNOPSIS
    # The condition that a property has one of some values. They are constants or made of a [guid], and never a quote.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string]$Property,
        [Parameter(Mandatory = $true)] [string[]]$Value
    )
    if ($Value.Length -eq 1) { return "$Property='" + $Value[0] + "'" }
    return "($Property='" + [string]::Join("' OR $Property='", $Value) + "')"
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
    $found = @(Get-HvInstance -Counter $Counter -ClassName 'Msvm_ComputerSystem' -Filter "Name='$name'")
    if ($found.Length -gt 0) { return $found[0] }
    Assert-HvHostReadable -Counter $Counter
    Stop-HvFunction -Reason 'vmNotFound' -Message "No virtual machine has the id $name."
}

function Invoke-HvCimMethod {
    # .SYNOPSIS
    # Calls a method and returns its result when the host took the request; stops with the return value when not.
    # Explanation: numbers that tell more than a bare 'failed', for the caller to read beside the return value.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [hashtable]$Counter,
        [Parameter(Mandatory = $true)] [object]$InputObject,
        [Parameter(Mandatory = $true)] [string]$MethodName,
        [hashtable]$Arguments = @{},
        [hashtable]$Explanation = @{}
    )
    try {
        $result = CimCmdlets\Invoke-CimMethod -InputObject $InputObject -MethodName $MethodName -Arguments $Arguments -ErrorAction Stop
    }
    catch {
        # Not found, access denied, invalid parameter (WBEM's and Windows' numbers): refused before anything was done.
        # Whatever else broke the call may have broken the way of the answer only.
        if ($_.FullyQualifiedErrorId -notmatch '^HRESULT 0x(80041002|80041003|80041008|80070005|80070057)') {
            $_.Exception.Data['detail'] = @{ method = $MethodName; outcome = 'unknown' }
        }
        Resolve-HvHostFailure -Counter $Counter -ErrorRecord $_
    }
    $value = [int64]$result.ReturnValue
    # 0 = completed, 4096 = a job was started.
    if ($value -ne 0 -and $value -ne 4096) {
        Stop-HvFunction -Reason 'returnCode' -Message "$MethodName returned $value." -Detail (@{ method = $MethodName; returnValue = $value } + $Explanation)
    }
    return $result
}

function ConvertTo-HvEmbeddedInstance {
    # .SYNOPSIS
    # An instance as the CIM-XML which methods take in a text: name, type and value of each property. The writer refuses what
    # XML cannot hold, and keeps line ends.
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [string]$ClassName,
        [Parameter(Mandatory = $true)] [object[]]$Property
    )
    $text = [System.Text.StringBuilder]::new()
    $settings = [System.Xml.XmlWriterSettings]::new()
    $settings.OmitXmlDeclaration = $true
    $settings.NewLineHandling = [System.Xml.NewLineHandling]::Entitize
    $writer = [System.Xml.XmlWriter]::Create($text, $settings)
    $writer.WriteStartElement('INSTANCE')
    $writer.WriteAttributeString('CLASSNAME', $ClassName)
    foreach ($one in $Property) {
        $writer.WriteStartElement('PROPERTY')
        $writer.WriteAttributeString('NAME', $one[0])
        $writer.WriteAttributeString('TYPE', $one[1])
        $writer.WriteElementString('VALUE', $one[2])
        $writer.WriteEndElement()
    }
    $writer.WriteEndElement()
    $writer.Flush()
    return $text.ToString()
}
