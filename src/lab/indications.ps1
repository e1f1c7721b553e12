# What the simulated host tells by itself: CIM indications. From the first subscription on, a runspace of its own looks at the
# VMs five times a second and puts events into the runspaces of those who asked. It ends with the process.

function Register-HvLabIndication {
    <# .SYNOPSIS
    Register-CimIndicationEvent: from now on events of this name tell this runspace what the query asks for. #>
    param([string]$Namespace, [string]$Query, [string]$SourceIdentifier)
    if ($Namespace.Replace('\', '/') -ne 'root/virtualization/v2') { throw (New-HvLabCimError '0x8004100e' 'MetadataError' 'invalidNamespace' $Namespace 'RegisterCimIndicationCommand') }
    $wanted = ConvertFrom-HvLabIndicationQuery $Query
    $command = 'Register-CimIndicationEvent'
    Wait-HvLabHang $command $null
    Invoke-HvLabLocked {
        Assert-HvLabCimHealthy $command $null 'RegisterCimIndicationCommand'
        if (Test-HvLabFault 'accessDenied' $command $null $false) { throw (New-HvLabCimError '0x80041003' 'PermissionDenied' 'genericFailure' $Query 'RegisterCimIndicationCommand') }
    }
    $wanted.Name = $SourceIdentifier
    $wanted.Events = [runspace]::DefaultRunspace.Events
    [void]$wanted.Events.SubscribeEvent($null, '', $SourceIdentifier, $null, [scriptblock]$null, $false, $false)
    Invoke-HvLabLocked {
        $lab = $global:HvLabState
        if ($null -eq $lab['Indications']) { $lab['Indications'] = @{ Subscriptions = [System.Collections.ArrayList]::new(); Known = @{}; Revision = [long]-1; Shell = $null } }
        if ($null -eq $lab.Indications.Shell) {
            [void](Compare-HvLabVm)
            $lab.Indications.Shell = Start-HvLabIndication
        }
        # A subscriber of the same name takes the place of the one before.
        foreach ($old in $lab.Indications.Subscriptions.ToArray()) {
            if ($old.Name -eq $wanted.Name -and [object]::ReferenceEquals($old.Events, $wanted.Events)) { $lab.Indications.Subscriptions.Remove($old) }
        }
        [void]$lab.Indications.Subscriptions.Add($wanted)
    }
}

function ConvertFrom-HvLabIndicationQuery {
    <# .SYNOPSIS
    The kind of event, and the properties of which one must differ; throws the real "Invalid query" for anything else. #>
    param([string]$Query)
    $refusal = New-HvLabCimError '0x80041017' 'InvalidArgument' 'invalidQuery' $Query 'RegisterCimIndicationCommand'
    $options = 'IgnoreCase, CultureInvariant'
    $match = [regex]::Match($Query, '^SELECT \* FROM __Instance(?<kind>Modification|Creation|Deletion)Event WITHIN \d+ WHERE TargetInstance ISA ''Msvm_ComputerSystem''(?: AND (?<differ>.+))?$', $options)
    if (-not $match.Success) { throw $refusal }
    $kind = $match.Groups['kind'].Value
    $properties = [System.Collections.ArrayList]::new()
    if ($match.Groups['differ'].Success) {
        foreach ($part in [regex]::Split([regex]::Replace($match.Groups['differ'].Value, '^\((.+)\)$', '$1'), ' OR ', $options)) {
            $differs = [regex]::Match($part, '^TargetInstance\.(?<name>EnabledState|ElementName) <> PreviousInstance\.\k<name>$', $options)
            if (-not $differs.Success -or $kind -ne 'Modification') { throw $refusal }
            [void]$properties.Add($differs.Groups['name'].Value)
        }
    }
    @{ Kind = $kind; Properties = $properties.ToArray(); Silent = $false }
}

function Start-HvLabIndication {
    <# .SYNOPSIS
    Makes the runspace that looks; it has the functions of the lab. #>
    $initial = [initialsessionstate]::CreateDefault2()
    foreach ($command in $ExecutionContext.InvokeCommand.GetCommands('*-HvLab*', 'Function', $true)) {
        $initial.Commands.Add([System.Management.Automation.Runspaces.SessionStateFunctionEntry]::new($command.Name, $command.Definition))
    }
    $initial.Variables.Add([System.Management.Automation.Runspaces.SessionStateVariableEntry]::new('HvLabState', $global:HvLabState, ''))
    $runspace = [runspacefactory]::CreateRunspace($initial)
    $runspace.Open()
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    [void]$shell.AddCommand('Invoke-HvLabIndicationLoop')
    [void]$shell.BeginInvoke()
    $shell
}

function Invoke-HvLabIndicationLoop {
    <# .SYNOPSIS
    The life of that runspace. #>
    while ($true) {
        [System.Threading.Thread]::Sleep(200)
        try { Send-HvLabIndication } catch { [Console]::Error.WriteLine('Lab: ' + $_.Exception.Message) }
    }
}

function Send-HvLabIndication {
    <# .SYNOPSIS
    One look: tells every subscription what is new. Two faults end all of them without a word; a third leaves those of that
    moment in place, and they are never told anything again. #>
    $look = Invoke-HvLabLocked {
        $told = $global:HvLabState.Indications
        $command = 'Register-CimIndicationEvent'
        $isOver = (Test-HvLabFault 'indicationsEnd' $command $null $false) -or (Test-HvLabFault 'serviceStopped' $command $null $false)
        $isMute = Test-HvLabFault 'indicationsSilent' $command $null $true
        foreach ($subscription in $told.Subscriptions.ToArray()) {
            if ($isMute) { $subscription.Silent = $true }
            $subscribers = @($subscription.Events.GetEventSubscribers($subscription.Name))
            if ($isOver) { foreach ($one in $subscribers) { $subscription.Events.UnsubscribeEvent($one) } }
            if ($isOver -or $subscribers.Count -eq 0) { $told.Subscriptions.Remove($subscription) }
        }
        $found = @(Compare-HvLabVm)
        foreach ($one in $found) { $one.Event = New-HvLabIndication $one.Values }
        @{ News = $found; Subscriptions = $told.Subscriptions.ToArray() }
    }
    foreach ($news in $look.News) {
        foreach ($subscription in $look.Subscriptions) {
            if ($subscription.Silent -or $subscription.Kind -ne $news.Kind) { continue }
            if ($subscription.Properties.Count -gt 0 -and @($news.Differ | Where-Object { $subscription.Properties -contains $_ }).Count -eq 0) { continue }
            # Arguments of an event are told by an object of .NET, as real ones are.
            $arguments = [System.EventArgs]::new()
            $arguments.PSObject.Properties.Add([psnoteproperty]::new('NewEvent', $news.Event))
            [void]$subscription.Events.GenerateEvent($subscription.Name, $null, @($arguments), $null)
        }
    }
}

function New-HvLabIndication {
    <# .SYNOPSIS
    The event itself. #>
    param([hashtable]$Values)
    $plan = Get-HvLabPlan (Get-HvLabClass 'Msvm_ComputerSystem') @('Name', 'ElementName', 'EnabledState') $false
    $target = New-HvLabRow $plan $Values
    $properties = @{ TargetInstance = [pscustomobject]@{ Name = 'TargetInstance'; Value = $target } }
    [pscustomobject]@{ CimInstanceProperties = $properties; TargetInstance = $target }
}

function Compare-HvLabVm {
    <# .SYNOPSIS
    What is different from the last look: the kind of event, the values of the VM, and the properties that differ. #>
    $lab = $global:HvLabState
    $told = $lab.Indications
    if ($told.Revision -eq $lab.Revision) { return }
    $found = [System.Collections.ArrayList]::new()
    $known = @{}
    foreach ($vm in $lab.Vms) {
        $now = @{ Name = $vm.Id; ElementName = $vm.Name; EnabledState = [uint16]$vm.State }
        $known[$vm.Id] = $now
        $before = $told.Known[$vm.Id]
        if ($null -eq $before) { [void]$found.Add(@{ Kind = 'Creation'; Values = $now; Differ = @() }); continue }
        $differ = @(if ($before.EnabledState -ne $now.EnabledState) { 'EnabledState' }; if ($before.ElementName -cne $now.ElementName) { 'ElementName' })
        if ($differ.Count -gt 0) { [void]$found.Add(@{ Kind = 'Modification'; Values = $now; Differ = $differ }) }
    }
    foreach ($id in $told.Known.Keys) {
        if (-not $known.ContainsKey($id)) { [void]$found.Add(@{ Kind = 'Deletion'; Values = $told.Known[$id]; Differ = @() }) }
    }
    $told.Known = $known
    $told.Revision = $lab.Revision
    $found
}
