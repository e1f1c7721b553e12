// Everything the host's rows say of one VM, and the record made of it. Pure; used by whoever joins rows.
import { guestFactsFromItems, noGuestFacts } from '../domain/guestFacts';
import { heartbeatStatus } from '../domain/heartbeat';
import { guestStatusFromCode, integrationServiceKeys } from '../domain/integrationServices';
import type { IntegrationServiceKey, IntegrationServiceState } from '../domain/integrationServices';
import { vmStateFromCode } from '../domain/powerStates';
import type { VmState } from '../domain/powerStates';
import type { CheckpointType, GuestFacts, VmRecord } from '../domain/vm';
import type { InventoryRow } from './inventoryRows';

type RowOf<K extends InventoryRow['kind']> = Extract<InventoryRow, { kind: K }>;

/** A row that says something of a VM. */
export type VmPart = Exclude<InventoryRow, { kind: 'problem' | 'foreign' }>;

export interface Parts {
  /** Missing for what the host does not list as a VM, such as a checkpoint, and until its row has come. */
  vm?: RowOf<'vm'> | undefined;
  /** When `vm` came, on the clock of the `uptime` below. */
  cameAtMs: number;
  settings?: RowOf<'settings'> | undefined;
  summary?: RowOf<'summary'> | undefined;
  /** Not the items themselves, which are most of the bytes. */
  guest?: GuestFacts | undefined;
  readonly enabled: Map<IntegrationServiceKey, boolean | null>;
  readonly components: Map<IntegrationServiceKey, RowOf<'component'>>;
}

export function noParts(): Parts {
  return { cameAtMs: 0, enabled: new Map(), components: new Map() };
}

export function copyOf(parts: Parts): Parts {
  return { ...parts, enabled: new Map(parts.enabled), components: new Map(parts.components) };
}

/** @param cameAtMs on the clock by which uptimes go on, if they do */
export function addPart(parts: Parts, row: VmPart, cameAtMs = 0): void {
  switch (row.kind) {
    case 'vm':
      parts.vm = row;
      parts.cameAtMs = cameAtMs;
      break;
    case 'settings':
      parts.settings = row;
      break;
    case 'summary':
      parts.summary = row;
      break;
    case 'kvp':
      parts.guest = guestFactsFromItems(row.items);
      break;
    case 'setting':
      parts.enabled.set(row.service, row.enabled);
      break;
    case 'component':
      parts.components.set(row.service, row);
      break;
  }
}

/** @param row of which only kind and service count */
export function removePart(parts: Parts, row: VmPart): void {
  if (row.kind === 'setting') parts.enabled.delete(row.service);
  else if (row.kind === 'component') parts.components.delete(row.service);
  else parts[row.kind === 'kvp' ? 'guest' : row.kind] = undefined;
}

export function hasParts({ vm, settings, summary, guest, enabled, components }: Parts): boolean {
  return (vm ?? settings ?? summary ?? guest) !== undefined || enabled.size + components.size > 0;
}

/** undefined for what is no VM. */
export function recordOf({
  vm,
  settings,
  summary,
  guest = noGuestFacts,
  enabled,
  components,
}: Parts): VmRecord | undefined {
  if (vm === undefined) return undefined;
  const state = vmStateFromCode(vm.stateCode);
  const live = hasLiveGuest(state);
  const services = Object.fromEntries(
    integrationServiceKeys.map((key) => [
      key,
      serviceState(enabled.get(key) ?? null, live ? components.get(key) : undefined),
    ]),
  ) as Record<IntegrationServiceKey, IntegrationServiceState>;
  const beat = live ? components.get('heartbeat') : undefined;
  return {
    id: vm.id,
    name: vm.name,
    state,
    stateCode: vm.stateCode,
    heartbeat: beat ? heartbeatStatus(enabled.get('heartbeat') ?? null, beat.primary, beat.secondary) : null,
    uptimeMs: live ? vm.uptimeMs : null,
    processors: summary?.processors ?? null,
    memoryMB: live ? (summary?.memoryMB ?? null) : null,
    guest: { ...guest, osName: guest.osName ?? summary?.guestOperatingSystem ?? null },
    configurationVersion: settings?.configurationVersion ?? null,
    notes: settings?.notes ?? '',
    checkpointType: checkpointTypes.get(settings?.checkpointCode ?? 0) ?? 'unknown',
    services,
  };
}

/** What a host's first row of a VM says, while the others are on their way. */
export function partialRecordOf(vm: RowOf<'vm'>): VmRecord | undefined {
  const record = recordOf({ ...noParts(), vm });
  return record && { ...record, partial: true };
}

/** The host's rows say when a VM was started to within so many milliseconds (Get-HvVmText). */
const startKnownMs = 2_000;

/**
 * The record of a VM of which no row travels while nothing happens to it: its uptime goes on by itself, and never ahead of
 * the host's, as a fall is taken for a restart.
 * @param now the clock of `cameAtMs`
 */
export function livingRecordOf(parts: Parts, now: () => number): VmRecord | undefined {
  const record = recordOf(parts);
  const { uptimeMs = null, state } = record ?? {};
  if (record === undefined || uptimeMs === null || state !== 'running') return record;
  const { cameAtMs } = parts;
  return {
    ...record,
    get uptimeMs() {
      return uptimeMs + Math.max(0, Math.floor(now() - cameAtMs) - startKnownMs);
    },
  };
}

/** Off and saved VMs have no guest that could answer; whatever the host still reports of it is old. */
function hasLiveGuest(state: VmState): boolean {
  return state !== 'off' && state !== 'saved';
}

function serviceState(enabled: boolean | null, component: RowOf<'component'> | undefined): IntegrationServiceState {
  if (component === undefined) return { enabled, status: null, secondary: null, reason: null };
  const { primary, secondary, descriptions } = component;
  // The second status tells more than the first when both are there; "OK" needs no reason.
  const plain = primary === 2 && (secondary === null || secondary === 2);
  const reason = plain ? null : (descriptions[1] ?? descriptions[0] ?? null);
  return { enabled, status: guestStatusFromCode(primary), secondary, reason: reason === '' ? null : reason };
}

/** `UserSnapshotType` of Msvm_VirtualSystemSettingData. */
export const checkpointTypes: ReadonlyMap<number, CheckpointType> = new Map([
  [2, 'disabled'],
  [3, 'production'],
  [4, 'productionOnly'],
  [5, 'standard'],
]);
