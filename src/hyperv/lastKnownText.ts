// What is kept of a host between windows, as text: id, name and state of its VMs, and which services are switched on. Nothing
// that a guest said, no notes and no pairs. Pure; what comes back from a disk may be anything.
import { noGuestFacts } from '../domain/guestFacts';
import { integrationServiceKeys } from '../domain/integrationServices';
import type { IntegrationServiceKey, IntegrationServiceState } from '../domain/integrationServices';
import { isVmState } from '../domain/powerStates';
import { parseVmId } from '../domain/vm';
import type { VmRecord } from '../domain/vm';
import type { LastKnown } from './lastKnown';

/** Another shape gets another number; files of other versions are not read. */
const version = 1;
/** As many as a lab may have. Of a larger host the others come with its answer. */
export const mostVms = 10_000;
/** Hyper-V takes names of up to 100 characters. */
const mostNameLength = 100;

/** `[id, name, state, services]`; services as `1`, `0` or `-` each, in the order of integrationServiceKeys. */
type Entry = readonly [string, string, string, string];

/** What a file of mostVms may take: four bytes a character of its names, and as much again for the rest. */
export const mostBytes = mostVms * mostNameLength * 8;

/** The part of the text that tells whether anything is different. */
export function vmsText({ vms }: Pick<LastKnown, 'vms'>): string {
  return JSON.stringify([...vms.values()].slice(0, mostVms).map(entryOf));
}

export function lastKnownText(seenAtMs: number, vms: string): string {
  return `{"version":${version},"seenAtMs":${Math.round(seenAtMs)},"vms":${vms}}\n`;
}

function entryOf({ id, name, state, services }: VmRecord): Entry {
  const switches = integrationServiceKeys.map((key) => switchOf(services[key].enabled)).join('');
  return [id, name.slice(0, mostNameLength), state, switches];
}

function switchOf(enabled: boolean | null): string {
  if (enabled === null) return '-';
  return enabled ? '1' : '0';
}

/** @throws Error that says what is wrong; nothing of such a text is used */
export function parseLastKnown(text: string, nowMs: number): LastKnown {
  const file = Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  if (file['version'] !== version) throw new Error('it is of another version');
  const { seenAtMs, vms } = file;
  if (typeof seenAtMs !== 'number' || !Number.isFinite(seenAtMs) || seenAtMs < 0) throw new Error('it has no time');
  if (!Array.isArray(vms) || vms.length > mostVms) throw new Error('it has no list of virtual machines');
  const records = vms.map((entry) => recordOf(entry));
  // A clock may have been put back meanwhile.
  return { seenAtMs: Math.min(seenAtMs, nowMs), vms: new Map(records.map((vm) => [vm.id, vm])) };
}

function recordOf(entry: unknown): VmRecord {
  if (!Array.isArray(entry)) throw new Error('an entry is no list');
  const [idText, name, state, switches] = entry as readonly unknown[];
  const id = typeof idText === 'string' ? parseVmId(idText) : undefined;
  const isNamed = typeof name === 'string' && name !== '' && name.length <= mostNameLength;
  if (id === undefined || !isNamed || !isVmState(state) || typeof switches !== 'string') {
    throw new Error('an entry is no virtual machine');
  }
  return { ...unknownRest, id, name, state, services: servicesOf(switches) };
}

function servicesOf(switches: string): VmRecord['services'] {
  const states = integrationServiceKeys.map((key, index): [IntegrationServiceKey, IntegrationServiceState] => {
    const enabled = switches[index] === '1' ? true : switches[index] === '0' ? false : null;
    return [key, { enabled, status: null, secondary: null, reason: null }];
  });
  return Object.fromEntries(states) as VmRecord['services'];
}

const unknownRest: Omit<VmRecord, 'id' | 'name' | 'state' | 'services'> = {
  stateCode: 0,
  heartbeat: null,
  uptimeMs: null,
  processors: null,
  memoryMB: null,
  guest: noGuestFacts,
  configurationVersion: null,
  notes: '',
  checkpointType: 'unknown',
};
