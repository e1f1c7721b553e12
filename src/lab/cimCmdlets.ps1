# The simulated module CimCmdlets: Get-CimInstance and Invoke-CimMethod as far as Hyper-V callers use them.

function Import-HvLabCimCmdlets {
    <# .SYNOPSIS
    Puts the module into this runspace; qualified calls (CimCmdlets\Get-CimInstance) then mean it. #>
    New-Module -Name 'CimCmdlets' -ScriptBlock {
        function Get-CimInstance {
            [CmdletBinding(DefaultParameterSetName = 'ClassName')]
            param(
                [Parameter(ParameterSetName = 'ClassName', Mandatory = $true, Position = 0)] [string]$ClassName,
                [Parameter(ParameterSetName = 'Query', Mandatory = $true)] [string]$Query,
                [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [object]$InputObject,
                [string]$Namespace = 'root/cimv2',
                [Parameter(ParameterSetName = 'ClassName')] [string]$Filter = '',
                [Parameter(ParameterSetName = 'ClassName')] [string[]]$Property,
                [Parameter(ParameterSetName = 'ClassName')] [switch]$KeyOnly,
                [string]$QueryDialect = 'WQL',
                [uint32]$OperationTimeoutSec = 0
            )
            process {
                try {
                    $found = switch ($PSCmdlet.ParameterSetName) {
                        'Query' { , (Find-HvLabQuery $Namespace $Query) }
                        'InputObject' { , (Read-HvLabInstance $InputObject) }
                        default { , (Find-HvLabInstance $Namespace $ClassName $Filter $Property $KeyOnly.IsPresent) }
                    }
                } catch {
                    Write-HvLabResult $PSCmdlet @() @($_)
                    return
                }
                Write-HvLabResult $PSCmdlet $found @()
            }
        }
        function Invoke-CimMethod {
            [CmdletBinding(SupportsShouldProcess = $true)]
            param(
                [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [Alias('CimInstance')] [object]$InputObject,
                [Parameter(Mandatory = $true, Position = 1)] [Alias('Name')] [string]$MethodName,
                [Parameter(Position = 2)] [Alias('Property')] [System.Collections.IDictionary]$Arguments = @{},
                [uint32]$OperationTimeoutSec = 0
            )
            process {
                try { $result = Invoke-HvLabMethod $InputObject $MethodName $Arguments } catch {
                    Write-HvLabResult $PSCmdlet @() @($_)
                    return
                }
                Write-HvLabResult $PSCmdlet @($result) @()
            }
        }
    } | Import-Module -Global
}

function Find-HvLabQuery {
    <# .SYNOPSIS
    SELECT a, b FROM class [WHERE conditions]. #>
    param([string]$Namespace, [string]$Query)
    $match = [regex]::Match($Query.Trim(), '^SELECT\s+(?<what>\*|[\w\s,]+?)\s+FROM\s+(?<class>\w+)(?:\s+WHERE\s+(?<where>.+))?$', 'IgnoreCase, CultureInvariant, Singleline')
    if (-not $match.Success) { throw (New-HvLabCimError '0x80041017' 'InvalidArgument' 'invalidQuery' $Query) }
    $names = @()
    if ($match.Groups['what'].Value -ne '*') { $names = [string[]]@($match.Groups['what'].Value.Split(',').Trim()) }
    Find-HvLabInstance $Namespace $match.Groups['class'].Value $match.Groups['where'].Value $names $false
}

function Get-HvLabTarget {
    <# .SYNOPSIS
    The VM or job behind an instance: by its class, and the GUID in its key. A real instance of an earlier state will do. #>
    param([object]$Instance)
    $state = $global:HvLabState
    $properties = $Instance.CimInstanceProperties
    $class = $Instance.CimClass.CimClassName
    if ($class -eq 'Msvm_ConcreteJob') {
        foreach ($job in $state.Jobs) { if ($job.Id -eq $properties['InstanceID'].Value) { return @{ Job = $job; Vm = $job.Vm } } }
        return $null
    }
    foreach ($name in 'SystemName', 'Name', 'InstanceID', 'DeviceID') {
        if ($null -eq $properties[$name]) { continue }
        $match = [regex]::Match([string]$properties[$name].Value, '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}')
        if (-not $match.Success) { continue }
        $vm = $state.VmById[$match.Value.ToUpperInvariant()]
        if ($null -ne $vm) { return @{ Job = $null; Vm = $vm } }
    }
    $null
}

function Read-HvLabInstance {
    <# .SYNOPSIS
    Get-CimInstance -InputObject: reads an instance again by its keys. #>
    param([object]$Instance)
    $class = Get-HvLabClass ([string]$Instance.CimClass.CimClassName)
    Wait-HvLabHang $class.Name $null
    try {
        $now = Lock-HvLab
        Assert-HvLabCimHealthy $class.Name $null 'GetCimInstanceCommand'
        $target = Get-HvLabTarget $Instance
        $values = @()
        if ($null -ne $target -and $null -ne $target.Job) { $values = @(Get-HvLabJobValues $target.Job $now) }
        elseif ($null -ne $target) { $values = @(Get-HvLabValues $class @($target.Vm) $now $true) }
        if ($values.Count -eq 0) { throw (New-HvLabCimError '0x80041002' 'ObjectNotFound' 'notFound' $class.Name) }
        $row = New-HvLabRow (Get-HvLabPlan $class @() $false) $values[0]
    } finally { Unlock-HvLab }
    Wait-HvLabLatency 1
    , @($row)
}

function Invoke-HvLabMethod {
    <# .SYNOPSIS
    One CIM method of a VM; answers ReturnValue and, when there is one, a reference to the job. #>
    param([object]$Instance, [string]$Method, [System.Collections.IDictionary]$Arguments)
    $class = [string]$Instance.CimClass.CimClassName
    try { [void](Lock-HvLab); $target = Get-HvLabTarget $Instance } finally { Unlock-HvLab }
    if ($null -eq $target) { throw (New-HvLabCimError '0x80041002' 'ObjectNotFound' 'notFound' $class 'InvokeCimMethodCommand') }
    $vm = $target.Vm
    Wait-HvLabHang $Method $vm
    try {
        $now = Lock-HvLab
        if (Test-HvLabFault 'serviceStopped' $Method $vm $false) { throw (New-HvLabCimError '0x80041013' 'NotSpecified' 'providerLoad' $class 'InvokeCimMethodCommand') }
        $answer = Get-HvLabAnswer $class $Method $vm $Arguments $now
        $job = $null
        if ($null -ne $answer.Job) { $job = New-HvLabJobReference $answer.Job }
    } finally { Unlock-HvLab }
    Wait-HvLabLatency 1
    $result = [ordered]@{ PSTypeName = 'Microsoft.Management.Infrastructure.CimMethodResult'; Job = $job; ReturnValue = [uint32]$answer.Code; PSComputerName = $null }
    if ($Method -ne 'RequestStateChange') { $result.Remove('Job') }
    [pscustomobject]$result
}

function Get-HvLabAnswer {
    <# .SYNOPSIS
    The return code (and job) of a method, with the faults that change it. #>
    param([string]$Class, [string]$Method, [hashtable]$Vm, [System.Collections.IDictionary]$Arguments, [long]$Now)
    if (Test-HvLabFault 'accessDenied' $Method $Vm $false) { return @{ Code = 32769; Job = $null } }
    $fault = Find-HvLabFault 'errorOnce' $Method $Vm $true
    if ($null -ne $fault) {
        $code = 32768
        if ($fault.Code -ne 0) { $code = $fault.Code }
        # Larger than any return code: the call itself fails.
        if ($code -gt 65535) { throw (New-HvLabCimError ('0x{0:x8}' -f $code) 'NotSpecified' 'genericFailure' $Method 'InvokeCimMethodCommand') }
        return @{ Code = $code; Job = $null }
    }
    if ($Class -eq 'Msvm_ComputerSystem' -and $Method -eq 'RequestStateChange') {
        return Request-HvLabState $Vm ([int]$Arguments['RequestedState']) $Now
    }
    if ($Class -eq 'Msvm_ShutdownComponent' -and ('InitiateShutdown', 'InitiateReboot' -contains $Method)) {
        return @{ Code = (Request-HvLabShutdown $Vm ([bool]$Arguments['Force']) ($Method -eq 'InitiateReboot') $Now); Job = $null }
    }
    throw (New-HvLabCimError '0x80041055' 'MetadataError' 'invalidMethod' ($Class + ':' + $Method) 'InvokeCimMethodCommand')
}
