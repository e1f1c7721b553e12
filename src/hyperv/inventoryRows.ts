// Rows of the host, as the PowerShell functions send them, checked once: everything behind this file is trusted.
// Unknown tags, wrong types and strange numbers never throw; a row that cannot be used is counted and left out.
import { isIntegrationServiceKey } from '../domain/integrationServices';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import { parseVmId } from '../domain/vm';
import type { VmId } from '../domain/vm';

/** Row `['vm', Name, ElementName, EnabledState, OnTimeInMilliseconds]` of Msvm_ComputerSystem. */
interface VmRow {
  readonly kind: 'vm';
  readonly id: VmId;
  readonly name: string;
  /** 0 ("Unknown") when the host sent no number. */
  readonly stateCode: number;
  readonly uptimeMs: number | null;
}

/** Row `['settings', InstanceID, Version, UserSnapshotType, Notes]` of Msvm_VirtualSystemSettingData. */
interface SettingsRow {
  readonly kind: 'settings';
  readonly id: VmId;
  readonly configurationVersion: string | null;
  readonly checkpointCode: number | null;
  readonly notes: string;
}

/** Row `['summary', Name, NumberOfProcessors, MemoryUsage, GuestOperatingSystem]` of Msvm_SummaryInformation. */
interface SummaryRow {
  readonly kind: 'summary';
  readonly id: VmId;
  readonly processors: number | null;
  readonly memoryMB: number | null;
  readonly guestOperatingSystem: string | null;
}

/** Row `['setting', service, InstanceID, EnabledState]` of a component's SettingData class. */
interface ServiceSettingRow {
  readonly kind: 'setting';
  readonly id: VmId;
  readonly service: IntegrationServiceKey;
  readonly enabled: boolean | null;
}

/** Row `['component', service, SystemName, OperationalStatus, StatusDescriptions]` of a component class. */
interface ComponentRow {
  readonly kind: 'component';
  readonly id: VmId;
  readonly service: IntegrationServiceKey;
  readonly primary: number | null;
  readonly secondary: number | null;
  readonly descriptions: readonly string[];
}

/** Row `['kvp', SystemName, items]` of Msvm_KvpExchangeComponent. */
interface KvpRow {
  readonly kind: 'kvp';
  readonly id: VmId;
  readonly items: readonly unknown[];
}

/** Row `['problem', class, message]`: an item which the host could not read. */
interface ProblemRow {
  readonly kind: 'problem';
  readonly className: string;
  readonly message: string;
}

/** A setting of no VM: the host's own defaults have InstanceIDs such as `Microsoft:Definition\…\Default`. */
interface ForeignRow {
  readonly kind: 'foreign';
}

export type InventoryRow =
  VmRow | SettingsRow | SummaryRow | ServiceSettingRow | ComponentRow | KvpRow | ProblemRow | ForeignRow;

/** undefined when the row has no known tag or names no VM. */
export function parseRow(row: unknown): InventoryRow | undefined {
  if (!Array.isArray(row)) return undefined;
  const [tag, a, b, c, d] = row as readonly unknown[];
  switch (tag) {
    case 'vm': {
      const id = vmId(a);
      return id && { kind: 'vm', id, name: text(b) ?? id, stateCode: count(c) ?? 0, uptimeMs: count(d) };
    }
    case 'settings': {
      const id = instanceVmId(a);
      if (id === 'foreign') return { kind: 'foreign' };
      return id && { kind: 'settings', id, configurationVersion: text(b), checkpointCode: count(c), notes: lines(d) };
    }
    case 'summary': {
      const id = vmId(a);
      return id && { kind: 'summary', id, processors: count(b), memoryMB: count(c), guestOperatingSystem: text(d) };
    }
    case 'setting': {
      const service = serviceKey(a);
      const id = instanceVmId(b);
      if (id === 'foreign') return { kind: 'foreign' };
      return service && id && { kind: 'setting', id, service, enabled: enabledState(c) };
    }
    case 'component': {
      const service = serviceKey(a);
      const id = vmId(b);
      const status = list(c);
      const descriptions = list(d).filter((entry) => typeof entry === 'string');
      return (
        service &&
        id && { kind: 'component', id, service, primary: count(status[0]), secondary: count(status[1]), descriptions }
      );
    }
    case 'kvp': {
      const id = vmId(a);
      return id && { kind: 'kvp', id, items: list(b) };
    }
    case 'problem':
      return { kind: 'problem', className: text(a) ?? '', message: text(b) ?? '' };
    default:
      return undefined;
  }
}

function vmId(value: unknown): VmId | undefined {
  return typeof value === 'string' ? parseVmId(value) : undefined;
}

/** The VM's GUID inside an InstanceID: `Microsoft:<GUID>` or `Microsoft:<GUID>\…`. */
function instanceVmId(value: unknown): VmId | 'foreign' | undefined {
  const owner = typeof value === 'string' ? /^Microsoft:([^\\]*)(?:\\|$)/i.exec(value)?.[1] : undefined;
  return owner === undefined ? undefined : (parseVmId(owner) ?? 'foreign');
}

function serviceKey(value: unknown): IntegrationServiceKey | undefined {
  return typeof value === 'string' && isIntegrationServiceKey(value) ? value : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Numbers of the host are never negative; whatever else comes is no number. */
function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** One value stands for a list of one: some PowerShell versions unroll arrays. */
function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return value === null || value === undefined ? [] : [value];
}

function lines(value: unknown): string {
  return list(value)
    .filter((line) => typeof line === 'string')
    .join('\n');
}

/** `EnabledState` of the setting: 2 enabled, 3 disabled. */
function enabledState(value: unknown): boolean | null {
  if (value === 2) return true;
  return value === 3 ? false : null;
}
