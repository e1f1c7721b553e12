# The simulated module Hyper-V: the cmdlets our functions use, with the parameter sets of the real ones.

function Import-HvLabHyperV {
    <# .SYNOPSIS
    Puts the module into this runspace; qualified calls (Hyper-V\Get-VM) then mean it. #>
    New-Module -Name 'Hyper-V' -ScriptBlock {
        function Get-VM {
            [CmdletBinding(DefaultParameterSetName = 'Name')]
            param(
                [Parameter(ParameterSetName = 'Name', Position = 0, ValueFromPipeline = $true)] [Alias('VMName')] [string[]]$Name,
                [Parameter(ParameterSetName = 'Id', Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)] [System.Nullable[guid]]$Id,
                [string[]]$ComputerName
            )
            process {
                Complete-HvLabCmdlet $PSCmdlet { param($failures) Find-HvLabVm $Name $Id 'Get-VM' 'GetVM' $failures }
            }
        }
        function Get-VMIntegrationService {
            [CmdletBinding(DefaultParameterSetName = 'VMName')]
            param(
                [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [string[]]$VMName,
                [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [object[]]$VM,
                [Parameter(Position = 1)] [string[]]$Name,
                [string[]]$ComputerName
            )
            process {
                Complete-HvLabCmdlet $PSCmdlet { param($failures) Find-HvLabService $VMName $VM $Name $failures }
            }
        }
        function Enable-VMIntegrationService {
            [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
            param(
                [Parameter(ParameterSetName = 'VMIntegrationService', Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [object[]]$VMIntegrationService,
                [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 1)] [string[]]$VMName,
                [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 1)] [object[]]$VM,
                [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0)] [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0)] [string[]]$Name,
                [switch]$Passthru,
                [string[]]$ComputerName
            )
            process {
                Complete-HvLabCmdlet $PSCmdlet { param($failures) Switch-HvLabService $VMIntegrationService $VMName $VM $Name $true $failures } (-not $Passthru)
            }
        }
        function Disable-VMIntegrationService {
            [CmdletBinding(DefaultParameterSetName = 'VMName', SupportsShouldProcess = $true)]
            param(
                [Parameter(ParameterSetName = 'VMIntegrationService', Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [object[]]$VMIntegrationService,
                [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 1)] [string[]]$VMName,
                [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 1)] [object[]]$VM,
                [Parameter(ParameterSetName = 'VMName', Mandatory = $true, Position = 0)] [Parameter(ParameterSetName = 'VMObject', Mandatory = $true, Position = 0)] [string[]]$Name,
                [switch]$Passthru,
                [string[]]$ComputerName
            )
            process {
                Complete-HvLabCmdlet $PSCmdlet { param($failures) Switch-HvLabService $VMIntegrationService $VMName $VM $Name $false $failures } (-not $Passthru)
            }
        }
        function Get-VMSnapshot {
            [CmdletBinding()]
            param([Parameter(Mandatory = $true)] [guid]$Id, [string[]]$ComputerName)
            Complete-HvLabCmdlet $PSCmdlet { Find-HvLabCheckpointById $Id }
        }
        function Rename-VMSnapshot {
            [CmdletBinding(SupportsShouldProcess = $true)]
            param(
                [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [Alias('VMCheckpoint')] [object]$VMSnapshot,
                [Parameter(Mandatory = $true, Position = 1)] [string]$NewName,
                [switch]$Passthru
            )
            Complete-HvLabCmdlet $PSCmdlet { Rename-HvLabCheckpoint $VMSnapshot $NewName } $true
        }
        function Set-VM {
            [CmdletBinding(SupportsShouldProcess = $true)]
            param(
                [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)] [object]$VM,
                [ValidateSet('Disabled', 'Production', 'ProductionOnly', 'Standard')] [string]$CheckpointType,
                [switch]$Passthru
            )
            Complete-HvLabCmdlet $PSCmdlet { Set-HvLabCheckpointType $VM $CheckpointType } $true
        }
    } | Import-Module -Global
}
