# AddKvpItems, ModifyKvpItems and RemoveKvpItems of Msvm_VirtualSystemManagementService.

function Assert-HvLabPairArguments {
    <# .SYNOPSIS
    What Invoke-CimMethod itself refuses, before the host is asked: other methods, other arguments, other types. #>
    param([string]$Method, [System.Collections.IDictionary]$Arguments)
    $command = 'InvokeCimMethodCommand'
    if ('AddKvpItems', 'ModifyKvpItems', 'RemoveKvpItems' -notcontains $Method) { throw (New-HvLabCimError '0x80041055' 'MetadataError' 'invalidMethod' $Method $command) }
    foreach ($name in $Arguments.Keys) {
        if ('TargetSystem', 'DataItems' -notcontains $name) { throw (New-HvLabCimError '0x80041008' 'InvalidArgument' 'invalidParameter' $name $command) }
    }
    foreach ($name in 'TargetSystem', 'DataItems') {
        if ($null -eq $Arguments[$name]) { throw (New-HvLabCimError '0x80041008' 'InvalidArgument' 'invalidParameter' $name $command) }
    }
    # A reference is an instance, and one text is no list of texts.
    $class = $Arguments['TargetSystem'].PSObject.Properties['CimClass']
    $isSystem = $null -ne $class -and $class.Value.CimClassName -eq 'Msvm_ComputerSystem'
    $items = $Arguments['DataItems']
    $isList = $items -is [array]
    if ($isList) { foreach ($item in $items) { if ($item -isnot [string]) { $isList = $false } } }
    if (-not $isSystem -or -not $isList) { throw (New-HvLabCimError '0x80041005' 'InvalidType' 'typeMismatch' $Method $command) }
}

function Request-HvLabPairs {
    <# .SYNOPSIS
    The answer to one of the three methods. Without a VM: the target is the host, or a VM that is gone. #>
    param([hashtable]$Vm, [string]$Method, [object[]]$DataItems, [long]$Now)
    $invalid = @{ Code = 32773; Job = $null }
    if ($null -eq $Vm) { return $invalid }
    $items = Read-HvLabPairRequest $Method $DataItems
    if ($null -eq $items) { return $invalid }
    if (@($items | Where-Object { $_.Pool -eq 'external' }).Count -eq 0) { return @{ Code = (Set-HvLabHostOnly $Vm $Method $items $Now); Job = $null } }
    # Where no source tells: the pairs of a VM that is saved or between two states are refused, as its services are.
    if ($Vm.State -ne 2 -and $Vm.State -ne 3 -and $Vm.State -ne $global:HvLabState.PausedCode) { return @{ Code = 32775; Job = $null } }
    Start-HvLabPairJob $Vm $Method $items $Now
}

function Read-HvLabPairRequest {
    <# .SYNOPSIS
    The items of a request as a list; null when the host would not take one of them, or more than 128 of them. #>
    param([string]$Method, [object[]]$DataItems)
    if ($DataItems.Length -eq 0 -or $DataItems.Length -gt 128) { return $null }
    $items = [System.Collections.ArrayList]::new()
    $seen = [System.Collections.Generic.HashSet[string]]::new([System.StringComparer]::Ordinal)
    foreach ($text in $DataItems) {
        $item = ConvertFrom-HvLabItem $text
        if ($null -eq $item -or -not (Test-HvLabPairSize $item ($Method -ne 'RemoveKvpItems'))) { return $null }
        if (-not $seen.Add($item.Pool + '|' + $item.Name)) { return $null }
        [void]$items.Add($item)
    }
    , $items
}

function Test-HvLabPairSize {
    <# .SYNOPSIS
    The limits of the wire, zero at the end included: names 512 bytes, values 2,048 as UTF-16 and as UTF-8. Host only:
    names 512 bytes, values 16 KiB, as the documentation says without naming an encoding; here UTF-8. #>
    param([hashtable]$Item, [bool]$WithData)
    $utf8 = [System.Text.Encoding]::UTF8
    if ($Item.Name.Length -eq 0) { return $false }
    if ($Item.Pool -eq 'hostOnly') {
        return $utf8.GetByteCount($Item.Name) -le 512 -and (-not $WithData -or $utf8.GetByteCount($Item.Data) -le 16384)
    }
    if ($Item.Name.Length -gt 255 -or $utf8.GetByteCount($Item.Name) -gt 511) { return $false }
    if (-not $WithData) { return $true }
    $Item.Data.Length -le 1023 -and $utf8.GetByteCount($Item.Data) -le 2047
}

function Start-HvLabPairJob {
    <# .SYNOPSIS
    Plans one step for each pair, after those of earlier jobs: one request to a guest is under way at a time. #>
    param([hashtable]$Vm, [string]$Method, [System.Collections.ArrayList]$Items, [long]$Now)
    $exchange = Get-HvLabExchange $Vm
    $at = $Now
    if ($exchange.Work.Count -gt 0) { $at = $exchange.Work[$exchange.Work.Count - 1].At }
    # A guest that does not answer is given time to.
    $stepMs = 40
    if ($Vm.State -ne 3 -and -not (Test-HvLabPairsAnswer $Vm $Now)) { $stepMs = 1500 }
    # 2 = Modify Virtual Machine.
    $job = New-HvLabJob $Vm 2 'jobPairs' $Now 0
    $job.EndsAt = [long]::MaxValue
    $steps = [System.Collections.ArrayList]::new()
    foreach ($item in $Items) {
        $at += $stepMs
        [void]$steps.Add(@{ At = $at; Verb = $Method; Pool = $item.Pool; Name = $item.Name; Data = $item.Data; Job = $job; Last = $false })
    }
    $steps[$steps.Count - 1].Last = $true
    $exchange.Work.AddRange($steps)
    Set-HvLabChanged $Vm $Now
    @{ Code = 4096; Job = $job }
}

function Get-HvLabPairRefusal {
    <# .SYNOPSIS
    Why a step fails, as error code and text of its job; null when it does not. #>
    param([hashtable]$Vm, [hashtable]$Step)
    # A fault that was waiting for this job.
    if ($Step.Job.ErrorCode -ne 0) { return @{ Code = $Step.Job.ErrorCode; Text = $Step.Job.ErrorText } }
    $exchange = $Vm.Exchange
    $code = Test-HvLabPairChange $exchange[$Step.Pool] $Step.Verb $Step.Name
    $reason = 'parameterIncorrect'
    if ($code -eq 32779) { $reason = 'elementNotFound' }
    if ($Step.Pool -eq 'external' -and $Vm.State -ne 3) {
        if (-not (Test-HvLabPairsAnswer $Vm $Step.At)) { $code = 32768; $reason = 'deviceNotReady' }
        elseif ($code -eq 0 -and $exchange.Limit -gt 0 -and [System.Text.Encoding]::UTF8.GetByteCount($Step.Data) -gt $exchange.Limit) { $code = 32768 }
    }
    if ($code -eq 0) { return $null }
    @{ Code = [uint16]$code; Text = Get-HvLabText 'pairFailed' $Step.Name (Get-HvLabText $reason) }
}

function Test-HvLabPairChange {
    <# .SYNOPSIS
    0, 32773 for adding what is there, 32779 for modifying what is not. Removing what is not there succeeds (2012 R2 and later). #>
    param([System.Collections.ArrayList]$Pairs, [string]$Verb, [string]$Name)
    $there = $false
    foreach ($pair in $Pairs) { if ($pair.Name.Equals($Name)) { $there = $true } }
    if ($Verb -eq 'AddKvpItems' -and $there) { return 32773 }
    if ($Verb -eq 'ModifyKvpItems' -and -not $there) { return 32779 }
    0
}

function Set-HvLabHostOnly {
    <# .SYNOPSIS
    Pairs that only the host keeps, in the VM's configuration: done at once, all of them or none, whatever the VM's state. #>
    param([hashtable]$Vm, [string]$Method, [System.Collections.ArrayList]$Items, [long]$Now)
    $exchange = Get-HvLabExchange $Vm
    $pairs = $exchange.hostOnly
    foreach ($item in $Items) {
        $code = Test-HvLabPairChange $pairs $Method $item.Name
        if ($code -ne 0) { return $code }
        $pairs = Get-HvLabPairsAfter $pairs $item.Name $item.Data ($Method -eq 'RemoveKvpItems')
    }
    # Documented: no more than 128 pairs.
    if ($pairs.Count -gt 128) { return 32773 }
    $exchange.hostOnly = $pairs
    Set-HvLabChanged $Vm $Now
    0
}
