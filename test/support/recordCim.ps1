# Runs every function once against modules that only write down what they are asked: prints the calls as JSON.
# HV_SCRIPT names the file with the functions, HV_CALLS the file with the functions to call, as JSON.
$ErrorActionPreference = 'Stop'
# Paused, unless a call says otherwise.
$global:vmState = 9
$global:asked = [System.Collections.ArrayList]::new()
function global:New-Recorded {
    param([hashtable]$Values)
    $properties = @{}
    foreach ($name in $Values.Keys) { $properties[$name] = [pscustomobject]@{ Value = $Values[$name] } }
    [pscustomobject]@{ CimInstanceProperties = $properties; ClassName = [string]$Values['Class'] }
}
$null = New-Module -Name 'CimCmdlets' -ScriptBlock {
    function Get-CimInstance {
        [CmdletBinding()]
        param([string]$Namespace, [string]$ClassName, [string[]]$Property, [string]$Filter)
        [void]$global:asked.Add(@{ kind = 'query'; namespace = $Namespace; class = $ClassName; properties = @($Property | Where-Object { $_ }); filter = $Filter })
        $id = '11111111-2222-3333-4444-555555555555'
        New-Recorded @{
            Class = $ClassName; Name = $id; SystemName = $id; InstanceID = 'Microsoft:' + $id; ElementName = 'vm'; EnabledState = [uint16]$global:vmState; CurrentHorizontalResolution = [uint32]0; CurrentVerticalResolution = [uint32]0
            OnTimeInMilliseconds = [uint64]1; JobState = [uint16]7; PercentComplete = [uint16]100; Cancellable = $true; Parent = $null; IsSaved = $false; ErrorCode = [uint16]0; ErrorDescription = $null; ErrorSummaryDescription = $null; Version = '12.0'; UserSnapshotType = [uint16]3; Notes = [string[]]@(); NumberOfProcessors = [uint16]1
            MemoryUsage = [uint64]1; GuestOperatingSystem = $null; OperationalStatus = [uint16[]]@(2); StatusDescriptions = [string[]]@('OK')
            GuestIntrinsicExchangeItems = [string[]]@(); GuestExchangeItems = [string[]]@(); HostExchangeItems = [string[]]@(); HostOnlyItems = [string[]]@(); State = 'Running'
            TimeOfLastStateChange = [datetime]::UtcNow; ReplicationMode = [uint16]0; LastSuccessfulBackupTime = $null; VirtualSystemType = 'Microsoft:Hyper-V:System:Realized'; CreationTime = $null
            AutomaticSnapshotsEnabled = $false; IsAutomaticSnapshot = $false; ApplicationHealth = [uint16]2; IntegrationServicesVersionState = [uint16]1; HostResource = [string[]]@('C:\a.vhdx')
            PersistentReservationsSupported = $false; ReplicationState = [uint16]0; ReplicationHealth = [uint16]0; LastReplicationTime = $null
        }
    }
    function Register-CimIndicationEvent {
        [CmdletBinding()]
        param([string]$Namespace, [string]$Query, [string]$SourceIdentifier)
        [void]$global:asked.Add(@{ kind = 'indication'; namespace = $Namespace; class = 'Msvm_ComputerSystem'; query = $Query })
        $null = $ExecutionContext.Events.SubscribeEvent($null, '', $SourceIdentifier, $null, [scriptblock]$null, $false, $false)
    }
    function Invoke-CimMethod {
        [CmdletBinding()]
        param([object]$InputObject, [string]$MethodName, [hashtable]$Arguments)
        [void]$global:asked.Add(@{ kind = 'method'; class = $InputObject.ClassName; method = $MethodName; arguments = @($Arguments.Keys | ForEach-Object { $_ }) })
        [pscustomobject]@{ ReturnValue = [uint32]4096; ImageData = $null; Job = New-Recorded @{ InstanceID = '8A496B9C-AF4D-4E98-BD3C-1128CD85320D' } }
    }
} | Import-Module -Global -PassThru
$null = New-Module -Name 'Hyper-V' -ScriptBlock {
    function Get-VM { [CmdletBinding()] param([guid]$Id) 'vm' }
    function Get-VMIntegrationService {
        [CmdletBinding()] param([object]$VM)
        foreach ($part in '9F8233AC-BE49-4C79-8EE3-E7E1985B2077', '84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47') { [pscustomobject]@{ Id = 'Microsoft:X\' + $part } }
    }
    function Get-VMSnapshot { [CmdletBinding()] param([guid]$Id) 'checkpoint' }
    function Rename-VMSnapshot { [CmdletBinding(SupportsShouldProcess = $true)] param([object]$VMSnapshot, [string]$NewName) }
    function Set-VM { [CmdletBinding(SupportsShouldProcess = $true)] param([object]$VM, [string]$CheckpointType) }
    function Enable-VMIntegrationService { [CmdletBinding(SupportsShouldProcess = $true)] param([Parameter(ValueFromPipeline = $true)] [object]$VMIntegrationService) process { } }
    function Disable-VMIntegrationService { [CmdletBinding(SupportsShouldProcess = $true)] param([Parameter(ValueFromPipeline = $true)] [object]$VMIntegrationService) process { } }
} | Import-Module -Global -PassThru
function Send-SessionBatch { param([object[]]$Records) }
. $env:HV_SCRIPT
Set-StrictMode -Version 2
foreach ($call in [System.IO.File]::ReadAllText($env:HV_CALLS) | ConvertFrom-Json) {
    $global:vmState = 9
    if ($null -ne $call.PSObject.Properties['state']) { $global:vmState = $call.state }
    $arguments = @{}
    foreach ($property in $call.arguments.PSObject.Properties) { $arguments[$property.Name] = $property.Value }
    $null = & $call.function @arguments
}
$null = Assert-HvHostReadable -Counter (New-HvCounter)
$null = Test-HvGroupMember -Counter (New-HvCounter) -AccountSid 'S-1-5-21-1-2-3-1001'
$null = Get-HvManagementServiceState -Counter (New-HvCounter)
[Console]::Out.WriteLine((ConvertTo-Json -Compress -Depth 6 -InputObject $global:asked.ToArray()))
