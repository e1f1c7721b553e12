// Joins the rows of an answer into VM records, by the VM's GUID. Pure; called by HostClient.
import { guestFactsFromItems, noGuestFacts } from '../domain/guestFacts';
import { heartbeatStatus } from '../domain/heartbeat';
import { guestStatusFromCode, integrationServiceKeys } from '../domain/integrationServices';
import type { IntegrationServiceKey, IntegrationServiceState } from '../domain/integrationServices';
import { vmStateFromCode } from '../domain/powerStates';
import type { VmState } from '../domain/powerStates';
import type { CheckpointType, VmId, VmRecord } from '../domain/vm';
import { parseRow } from './inventoryRows';
import type { InventoryRow } from './inventoryRows';

export interface AssembledVms {
  /** In the order of the host's answer. */
  readonly vms: readonly VmRecord[];
  /** What could not be used, for the log: the host's problems and rows that make no sense. */
  readonly problems: readonly string[];
}

type RowOf<K extends InventoryRow['kind']> = Extract<InventoryRow, { kind: K }>;

/** Everything known of one VM; a row of a VM that the host did not list (a checkpoint's, say) finds none. */
interface Parts {
  readonly vm: RowOf<'vm'>;
  settings?: RowOf<'settings'>;
  summary?: RowOf<'summary'>;
  kvp?: RowOf<'kvp'>;
  readonly enabled: Map<IntegrationServiceKey, boolean | null>;
  readonly components: Map<IntegrationServiceKey, RowOf<'component'>>;
}

/** @param rows in any order, as long as a VM's own row comes before its others */
export function assembleVms(rows: Iterable<unknown>): AssembledVms {
  const parts = new Map<VmId, Parts>();
  const problems: string[] = [];
  for (const raw of rows) {
    const row = parseRow(raw);
    if (row === undefined) problems.push('A row of the host was not understood.');
    else if (row.kind === 'problem') problems.push(`${row.className}: ${row.message}`);
    else if (row.kind === 'vm') parts.set(row.id, { vm: row, enabled: new Map(), components: new Map() });
    else if (row.kind !== 'foreign') addRow(parts.get(row.id), row);
  }
  return { vms: [...parts.values()].map(toRecord), problems };
}

function addRow(parts: Parts | undefined, row: Exclude<InventoryRow, { kind: 'vm' | 'problem' | 'foreign' }>): void {
  if (parts === undefined) return;
  switch (row.kind) {
    case 'settings':
      parts.settings = row;
      break;
    case 'summary':
      parts.summary = row;
      break;
    case 'kvp':
      parts.kvp = row;
      break;
    case 'setting':
      parts.enabled.set(row.service, row.enabled);
      break;
    case 'component':
      parts.components.set(row.service, row);
      break;
  }
}

function toRecord({ vm, settings, summary, kvp, enabled, components }: Parts): VmRecord {
  const state = vmStateFromCode(vm.stateCode);
  const live = hasLiveGuest(state);
  const services = Object.fromEntries(
    integrationServiceKeys.map((key) => [
      key,
      serviceState(enabled.get(key) ?? null, live ? components.get(key) : undefined),
    ]),
  ) as Record<IntegrationServiceKey, IntegrationServiceState>;
  const beat = live ? components.get('heartbeat') : undefined;
  const guest = kvp === undefined ? noGuestFacts : guestFactsFromItems(kvp.items);
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
const checkpointTypes: ReadonlyMap<number, CheckpointType> = new Map([
  [2, 'disabled'],
  [3, 'production'],
  [4, 'productionOnly'],
  [5, 'standard'],
]);
