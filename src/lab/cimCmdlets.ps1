# The simulated module CimCmdlets: as much of Get-CimInstance, Invoke-CimMethod and Register-CimIndicationEvent as Hyper-V
# callers use.

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
                Complete-HvLabCmdlet $PSCmdlet {
                    switch ($PSCmdlet.ParameterSetName) {
                        'Query' { Find-HvLabQuery $Namespace $Query }
                        'InputObject' { Read-HvLabInstance $InputObject }
                        default { Find-HvLabInstance $Namespace $ClassName $Filter $Property $KeyOnly.IsPresent }
                    }
                }
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
                Complete-HvLabCmdlet $PSCmdlet { Invoke-HvLabMethod $InputObject $MethodName $Arguments }
            }
        }
        function Register-CimIndicationEvent {
            [CmdletBinding()]
            param(
                [Parameter(Mandatory = $true, Position = 0)] [string]$Query,
                [Parameter(Mandatory = $true, Position = 1)] [string]$SourceIdentifier,
                [string]$Namespace = 'root/cimv2',
                [string]$QueryDialect = 'WQL',
                [uint32]$OperationTimeoutSec = 0
            )
            Complete-HvLabCmdlet $PSCmdlet { Register-HvLabIndication $Namespace $Query $SourceIdentifier } $true
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
