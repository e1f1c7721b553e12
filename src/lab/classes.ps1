# The CIM classes of the lab, and what a query for some of their properties returns ("plan"): both made when first asked for.

function Get-HvLabClass {
    <# .SYNOPSIS
    A class by name, or null. Its properties come as one text (cimClasses.ts): name, colon, CIM type, `*` for a key. #>
    param([string]$Name)
    $state = $global:HvLabState
    $class = $state.Classes[$Name]
    if ($null -ne $class) { return $class }
    foreach ($row in $state.Data.classes) {
        if ([string]$row[0] -ne $Name) { continue }
        $shape = Get-HvLabShape ([string]$row[1])
        $class = @{
            Name = [string]$row[0]; Namespace = [string]$row[2]; Types = $shape.Types; Keys = $shape.Keys; Kind = [string]$row[0]; Service = -1
            TypeName = 'Microsoft.Management.Infrastructure.CimInstance#' + [string]$row[2] + '/' + [string]$row[0]
            CimClass = [pscustomobject]@{ CimClassName = [string]$row[0]; CimSuperClassName = [string]$row[3] }
            SystemProperties = [pscustomobject]@{ Namespace = [string]$row[2]; ServerName = $state.HostName; ClassName = [string]$row[0] }
        }
        for ($i = 0; $i -lt 6; $i++) {
            if ($Name -eq $state.Services[$i].Class) { $class.Kind = 'component'; $class.Service = $i }
            if ($Name -eq ($state.Services[$i].Class + 'SettingData')) { $class.Kind = 'serviceSetting'; $class.Service = $i }
        }
        $class.Constants = Get-HvLabConstants $class
        $state.Classes[$class.Name] = $class
        return $class
    }
    $null
}

function Get-HvLabShape {
    <# .SYNOPSIS
    Properties with types, and keys. Six classes share one text, which is read once. #>
    param([string]$Text)
    $shapes = $global:HvLabState.Shapes
    $shape = $shapes[$Text]
    if ($null -ne $shape) { return $shape }
    $types = @{}
    $keys = [System.Collections.ArrayList]::new()
    foreach ($word in $Text.Split(' ')) {
        $colon = $word.IndexOf(':')
        $name = $word.Substring(0, $colon)
        $type = $word.Substring($colon + 1)
        if ($type.EndsWith('*')) { [void]$keys.Add($name) }
        $types[$name] = $type.TrimEnd('*')
    }
    $shape = @{ Types = $types; Keys = $keys.ToArray() }
    $shapes[$Text] = $shape
    $shape
}

function Get-HvLabPlan {
    <# .SYNOPSIS
    What a query returns: the asked properties and the keys, or all; with everything that is the same for each row. #>
    param([hashtable]$Class, [string[]]$Property, [bool]$KeyOnly)
    $plans = $global:HvLabState.Plans
    $id = $Class.Name + '|' + $KeyOnly + '|' + ($Property -join ',')
    $plan = $plans[$id]
    if ($null -ne $plan) { return $plan }
    $full = (-not $KeyOnly) -and ($null -eq $Property -or $Property.Count -eq 0)
    $names = $Class.Types.Keys
    if (-not $full) { $names = @($Class.Keys) + @($Property) }
    $flags = [Microsoft.Management.Infrastructure.CimFlags]'Property, ReadOnly'
    $types = @{}
    $defaults = @{}
    $notes = @{}
    $shared = @{}
    foreach ($name in $names) {
        if ($null -eq $name) { continue }
        if (-not $Class.Types.ContainsKey($name)) { throw (New-HvLabCimError '0x80041017' 'InvalidArgument' 'invalidQuery' $name) }
        $types[$name] = Get-HvLabCimType $Class.Types[$name]
        $constant = $Class.Constants[$name]
        $notes[$name] = $constant
        $shared[$name] = @{}
        $more = $flags
        if ($null -eq $constant) { $more = $flags -bor [Microsoft.Management.Infrastructure.CimFlags]::NullValue }
        $defaults[$name] = [Microsoft.Management.Infrastructure.CimProperty]::Create($name, $constant, $types[$name], $more)
    }
    # Values that the inventory does not ask for are made with the rest of the instance only.
    foreach ($name in 'CreationTime', 'TimeOfLastStateChange') { if ($types.ContainsKey($name)) { $full = $true } }
    $notes['CimClass'] = $Class.CimClass
    $notes['CimSystemProperties'] = $Class.SystemProperties
    $notes['PSTypeName'] = $Class.TypeName
    $plan = @{ Id = $id; Class = $Class; Full = $full; Types = $types; Defaults = $defaults; Notes = $notes; Shared = $shared; Flags = $flags }
    $plans[$id] = $plan
    $plan
}

function Get-HvLabCimType {
    <# .SYNOPSIS
    CimType of a MOF type name such as `uint16[]`. #>
    param([string]$Mof)
    $name = switch ($Mof.Replace('[]', '')) {
        'uint8' { 'UInt8' } 'uint16' { 'UInt16' } 'uint32' { 'UInt32' } 'uint64' { 'UInt64' }
        'sint8' { 'SInt8' } 'sint32' { 'SInt32' } 'boolean' { 'Boolean' } 'datetime' { 'DateTime' }
        'ref' { 'Reference' } 'instance' { 'Instance' } default { 'String' }
    }
    if ($Mof.EndsWith('[]')) { $name += 'Array' }
    [Microsoft.Management.Infrastructure.CimType]$name
}

function Get-HvLabConstants {
    <# .SYNOPSIS
    The values that every instance of a class has in common on this host. #>
    param([hashtable]$Class)
    $normal = [string[]]@(Get-HvLabText 'operatingNormally')
    switch ($Class.Kind) {
        'Msvm_ComputerSystem' {
            return @{
                Caption = Get-HvLabText 'virtualMachine'; Description = Get-HvLabText 'virtualMachineDescription'; CreationClassName = 'Msvm_ComputerSystem'
                EnabledDefault = [uint16]3; RequestedState = [uint16]12; HealthState = [uint16]5; OperationalStatus = [uint16[]]@(2); Status = 'OK'
                StatusDescriptions = $normal; NumberOfNumaNodes = [uint16]1; ReplicationState = [uint16]0; ReplicationHealth = [uint16]0
                ReplicationMode = [uint16]0; EnhancedSessionModeState = [uint16]3
            }
        }
        'Msvm_SummaryInformation' {
            return @{
                HealthState = [uint16]5; HostComputerSystemName = $global:HvLabState.HostName; OperationalStatus = [uint16[]]@(2); StatusDescriptions = $normal
                Shielded = $false; SwapFilesInUse = $false; VirtualSystemSubType = 'Microsoft:Hyper-V:SubType:2'; ReplicationState = [uint16]0
                ReplicationHealth = [uint16]0; ReplicationMode = [uint16]0
            }
        }
        'Msvm_VirtualSystemSettingData' {
            return @{
                Caption = Get-HvLabText 'settings'; Description = Get-HvLabText 'settings'; VirtualSystemSubType = 'Microsoft:Hyper-V:SubType:2'
                AutomaticStartupAction = [uint16]3; AutomaticShutdownAction = [uint16]3; AutomaticRecoveryAction = [uint16]3; AutomaticSnapshotsEnabled = $false
                LockOnDisconnect = $false; SecureBootEnabled = $true; VirtualNumaEnabled = $true; ConfigurationDataRoot = 'C:\ProgramData\Microsoft\Windows\Hyper-V'
                SnapshotDataRoot = 'C:\ProgramData\Microsoft\Windows\Hyper-V'
            }
        }
        'Msvm_StorageAllocationSettingData' {
            return @{
                ResourceType = [uint16]31; ResourceSubType = 'Microsoft:Hyper-V:Virtual Hard Disk'; ElementName = 'Hard Disk Image'; AutomaticAllocation = $true
                AutomaticDeallocation = $true; ConsumerVisibility = [uint16]3; VirtualQuantity = [uint64]1; Weight = [uint32]100; PersistentReservationsSupported = $false
            }
        }
        'Msvm_ResourceAllocationSettingData' {
            return @{
                ResourceType = [uint16]17; ElementName = 'Hard Drive'; AutomaticAllocation = $true; AutomaticDeallocation = $true; ConsumerVisibility = [uint16]3
                VirtualQuantity = [uint64]1; Weight = [uint32]0
            }
        }
        'component' {
            $service = $global:HvLabState.Services[$Class.Service]
            return @{
                Caption = $service.Name; Description = $service.Name; ElementName = $service.Name; Name = $service.Name; CreationClassName = $service.Class
                SystemCreationClassName = 'Msvm_ComputerSystem'; EnabledDefault = [uint16]2; HealthState = [uint16]5; RequestedState = [uint16]12
            }
        }
        'serviceSetting' {
            $service = $global:HvLabState.Services[$Class.Service]
            $values = @{
                Caption = $service.Name; Description = $service.Name; ElementName = $service.Name; ResourceSubType = 'Microsoft:Hyper-V:' + $service.Class.Substring(5)
                ResourceType = [uint16]1; AutomaticAllocation = $true; AutomaticDeallocation = $true; ConsumerVisibility = [uint16]3
                VirtualQuantity = [uint64]1; Weight = [uint32]0
            }
            if ($Class.Service -eq 3) { $values['Interval'] = [uint32]2000; $values['Latency'] = [uint32]1000; $values['ErrorThreshold'] = [uint32]5 }
            if ($Class.Service -eq 2) {
                $values['DisableHostKVPItems'] = $false; $values['HostExchangeItems'] = [string[]]@(); $values['HostOnlyItems'] = [string[]]@()
            }
            return $values
        }
    }
    @{}
}
