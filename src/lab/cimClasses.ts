// The classes of root\virtualization\v2 which the lab knows: property, CIM type, `*` for a key.
// Source: MicrosoftDocs/win32, desktop-src/HyperV_v2, commit 47e64c189dcb1c1a42c221380ccf0ec81cc82d4b.

const computerSystem =
  'AvailableRequestedStates:uint16[] Caption:string CommunicationStatus:uint16 ' +
  'CreationClassName:string Dedicated:uint16[] Description:string DetailedStatus:uint16 ' +
  'ElementName:string EnabledDefault:uint16 EnabledState:uint16 EnhancedSessionModeState:uint16 ' +
  'FailedOverReplicationType:uint16 HealthState:uint16 IdentifyingDescriptions:string[] ' +
  'InstallDate:datetime InstanceID:string* LastApplicationConsistentReplicationTime:datetime ' +
  'LastReplicationTime:datetime LastReplicationType:uint16 LastSuccessfulBackupTime:datetime ' +
  'Name:string NameFormat:string NumberOfNumaNodes:uint16 OnTimeInMilliseconds:uint64 ' +
  'OperatingStatus:uint16 OperationalStatus:uint16[] OtherDedicatedDescriptions:string[] ' +
  'OtherEnabledState:string OtherIdentifyingInfo:string[] PowerManagementCapabilities:uint16[] ' +
  'PrimaryOwnerContact:string PrimaryOwnerName:string PrimaryStatus:uint16 ProcessID:uint32 ' +
  'ReplicationHealth:uint16 ReplicationMode:uint16 ReplicationState:uint16 RequestedState:uint16 ' +
  'ResetCapability:uint16 Roles:string[] Status:string StatusDescriptions:string[] ' +
  'TimeOfLastConfigurationChange:datetime TimeOfLastStateChange:datetime TransitioningToState:uint16';

const systemSettings =
  'AdditionalRecoveryInformation:string AllowFullSCSICommandSet:boolean ' +
  'AllowReducedFcRedundancy:boolean Architecture:string AutomaticCriticalErrorAction:uint16 ' +
  'AutomaticCriticalErrorActionTimeout:datetime AutomaticRecoveryAction:uint16 ' +
  'AutomaticShutdownAction:uint16 AutomaticSnapshotsEnabled:boolean AutomaticStartupAction:uint16 ' +
  'AutomaticStartupActionDelay:datetime AutomaticStartupActionSequenceNumber:uint16 ' +
  'BaseBoardSerialNumber:string BIOSGUID:string BIOSNumLock:boolean BIOSSerialNumber:string ' +
  'BootOrder:uint16[] BootSourceOrder:string[] Caption:string ChassisAssetTag:string ' +
  'ChassisSerialNumber:string ConfigurationDataRoot:string ConfigurationFile:string ' +
  'ConfigurationID:string ConsoleMode:uint16 CreationTime:datetime DebugChannelId:uint32 ' +
  'DebugPort:uint32 DebugPortEnabled:uint16 Description:string ElementName:string ' +
  'EnhancedSessionTransportType:uint16 GuestControlledCacheTypes:boolean GuestStateDataRoot:string ' +
  'GuestStateFile:string HighMmioGapSize:uint64 IncrementalBackupEnabled:boolean InstanceID:string* ' +
  'IsAutomaticSnapshot:boolean IsSaved:boolean LockOnDisconnect:boolean LogDataRoot:string ' +
  'LowMmioGapSize:uint64 NetworkBootPreferredProtocol:uint16 Notes:string[] Parent:string ' +
  'ParentPackage:string PauseAfterBootFailure:boolean RecoveryFile:string SecureBootEnabled:boolean ' +
  'SecureBootTemplateId:string SnapshotDataRoot:string SuspendDataRoot:string SwapFileDataRoot:string ' +
  'UserSnapshotType:uint16 Version:string VirtualNumaEnabled:boolean VirtualSystemIdentifier:string ' +
  'VirtualSystemSubType:string VirtualSystemType:string';

const summary =
  'AllocatedGPU:string ApplicationHealth:uint16 AsynchronousTasks:instance[] ' +
  'AvailableMemoryBuffer:sint32 CreationTime:datetime ElementName:string EnabledState:uint16 ' +
  'EnhancedSessionModeState:uint16 GuestOperatingSystem:string HealthState:uint16 Heartbeat:uint16 ' +
  'HostComputerSystemName:string InstanceID:string* IntegrationServicesVersionState:uint16 ' +
  'MemoryAvailable:sint32 MemorySpansPhysicalNumaNodes:boolean MemoryUsage:uint64 Name:string ' +
  'Notes:string NumberOfProcessors:uint16 OperationalStatus:uint16[] OtherEnabledState:string ' +
  'ProcessorLoad:uint16 ProcessorLoadHistory:uint16[] ReplicationHealth:uint16 ' +
  'ReplicationHealthEx:uint16[] ReplicationMode:uint16 ReplicationProviderId:string[] ' +
  'ReplicationState:uint16 ReplicationStateEx:uint16[] Shielded:boolean Snapshots:instance[] ' +
  'StatusDescriptions:string[] SwapFilesInUse:boolean TestReplicaSystem:ref ThumbnailImage:uint8[] ' +
  'ThumbnailImageHeight:uint16 ThumbnailImageWidth:uint16 UpTime:uint64 Version:string ' +
  'VirtualSwitchNames:string[] VirtualSystemSubType:string';

/** Shared by the six components. */
const component =
  'AdditionalAvailability:uint16[] Availability:uint16 AvailableRequestedStates:uint16[] ' +
  'Caption:string CommunicationStatus:uint16 CreationClassName:string Description:string ' +
  'DetailedStatus:uint16 DeviceID:string ElementName:string EnabledDefault:uint16 EnabledState:uint16 ' +
  'ErrorCleared:boolean ErrorDescription:string HealthState:uint16 IdentifyingDescriptions:string[] ' +
  'InstallDate:datetime InstanceID:string* LastErrorCode:uint32 MaxQuiesceTime:uint64 Name:string ' +
  'OperatingStatus:uint16 OperationalStatus:uint16[] OtherEnabledState:string ' +
  'OtherIdentifyingInfo:string[] PowerManagementCapabilities:uint16[] PowerManagementSupported:boolean ' +
  'PowerOnHours:uint64 PrimaryStatus:uint16 RequestedState:uint16 Status:string ' +
  'StatusDescriptions:string[] StatusInfo:uint16 SystemCreationClassName:string SystemName:string ' +
  'TimeOfLastStateChange:datetime TotalPowerOnHours:uint64 TransitioningToState:uint16';

/** Shared by their settings. */
const componentSettings =
  'Address:string AddressOnParent:string AllocationUnits:string AutomaticAllocation:boolean ' +
  'AutomaticDeallocation:boolean Caption:string Connection:string[] ConsumerVisibility:uint16 ' +
  'Description:string ElementName:string EnabledState:uint16 HostResource:string[] InstanceID:string* ' +
  'Limit:uint64 MappingBehavior:uint16 OtherResourceType:string Parent:string PoolID:string ' +
  'Reservation:uint64 ResourceSubType:string ResourceType:uint16 VirtualQuantity:uint64 ' +
  'VirtualQuantityUnits:string Weight:uint32';

const managementService =
  'AvailableRequestedStates:uint16[] Caption:string CommunicationStatus:uint16 ' +
  'CreationClassName:string* Description:string DetailedStatus:uint16 ElementName:string ' +
  'EnabledDefault:uint16 EnabledState:uint16 HealthState:uint16 InstallDate:datetime ' +
  'InstanceID:string* Name:string* OperatingStatus:uint16 OperationalStatus:uint16[] ' +
  'OtherEnabledState:string PrimaryOwnerContact:string PrimaryOwnerName:string PrimaryStatus:uint16 ' +
  'RequestedState:uint16 Started:boolean StartMode:string Status:string StatusDescriptions:string[] ' +
  'SystemCreationClassName:string* SystemName:string* TimeOfLastStateChange:datetime ' +
  'TransitioningToState:uint16';

const job =
  'Cancellable:boolean Caption:string CommunicationStatus:uint16 DeleteOnCompletion:boolean ' +
  'Description:string DetailedStatus:uint16 ElapsedTime:datetime ElementName:string ErrorCode:uint16 ' +
  'ErrorDescription:string ErrorSummaryDescription:string HealthState:uint16 InstallDate:datetime ' +
  'InstanceID:string* JobRunTimes:uint32 JobState:uint16 JobStatus:string JobType:uint16 ' +
  'LocalOrUtcTime:uint16 Name:string* Notify:string OperatingStatus:uint16 OperationalStatus:uint16[] ' +
  'OtherRecoveryAction:string Owner:string PercentComplete:uint16 PrimaryStatus:uint16 Priority:uint32 ' +
  'RecoveryAction:uint16 RunDay:sint8 RunDayOfWeek:sint8 RunMonth:uint8 RunStartInterval:datetime ' +
  'ScheduledStartTime:datetime StartTime:datetime Status:string StatusDescriptions:string[] ' +
  'TimeBeforeRemoval:datetime TimeOfLastStateChange:datetime TimeSubmitted:datetime UntilTime:datetime';

/**
 * Properties of CIM_ConcreteJob and four more, as microsoft/wmi (server2019) has generated them from a host; the page of this
 * class lists those of a service.
 */
const copyJob = `${without(job, 'Cancellable', 'ErrorSummaryDescription', 'JobType')} Cancellable:boolean CopyFileToGuestSettingData:string[] ErrorSummaryDescription:string VirtualSystemName:string`;

const guestService =
  'Caption:string CreationClassName:string Description:string InstallDate:datetime Name:string ' +
  'Started:boolean StartMode:string Status:string SystemCreationClassName:string SystemName:string';

/** Hard disks: files, and the drives they are in or the physical disks passed through. */
const storageSettings =
  'Access:uint16 Address:string AddressOnParent:string AllocationUnits:string ' +
  'AutomaticAllocation:boolean AutomaticDeallocation:boolean CachingMode:uint16 Caption:string ' +
  'Connection:string[] ConsumerVisibility:uint16 Description:string ElementName:string ' +
  'HostExtentName:string HostExtentNameFormat:uint16 HostExtentNameNamespace:uint16 ' +
  'HostExtentStartingAddress:uint64 HostResource:string[] HostResourceBlockSize:uint64 ' +
  'IgnoreFlushes:boolean InstanceID:string* IOPSAllocationUnits:string IOPSLimit:uint64 ' +
  'IOPSReservation:uint64 Limit:uint64 MappingBehavior:uint16 OtherHostExtentNameFormat:string ' +
  'OtherHostExtentNameNamespace:string OtherResourceType:string Parent:string ' +
  'PersistentReservationsSupported:boolean PoolID:string Reservation:uint64 ResourceSubType:string ' +
  'ResourceType:uint16 SnapshotId:string StorageQoSPolicyID:string VirtualQuantity:uint64 ' +
  'VirtualQuantityUnits:string VirtualResourceBlockSize:uint64 Weight:uint32 ' +
  'WriteHardeningMethod:uint16';

const resourceSettings =
  'Address:string AddressOnParent:string AllocationUnits:string AutomaticAllocation:boolean ' +
  'AutomaticDeallocation:boolean Caption:string Connection:string[] ConsumerVisibility:uint16 ' +
  'Description:string ElementName:string HostResource:string[] InstanceID:string* Limit:uint64 ' +
  'MappingBehavior:uint16 OtherResourceType:string Parent:string PoolID:string Reservation:uint64 ' +
  'ResourceSubType:string ResourceType:uint16 VirtualQuantity:uint64 VirtualQuantityUnits:string ' +
  'VirtualSystemIdentifiers:string[] Weight:uint32';

const replicationRelationship =
  'FailedOverReplicationType:uint16 InstanceID:string* ' +
  'LastApplicationConsistentReplicationTime:datetime LastApplyTime:datetime ' +
  'LastReplicationTime:datetime LastReplicationType:uint16 ReplicationHealth:uint16 ' +
  'ReplicationState:uint16';

/** The screen of a VM that holds memory. Two of its types look odd, and are as its page has them. */
const videoHead =
  'AdditionalAvailability:uint16[] Availability:uint16 AvailableRequestedStates:uint16[] ' +
  'Caption:string CommunicationStatus:uint16 CreationClassName:uint16 CurrentBitsPerPixel:uint32 ' +
  'CurrentHorizontalResolution:uint32 CurrentNumberOfColors:uint64 CurrentNumberOfColumns:uint32 ' +
  'CurrentNumberOfRows:uint32 CurrentRefreshRate:uint32 CurrentScanMode:uint16 ' +
  'CurrentVerticalResolution:uint32 Description:string DetailedStatus:uint16 DeviceID:string ' +
  'ElementName:string EnabledDefault:uint16 EnabledState:string ErrorCleared:boolean ' +
  'ErrorDescription:string HealthState:uint16 IdentifyingDescriptions:string[] ' +
  'InstallDate:datetime InstanceID:string LastErrorCode:uint32 MaxQuiesceTime:uint64 ' +
  'MaxRefreshRate:uint32 MinRefreshRate:uint32 Name:string OperatingStatus:uint16 ' +
  'OperationalStatus:uint16[] OtherCurrentScanMode:string OtherEnabledState:string ' +
  'OtherIdentifyingInfo:string[] PowerManagementCapabilities:uint16[] ' +
  'PowerManagementSupported:boolean PowerOnHours:uint64 PrimaryStatus:uint16 RequestedState:uint16 ' +
  'Status:string StatusDescriptions:string[] StatusInfo:uint16 SystemCreationClassName:string ' +
  'SystemName:string TimeOfLastStateChange:datetime TotalPowerOnHours:uint64 ' +
  'TransitioningToState:uint16';

/** Win32_Service of root\cimv2, as far as anybody asks the lab. */
const windowsService =
  'DisplayName:string Name:string* Started:boolean StartMode:string State:string Status:string SystemName:string';

/** Keys of the CIM schema which these classes derive from; their pages mark InstanceID instead, which stays null. */
function withKeys(properties: string, ...keys: string[]): string {
  return properties
    .split(' ')
    .map((word) => word.replace('*', ''))
    .map((word) => (keys.includes(word.split(':')[0] ?? '') ? `${word}*` : word))
    .join(' ');
}

/** The page of one class lists fewer inherited properties than those of its sisters. */
function without(properties: string, ...names: string[]): string {
  return properties
    .split(' ')
    .filter((word) => !names.includes(word.split(':')[0] ?? ''))
    .join(' ');
}

export type CimClassRow = readonly [name: string, properties: string, namespace: string, base: string];

const v2 = 'root/virtualization/v2';
const system = withKeys(computerSystem, 'CreationClassName', 'Name');
const service = withKeys(managementService, 'CreationClassName', 'Name', 'SystemCreationClassName', 'SystemName');
const device = withKeys(component, 'CreationClassName', 'DeviceID', 'SystemCreationClassName', 'SystemName');

/** In the form in which the prelude's data carries them; rows.ps1 reads it. */
export const cimClasses: readonly CimClassRow[] = [
  ['Msvm_ComputerSystem', system, v2, 'CIM_ComputerSystem'],
  ['Msvm_VirtualSystemSettingData', systemSettings, v2, 'CIM_VirtualSystemSettingData'],
  ['Msvm_SummaryInformation', summary, v2, 'Msvm_SummaryInformationBase'],
  ['Msvm_ShutdownComponent', device, v2, 'CIM_LogicalDevice'],
  ['Msvm_TimeSyncComponent', device, v2, 'CIM_LogicalDevice'],
  ['Msvm_HeartbeatComponent', device, v2, 'CIM_LogicalDevice'],
  [
    'Msvm_KvpExchangeComponent',
    `${device} GuestExchangeItems:string[] GuestIntrinsicExchangeItems:string[]`,
    v2,
    'CIM_LogicalDevice',
  ],
  ['Msvm_VssComponent', device, v2, 'CIM_LogicalDevice'],
  // The page of this class lists Win32_PnPEntity's properties; real hosts report the same as for the other five.
  ['Msvm_GuestServiceInterfaceComponent', device, v2, 'CIM_LogicalDevice'],
  ['Msvm_ShutdownComponentSettingData', componentSettings, v2, 'CIM_ResourceAllocationSettingData'],
  ['Msvm_TimeSyncComponentSettingData', componentSettings, v2, 'CIM_ResourceAllocationSettingData'],
  [
    'Msvm_HeartbeatComponentSettingData',
    `${componentSettings} ErrorThreshold:uint32 Interval:uint32 Latency:uint32`,
    v2,
    'CIM_ResourceAllocationSettingData',
  ],
  [
    'Msvm_KvpExchangeComponentSettingData',
    `${componentSettings} DisableHostKVPItems:boolean HostExchangeItems:string[] HostOnlyItems:string[]`,
    v2,
    'CIM_ResourceAllocationSettingData',
  ],
  ['Msvm_VssComponentSettingData', componentSettings, v2, 'CIM_ResourceAllocationSettingData'],
  [
    'Msvm_GuestServiceInterfaceComponentSettingData',
    `${without(componentSettings, 'AddressOnParent', 'Caption', 'Description', 'VirtualQuantityUnits')} DefaultEnabledStatePolicy:uint16`,
    v2,
    'CIM_ResourceAllocationSettingData',
  ],
  ['Msvm_StorageAllocationSettingData', storageSettings, v2, 'CIM_StorageAllocationSettingData'],
  ['Msvm_ResourceAllocationSettingData', resourceSettings, v2, 'CIM_ResourceAllocationSettingData'],
  ['Msvm_ReplicationRelationship', replicationRelationship, v2, 'CIM_ManagedSystemElement'],
  ['Msvm_VideoHead', withKeys(videoHead, 'DeviceID', 'SystemName'), v2, 'CIM_VideoHead'],
  ['Msvm_VirtualSystemManagementService', service, v2, 'CIM_VirtualSystemManagementService'],
  ['Msvm_VirtualSystemSnapshotService', service, v2, 'CIM_VirtualSystemSnapshotService'],
  ['Msvm_ConcreteJob', withKeys(job, 'InstanceID'), v2, 'CIM_ConcreteJob'],
  ['Msvm_CopyFileToGuestJob', withKeys(copyJob, 'InstanceID'), v2, 'CIM_ConcreteJob'],
  [
    'Msvm_GuestFileService',
    withKeys(guestService, 'CreationClassName', 'Name', 'SystemCreationClassName', 'SystemName'),
    v2,
    'Msvm_GuestService',
  ],
  ['Win32_Service', windowsService, 'root/cimv2', 'Win32_BaseService'],
];
