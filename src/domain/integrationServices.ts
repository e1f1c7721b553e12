// The six integration services of a VM: identity, WMI classes, and the two facts a row shows about each.

export type IntegrationServiceKey =
  'shutdown' | 'timeSynchronization' | 'keyValuePairExchange' | 'heartbeat' | 'vss' | 'guestServiceInterface';

/** Identity of one service. Names are localised by the host, so nothing here is ever matched by name. */
export interface IntegrationServiceDefinition {
  readonly key: IntegrationServiceKey;
  /** Last part of `Get-VMIntegrationService`'s `.Id`; a constant of Hyper-V (also in vagrant's and packer's drivers). */
  readonly componentId: string;
  /** Class of the running channel; one instance a running VM. */
  readonly componentClass: string;
  /** Class of the configuration; one instance a VM in any state. */
  readonly settingClass: string;
}

/** In the order of the tree: what people touch most comes first. */
export const integrationServices: readonly IntegrationServiceDefinition[] = [
  define('shutdown', '9F8233AC-BE49-4C79-8EE3-E7E1985B2077', 'Msvm_ShutdownComponent'),
  define('timeSynchronization', '2497F4DE-E9FA-4204-80E4-4B75C46419C0', 'Msvm_TimeSyncComponent'),
  define('keyValuePairExchange', '2A34B1C2-FD73-4043-8A5B-DD2159BC743F', 'Msvm_KvpExchangeComponent'),
  define('heartbeat', '84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47', 'Msvm_HeartbeatComponent'),
  define('vss', '5CED1297-4598-4915-A5FC-AD21BB4D02A4', 'Msvm_VssComponent'),
  define('guestServiceInterface', '6C09BB55-D683-4DA0-8931-C9BF705F6480', 'Msvm_GuestServiceInterfaceComponent'),
];

function define(key: IntegrationServiceKey, componentId: string, componentClass: string): IntegrationServiceDefinition {
  return { key, componentId, componentClass, settingClass: `${componentClass}SettingData` };
}

export const integrationServiceKeys: readonly IntegrationServiceKey[] = integrationServices.map(({ key }) => key);

export function isIntegrationServiceKey(text: string): text is IntegrationServiceKey {
  return (integrationServiceKeys as readonly string[]).includes(text);
}

/** What the guest's half of a service says, from `OperationalStatus[0]` of its component class. */
export type GuestStatus =
  'ok' | 'degraded' | 'error' | 'nonRecoverableError' | 'noContact' | 'lostCommunication' | 'paused' | 'unknown';

/** The guest's part is broken or fell silent; "no contact" is normal while a guest starts, and for ever without its part. */
export function isFailing(status: GuestStatus | null): boolean {
  return status === 'lostCommunication' || status === 'error' || status === 'nonRecoverableError';
}

/** OperationalStatus of the Msvm_*Component classes; 6 and 32775..32784 appear in the .NET enumeration as well. */
export function guestStatusFromCode(code: number | null): GuestStatus | null {
  switch (code) {
    case null:
      return null;
    case 2:
      return 'ok';
    case 3:
      return 'degraded';
    case 6:
      return 'error';
    case 7:
      return 'nonRecoverableError';
    case 12:
      return 'noContact';
    case 13:
      return 'lostCommunication';
    case 15:
      return 'paused';
    default:
      return 'unknown';
  }
}

/** Two independent facts: what the host allows (`enabled`) and what the guest does (`status`). */
export interface IntegrationServiceState {
  /** Configuration; valid in every power state; null when the host reported no such service. */
  readonly enabled: boolean | null;
  /** null while the VM is off, saved or not reported. */
  readonly status: GuestStatus | null;
  /** `OperationalStatus[1]` as the host sent it: 2 OK, 32775 protocol mismatch, 32782..32784 heartbeat details. */
  readonly secondary: number | null;
  /** The host's own words for a status that is not plainly OK. Localised: for display only. */
  readonly reason: string | null;
}
