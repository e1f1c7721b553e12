# The instances that callers hold: which VM or job they mean, reading them again, and their methods.

function Get-HvLabTarget {
    <# .SYNOPSIS
    The VM or job behind an instance: by its class, and the GUID in its key. A real instance of an earlier state will do. #>
    param([object]$Instance)
    $state = $global:HvLabState
    $properties = $Instance.CimInstanceProperties
    $class = $Instance.CimClass.CimClassName
    if ($class -eq 'Msvm_ConcreteJob' -or $class -eq 'Msvm_CopyFileToGuestJob') {
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
    $row = Invoke-HvLabLocked {
        param([long]$now)
        Assert-HvLabCimHealthy $class.Name $null 'GetCimInstanceCommand'
        Remove-HvLabOldJob $now
        $target = Get-HvLabTarget $Instance
        $values = @()
        if ($null -ne $target -and $null -ne $target.Job) { $values = @(Get-HvLabJobValues $target.Job $now) }
        elseif ($null -ne $target) { $values = @(Get-HvLabValues $class @($target.Vm) $now $true) }
        if ($values.Count -eq 0) { throw (New-HvLabCimError '0x80041002' 'ObjectNotFound' 'notFound' $class.Name) }
        New-HvLabRow (Get-HvLabPlan $class @() $false) $values[0]
    }
    Wait-HvLabLatency 1
    , @($row)
}

function Invoke-HvLabMethod {
    <# .SYNOPSIS
    One CIM method of a VM; answers ReturnValue and, when there is one, a reference to the job. #>
    param([object]$Instance, [string]$Method, [System.Collections.IDictionary]$Arguments)
    $class = [string]$Instance.CimClass.CimClassName
    # Services do for a VM what their arguments say; all others do it for the VM they belong to.
    $isCheckpoints = $class -eq 'Msvm_VirtualSystemSnapshotService'
    $isService = $isCheckpoints -or $class -eq 'Msvm_VirtualSystemManagementService'
    $holder = $Instance
    $isPicture = $isService -and $Method -eq 'GetVirtualSystemThumbnailImage'
    if ($isCheckpoints) { Assert-HvLabCheckpointArguments $Method $Arguments }
    elseif ($isService) {
        if ($isPicture) { Assert-HvLabScreenArguments $Arguments } else { Assert-HvLabPairArguments $Method $Arguments }
        $holder = $Arguments['TargetSystem']
    }
    elseif ($class -eq 'Msvm_GuestFileService') { Assert-HvLabFileArguments $Method $Arguments }
    $target = Invoke-HvLabLocked { if ($isCheckpoints) { Get-HvLabCheckpointTarget $Method $Arguments } else { Get-HvLabTarget $holder } }
    if ($null -eq $target -and -not $isService) { throw (New-HvLabCimError '0x80041002' 'ObjectNotFound' 'notFound' $class 'InvokeCimMethodCommand') }
    $vm = $null
    if ($null -ne $target) { $vm = $target.Vm }
    Wait-HvLabHang $Method $vm
    if ($isPicture -and $null -ne $vm) { Wait-HvLabMs ([double]$vm.Guest.screenMs) 0 }
    $result = Invoke-HvLabLocked {
        param([long]$now)
        if (Test-HvLabFault 'serviceStopped' $Method $vm $false) { throw (New-HvLabCimError '0x80041013' 'NotSpecified' 'providerLoad' $class 'InvokeCimMethodCommand') }
        $answer = Get-HvLabAnswer $class $Method $target $Arguments $now
        $job = $null
        if ($null -ne $answer.Job) { $job = New-HvLabJobReference $answer.Job }
        $values = [ordered]@{ PSTypeName = 'Microsoft.Management.Infrastructure.CimMethodResult'; Job = $job; ReturnValue = [uint32]$answer.Code; PSComputerName = $null }
        if ($isPicture) { $values['ImageData'] = $answer['Image'] }
        $values
    }
    Wait-HvLabLatency 1
    $isJob = $null -ne $target -and $null -ne $target['Job']
    if ($isJob -or $isPicture -or (-not $isService -and 'RequestStateChange', 'CopyFilesToGuest' -notcontains $Method)) { $result.Remove('Job') }
    [pscustomobject]$result
}

function Get-HvLabAnswer {
    <# .SYNOPSIS
    The return code (and job) of a method, with the faults that change it. #>
    param([string]$Class, [string]$Method, [hashtable]$Target, [System.Collections.IDictionary]$Arguments, [long]$Now)
    $vm = $null
    if ($null -ne $Target) { $vm = $Target.Vm }
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
    if ($Class -eq 'Msvm_VirtualSystemSnapshotService') { return Request-HvLabCheckpoint $Target $Method $Arguments $Now }
    if ($Method -eq 'GetVirtualSystemThumbnailImage') { return Request-HvLabPicture $Vm $Arguments $Now }
    if ($Class -eq 'Msvm_GuestFileService') { return Start-HvLabCopy $Vm $Arguments['CopyFileToGuestSettings'] $Now }
    if ($null -ne $Target -and $null -ne $Target['Job'] -and $Method -eq 'RequestStateChange') { return @{ Code = (Request-HvLabJobEnd $Target.Job ([int]$Arguments['RequestedState']) $Now); Job = $null } }
    if ($Class -eq 'Msvm_VirtualSystemManagementService') { return Request-HvLabPairs $Vm $Method $Arguments['DataItems'] $Now }
    throw (New-HvLabCimError '0x80041055' 'MetadataError' 'invalidMethod' ($Class + ':' + $Method) 'InvokeCimMethodCommand')
}
