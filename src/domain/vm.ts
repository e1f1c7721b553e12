// The record of one virtual machine as every surface reads it. Made once, at the edge (src/hyperv/records), trusted inside.
import type { IntegrationServiceKey, IntegrationServiceState } from './integrationServices';
import type { HeartbeatStatus } from './heartbeat';
import type { VmState } from './powerStates';

declare const vmIdBrand: unique symbol;

/** The VM's GUID in lower case, without braces. The only identity: names are neither unique nor literal. */
export type VmId = string & { readonly [vmIdBrand]: true };

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads a GUID in any letter case; undefined when the text is not exactly one GUID. */
export function parseVmId(text: string): VmId | undefined {
  const lower = text.toLowerCase();
  return guidPattern.test(lower) ? (lower as VmId) : undefined;
}

/** `UserSnapshotType` of Msvm_VirtualSystemSettingData: 2, 3, 4, 5 in this order. */
export type CheckpointType = 'disabled' | 'production' | 'productionOnly' | 'standard' | 'unknown';

/** What the guest said of itself through data exchange. Hostile text: show it, never interpret it. */
export interface GuestFacts {
  /** Key `OSName`, e.g. "Windows Server 2025 Standard" or "Ubuntu". */
  readonly osName: string | null;
  /** Key `OSVersion`, e.g. "10.0.26100" or a kernel release. */
  readonly osVersion: string | null;
  /** Key `FullyQualifiedDomainName`. */
  readonly fullyQualifiedDomainName: string | null;
  /** Keys `NetworkAddressIPv4` and `NetworkAddressIPv6`, link-local and loopback addresses last. */
  readonly addresses: readonly string[];
  /** Key `IntegrationServicesVersion`. */
  readonly integrationServicesVersion: string | null;
}

/** One virtual machine of one host. `null` means that the host does not know, never zero or empty. */
export interface VmRecord {
  readonly id: VmId;
  /** Display only. */
  readonly name: string;
  readonly state: VmState;
  /** `EnabledState` of Msvm_ComputerSystem as the host sent it. */
  readonly stateCode: number;
  readonly heartbeat: HeartbeatStatus | null;
  /** Milliseconds since the VM was started; null unless it runs. */
  readonly uptimeMs: number | null;
  readonly processors: number | null;
  /** Megabytes assigned now; null unless the VM holds memory. */
  readonly memoryMB: number | null;
  readonly guest: GuestFacts;
  /** Version of the VM's configuration, e.g. "12.0". */
  readonly configurationVersion: string | null;
  readonly notes: string;
  readonly checkpointType: CheckpointType;
  readonly services: Readonly<Record<IntegrationServiceKey, IntegrationServiceState>>;
  /** Only id, name, state and uptime are known yet: everything else says nothing, as its host is still being read. */
  readonly partial?: true;
}
