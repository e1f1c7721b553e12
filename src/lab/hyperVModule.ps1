# The simulated module Hyper-V: the four cmdlets our functions use, with the parameter sets of the real ones.

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
                $failures = [System.Collections.ArrayList]::new()
                try { $found = Find-HvLabVm $Name $Id 'Get-VM' 'GetVM' $failures } catch { $found = @(); [void]$failures.Add($_) }
                Write-HvLabResult $PSCmdlet $found $failures
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
                $failures = [System.Collections.ArrayList]::new()
                try { $found = Find-HvLabService $VMName $VM $Name $failures } catch { $found = @(); [void]$failures.Add($_) }
                Write-HvLabResult $PSCmdlet $found $failures
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
                $failures = [System.Collections.ArrayList]::new()
                try { $changed = Switch-HvLabService $VMIntegrationService $VMName $VM $Name $true $failures } catch { $changed = @(); [void]$failures.Add($_) }
                if (-not $Passthru) { $changed = @() }
                Write-HvLabResult $PSCmdlet $changed $failures
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
                $failures = [System.Collections.ArrayList]::new()
                try { $changed = Switch-HvLabService $VMIntegrationService $VMName $VM $Name $false $failures } catch { $changed = @(); [void]$failures.Add($_) }
                if (-not $Passthru) { $changed = @() }
                Write-HvLabResult $PSCmdlet $changed $failures
            }
        }
    } | Import-Module -Global
}
