# Other ways to list the VMs of a host, and what they are measured against. Run in the session of a lab's host.

function Get-BenchVm {
    # .SYNOPSIS
    # As most scripts do it: Get-VM, then Get-VMIntegrationService for each VM; plain values of what a list shows.
    [CmdletBinding()]
    param()
    foreach ($vm in (Hyper-V\Get-VM -ErrorAction Stop)) {
        $services = @(foreach ($service in (Hyper-V\Get-VMIntegrationService -VM $vm -ErrorAction Stop)) {
                @{ id = $service.Id; enabled = $service.Enabled; status = [string]$service.PrimaryOperationalStatus; text = $service.PrimaryStatusDescription }
            })
        @{
            id = [string]$vm.Id; name = $vm.Name; state = [string]$vm.State; uptime = $vm.Uptime.TotalMilliseconds
            processors = $vm.ProcessorCount; memory = $vm.MemoryAssigned; version = $vm.Version; notes = $vm.Notes; services = $services
        }
    }
}

function Send-BenchVm {
    # .SYNOPSIS
    # The same as records of a session.
    [CmdletBinding()]
    param()
    Send-SessionBatch -Records @(Get-BenchVm)
}

function Initialize-BenchModule {
    # .SYNOPSIS
    # Loads the module, which only the first cmdlet of a process has to wait for.
    [CmdletBinding()]
    param()
    $null = Hyper-V\Get-VM -Name 'none' -ErrorAction Ignore
}

# The queries of an inventory, as they were asked.
$BenchQueries = [System.Collections.Generic.List[hashtable]]::new()

function Read-BenchQuery {
    # .SYNOPSIS
    # The queries of our own inventory and nothing else: nobody reads, joins or sends their rows. Returns how many rows.
    [CmdletBinding()]
    param()
    if ($BenchQueries.Count -eq 0) { Save-BenchQuery }
    $rows = 0
    foreach ($query in $BenchQueries) { $rows += @(CimCmdlets\Get-CimInstance @query).Count }
    return @{ queries = $BenchQueries.Count; rows = $rows }
}

function Save-BenchQuery {
    # .SYNOPSIS
    # Runs an inventory with stand-ins of this scope, which callees see first: one writes the queries down, one sends nothing.
    [CmdletBinding()]
    param()
    $original = Get-Command -Name 'Get-HvInstance' -CommandType Function
    function Get-HvInstance {
        param([hashtable]$Counter, [string]$ClassName, [string[]]$Property, [string]$Filter, [string]$Namespace = 'root\virtualization\v2', [switch]$Optional)
        $query = @{ Namespace = $Namespace; ClassName = $ClassName; ErrorAction = 'Stop' }
        if ($Property) { $query['Property'] = $Property }
        if ($Filter) { $query['Filter'] = $Filter }
        $BenchQueries.Add($query)
        & $original @PSBoundParameters
    }
    function Send-SessionBatch { param([object[]]$Records) }
    $null = Get-HvInventory
}

function Invoke-BenchBurst {
    # .SYNOPSIS
    # Somebody else pauses these VMs all at once: nobody sees the lab in between.
    [CmdletBinding()]
    param([string[]]$Ids)
    $null = Invoke-HvLabLocked {
        foreach ($id in $Ids) { $null = Invoke-HvLabTouch -Action 'state' -Id $id -State 9 }
    }
}
