# The values of the six services: the running channel of each (component) and its configuration (setting).

function Get-HvLabComponentValues {
    <# .SYNOPSIS
    The running channel of one service: what the guest's half says, with the host's words for it. Only VMs in memory have one. #>
    param([object]$Vms, [int]$Index, [long]$Now)
    $state = $global:HvLabState
    $service = $state.Services[$Index]
    $suffix = '\' + $service.ComponentId
    foreach ($vm in $Vms) {
        if (-not ($vm.Alive -or $vm.State -eq $state.PausedCode -or $vm.State -eq 32777)) { continue }
        $guest = $vm.Guest
        # The same as Get-HvLabStatus, without a call for each VM.
        $status = $guest.settled[$Index]
        if ($Now -lt $vm.BootAt + $guest.readyMs[$Index] -or $Now -lt $vm.ContactAt[$Index]) { $status = 12 }
        elseif ($vm.Hangs -and $Index -eq 3 -and $status -eq 2) { $status = 13 }
        if (-not $vm.Alive -and $Index -eq 3) { $status = 15 }
        $pair = $state.StatusPairs[[string]$status + '/' + $guest.secondary[$Index]]
        if ($null -eq $pair) { $pair = Get-HvLabStatusPair $status $guest.secondary[$Index] }
        $enabled = [uint16]3
        if ($vm.Enabled[$Index]) { $enabled = [uint16]2 }
        $values = @{
            '/vm' = $vm; DeviceID = 'Microsoft:' + $vm.Id + $suffix; SystemName = $vm.Id; EnabledState = $enabled
            OperationalStatus = $pair.Codes; StatusDescriptions = $pair.Words
        }
        if ($state.Faults.Count -gt 0 -and (Test-HvLabFault 'malformedItem' $service.Class $vm $false)) { $values.Remove('OperationalStatus'); $values.Remove('StatusDescriptions') }
        if ($Index -eq 2) {
            $items = @()
            if ($null -ne $vm.Exchange -and (Test-HvLabPairsAnswer $vm $Now)) { $items = @(Get-HvLabPoolItems $vm.Exchange.guest 1) }
            $values['GuestExchangeItems'] = [string[]]$items
            $values['GuestIntrinsicExchangeItems'] = [string[]]@(Get-HvLabIntrinsicItems $vm $Now)
        }
        $values
    }
}

function Get-HvLabStatusPair {
    <# .SYNOPSIS
    The two lists of a status: numbers and words. A second status is there only beside an OK. #>
    param([int]$Status, [int]$Secondary)
    $codes = [uint16[]]@($Status)
    $words = [string[]]@(Get-HvLabText ('status' + $Status))
    if ($Status -eq 2 -and $Secondary -ne 0) {
        $codes = [uint16[]]@($Status, $Secondary)
        $words = [string[]]@((Get-HvLabText ('status' + $Status)), (Get-HvLabText ('status' + $Secondary)))
    }
    $pair = @{ Codes = $codes; Words = $words }
    $global:HvLabState.StatusPairs[[string]$Status + '/' + $Secondary] = $pair
    $pair
}

function Get-HvLabServiceSettingValues {
    <# .SYNOPSIS
    The configuration of one service: of the VM in any state, and of each checkpoint. #>
    param([object]$Vms, [int]$Index)
    $suffix = '\' + $global:HvLabState.Services[$Index].ComponentId
    foreach ($vm in $Vms) {
        $enabled = [uint16]3
        if ($vm.Enabled[$Index]) { $enabled = [uint16]2 }
        $values = @{ '/vm' = $vm; InstanceID = 'Microsoft:' + $vm.Id + $suffix; EnabledState = $enabled }
        if ($Index -eq 2 -and $null -ne $vm.Exchange) {
            # Seen on real hosts: of a VM that is off the external pairs read empty, although they are kept.
            if (Test-HvLabInMemory $vm) { $values['HostExchangeItems'] = [string[]]@(Get-HvLabPoolItems $vm.Exchange.external 0) }
            $values['HostOnlyItems'] = [string[]]@(Get-HvLabPoolItems $vm.Exchange.hostOnly 4)
        }
        $values
        if ($null -eq $vm.Checkpoints) { continue }
        foreach ($one in $vm.Checkpoints.ToArray()) { @{ '/vm' = $vm; InstanceID = 'Microsoft:' + $one.Id + $suffix; EnabledState = $enabled } }
    }
}
