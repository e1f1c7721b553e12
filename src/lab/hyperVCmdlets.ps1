# What the simulated Hyper-V cmdlets do: they find VMs and services, and switch services.

function Find-HvLabVm {
    <# .SYNOPSIS
    Get-VM: by id, by names (wildcards match without complaint, a plain name that fits nothing is an error), or all. #>
    param([string[]]$Name, [object]$Id, [string]$On, [string]$Command, [System.Collections.ArrayList]$Failures)
    $since = [System.Diagnostics.Stopwatch]::GetTimestamp()
    Wait-HvLabHang $On $null
    $objects = @(Invoke-HvLabLocked {
            param([long]$now)
            Assert-HvLabModuleHealthy $On $Command $null
            foreach ($vm in @(Select-HvLabVm $Name $Id $Command $Failures)) { New-HvLabVmObject $vm $now }
        })
    Wait-HvLabCmdletLatency $objects.Count $since
    , $objects
}

function Select-HvLabVm {
    <# .SYNOPSIS
    The VMs that names or an id mean. Names are neither unique nor literal, exactly as on a real host. #>
    param([string[]]$Name, [object]$Id, [string]$Command, [System.Collections.ArrayList]$Failures)
    $state = $global:HvLabState
    if ($null -ne $Id) {
        $vm = $state.VmById[([guid]$Id).ToString('D').ToUpperInvariant()]
        if ($null -ne $vm) { return $vm }
        $text = Get-HvLabText 'vmIdUnknown' ([guid]$Id).ToString('D')
        [void]$Failures.Add((New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $Command $text ([guid]$Id)))
        return
    }
    if ($null -eq $Name -or $Name.Count -eq 0) { return $state.Vms }
    foreach ($wanted in $Name) {
        $pattern = [System.Management.Automation.WildcardPattern]::new($wanted, 'IgnoreCase')
        $found = @(foreach ($vm in $state.Vms) { if ($pattern.IsMatch($vm.Name)) { $vm } })
        if ($found.Count -gt 0) { $found; continue }
        if (-not [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($wanted)) {
            [void]$Failures.Add((New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $Command (Get-HvLabText 'vmNameUnknown' $wanted) $wanted))
        }
    }
}

function Find-HvLabService {
    <# .SYNOPSIS
    Get-VMIntegrationService: the six services of each VM, in the host's language and its alphabetical order. #>
    param([string[]]$VMName, [object[]]$VM, [string[]]$Name, [System.Collections.ArrayList]$Failures)
    $since = [System.Diagnostics.Stopwatch]::GetTimestamp()
    $command = 'GetVMIntegrationServiceCommand'
    Wait-HvLabHang 'Get-VMIntegrationService' $null
    $objects = @(Invoke-HvLabLocked {
            param([long]$now)
            Assert-HvLabModuleHealthy 'Get-VMIntegrationService' $command $null
            $vms = @(
                if ($null -ne $VM) { foreach ($item in $VM) { Select-HvLabVm @() $item.Id $command $Failures } }
                else { Select-HvLabVm $VMName $null $command $Failures }
            )
            foreach ($one in $vms) { Select-HvLabService $one $Name $command $now $Failures }
        })
    Wait-HvLabCmdletLatency 0 $since
    , $objects
}

function Select-HvLabService {
    <# .SYNOPSIS
    The services of one VM that the localised names mean, or all six. #>
    param([hashtable]$Vm, [string[]]$Name, [string]$Command, [long]$Now, [System.Collections.ArrayList]$Failures)
    $services = $global:HvLabState.Services
    # The real cmdlet's order: by English name.
    $order = 5, 3, 2, 0, 1, 4
    if ($null -eq $Name -or $Name.Count -eq 0) {
        foreach ($i in $order) { New-HvLabServiceObject $Vm $i $Now }
        return
    }
    foreach ($wanted in $Name) {
        $pattern = [System.Management.Automation.WildcardPattern]::new($wanted, 'IgnoreCase')
        $found = @($order | Where-Object { $pattern.IsMatch($services[$_].Name) })
        foreach ($i in $found) { New-HvLabServiceObject $Vm $i $Now }
        if ($found.Count -eq 0) {
            [void]$Failures.Add((New-HvLabModuleError 'InvalidParameter' 'InvalidArgument' $Command (Get-HvLabText 'serviceNameUnknown') $null 'VirtualizationInvalidArgumentException'))
        }
    }
}

function Switch-HvLabService {
    <# .SYNOPSIS
    Enable-/Disable-VMIntegrationService: by piped object, or by VM and localised name. #>
    param([object[]]$Service, [string[]]$VMName, [object[]]$VM, [string[]]$Name, [bool]$Enabled, [System.Collections.ArrayList]$Failures)
    $cmdlet = 'Disable-VMIntegrationService'
    $command = 'DisableVMIntegrationService'
    if ($Enabled) { $cmdlet = 'Enable-VMIntegrationService'; $command = 'EnableVMIntegrationService' }
    if ($null -eq $Service) { $Service = Find-HvLabService $VMName $VM $Name $Failures }
    Wait-HvLabHang $cmdlet $null
    $objects = @(Invoke-HvLabLocked {
            param([long]$now)
            foreach ($item in $Service) {
                $parts = ([string]$item.Id).Replace('Microsoft:', '').Split('\')
                $target = $global:HvLabState.VmById[$parts[0]]
                Assert-HvLabModuleHealthy $cmdlet $command $target
                if ($null -eq $target) {
                    [void]$Failures.Add((New-HvLabModuleError 'ObjectNotFound' 'ObjectNotFound' $command (Get-HvLabText 'vmNameUnknown' $item.VMName) $item))
                    continue
                }
                # No source shows a change on a saved VM or one between two states; the lab refuses it.
                if ($target.State -ne 2 -and $target.State -ne 3) {
                    [void]$Failures.Add((New-HvLabModuleError 'InvalidState' 'InvalidOperation' $command (Get-HvLabText 'invalidState' $target.Name) $item))
                    continue
                }
                for ($i = 0; $i -lt 6; $i++) {
                    if ($global:HvLabState.Services[$i].ComponentId -ne $parts[1]) { continue }
                    Set-HvLabService $target $i $Enabled $now
                    New-HvLabServiceObject $target $i $now
                }
            }
        })
    Wait-HvLabCmdletLatency 0
    , $objects
}
