# What the simulated Hyper-V cmdlets return: VM and integration service objects with the real type names.

function New-HvLabServiceObject {
    <# .SYNOPSIS
    One VMIntegrationComponent. Every status of a VM that is off is null; the words are the host's. #>
    param([hashtable]$Vm, [int]$Index, [long]$Now)
    $service = $global:HvLabState.Services[$Index]
    $primary = $null; $secondary = $null; $primaryText = $null; $secondaryText = $null
    $all = @(); $allTexts = @()
    foreach ($values in @(Get-HvLabComponentValues @($Vm) $Index $Now)) {
        $codes = $values['OperationalStatus']
        if ($null -ne $codes) {
            $primary = ConvertTo-HvLabStatusName $codes[0]
            $primaryText = $values['StatusDescriptions'][0]
            $all = @(foreach ($code in $codes) { ConvertTo-HvLabStatusName $code })
            $allTexts = @($values['StatusDescriptions'])
            if ($codes.Length -gt 1) { $secondary = ConvertTo-HvLabStatusName $codes[1]; $secondaryText = $values['StatusDescriptions'][1] }
        }
    }
    [pscustomobject]@{
        PSTypeName = 'Microsoft.HyperV.PowerShell.VMIntegrationComponent'
        Enabled = $Vm.Enabled[$Index]; OperationalStatus = $all; PrimaryOperationalStatus = $primary
        PrimaryStatusDescription = $primaryText; SecondaryOperationalStatus = $secondary; SecondaryStatusDescription = $secondaryText
        StatusDescription = $allTexts; Name = $service.Name; Id = 'Microsoft:' + $Vm.Id + '\' + $service.ComponentId
        VMId = [guid]$Vm.Id; VMName = $Vm.Name; VMSnapshotId = [guid]::Empty; VMSnapshotName = ''; ComputerName = $global:HvLabState.HostName; IsDeleted = $false
    }
}

function ConvertTo-HvLabStatusName {
    <# .SYNOPSIS
    VMIntegrationComponentOperationalStatus by name: the enumeration itself exists only on Windows. #>
    param([int]$Code)
    switch ($Code) {
        2 { 'Ok' } 3 { 'Degraded' } 6 { 'Error' } 7 { 'NonRecoverableError' } 12 { 'NoContact' } 13 { 'LostCommunication' } 15 { 'Paused' }
        32775 { 'ProtocolMismatch' } 32782 { 'ApplicationCritical' } 32783 { 'CommunicationTimedOut' } 32784 { 'CommunicationFailed' } default { [string]$Code }
    }
}

function New-HvLabVmObject {
    <# .SYNOPSIS
    One VirtualMachine, with the properties people read. State is a name, as PowerShell 7 hands it on from Windows PowerShell. #>
    param([hashtable]$Vm, [long]$Now)
    $names = @{ 2 = 'Running'; 3 = 'Off'; 4 = 'Stopping'; 6 = 'Saved'; 9 = 'Paused'; 10 = 'Starting'; 11 = 'Reset'; 32768 = 'Paused'; 32769 = 'Saved'; 32773 = 'Saving'; 32774 = 'Stopping'; 32776 = 'Pausing'; 32777 = 'Resuming' }
    $version = [version]'0.0'
    if ($Vm.Alive -and (Test-HvLabKvpReady $Vm $Now)) { $version = [version]'10.0' }
    $memory = [long]0
    if (Test-HvLabInMemory $Vm) { $memory = [long]$Vm.MemoryMB * 1048576 }
    $object = [pscustomobject]@{
        PSTypeName = 'Microsoft.HyperV.PowerShell.VirtualMachine'
        Name = $Vm.Name; VMName = $Vm.Name; Id = [guid]$Vm.Id; VMId = [guid]$Vm.Id; State = [string]$names[[int]$Vm.State]; Status = Get-HvLabText 'operatingNormally'
        Uptime = [timespan]::FromMilliseconds((Get-HvLabUptime $Vm $Now)); ProcessorCount = [long]$Vm.Processors; MemoryAssigned = $memory; Version = [string]$Vm.Guest.version
        Notes = [string]$Vm.Guest.notes; IntegrationServicesVersion = $version; ComputerName = $global:HvLabState.HostName; IsDeleted = $false
    }
    $object
}
