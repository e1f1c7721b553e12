// Turns one host of a lab's description into the data its simulation starts from: plain, complete, and compact.
import { cimClasses } from './cimClasses';
import { guestProfile, withServices } from './profiles';
import { hostSeed, seededRandom } from './random';
import { hostServices, hostTexts } from './texts';
import type { CimClassRow } from './cimClasses';
import type { LabHostSpec, LabSpec, LabVm } from './labSpec';
import type { GuestKind, GuestProfile } from './profiles';
import type { Random } from './random';

/** One VM: name, id, index of its profile, state (2, 3, 6, 9), processors, memory in MB, uptime in seconds. */
export type VmRow = readonly [string, string, number, number, number, number, number];

export interface HostFault {
  readonly kind: string;
  readonly on: string;
  readonly vm: string;
  readonly code: number;
}

/** What `New-SessionPreludeState` gets. Every field is always there; lists of pairs stand for maps. */
export interface HostData {
  readonly hostName: string;
  readonly timeScale: number;
  readonly perQueryMs: number;
  readonly perRowMs: number;
  /** Hosts report saved as 6 or 32769 and paused as 9 or 32768; both are seen, so the lab has hosts of both kinds. */
  readonly savedCode: number;
  readonly pausedCode: number;
  readonly texts: readonly (readonly [string, string])[];
  readonly services: readonly (readonly [string, string, string, string])[];
  readonly classes: readonly CimClassRow[];
  readonly profiles: readonly GuestProfile[];
  readonly vms: readonly VmRow[];
  readonly faults: readonly HostFault[];
}

const stateCodes = { running: 2, off: 3, saved: 6, paused: 9 } as const;

/** The profile of a VM that somebody creates while the lab runs (lab.touch). */
const newcomer: GuestKind = 'windowsServer2025';

export function hostData(spec: LabSpec, host: LabHostSpec): HostData {
  const random = seededRandom(hostSeed(spec.seed ?? 1, host.name));
  const locale = host.locale ?? spec.locale ?? 'en-US';
  const profiles = new Profiles();
  profiles.add(guestProfile(newcomer));
  const vms = (host.vms ?? []).map((vm) => describedVm(vm, random, profiles));
  const generated = host.vmsPerHost ?? (host.vms === undefined ? (spec.vmsPerHost ?? 0) : 0);
  for (let number = 1; number <= generated; number++) vms.push(generatedVm(number, random, profiles));
  const otherCodes = locale !== 'en-US';
  return {
    hostName: host.name,
    timeScale: spec.timeScale ?? 1,
    perQueryMs: spec.latency?.perQueryMs ?? 0,
    perRowMs: spec.latency?.perRowMs ?? 0,
    savedCode: otherCodes ? 32_769 : 6,
    pausedCode: otherCodes ? 32_768 : 9,
    texts: hostTexts(locale),
    services: hostServices(locale),
    classes: cimClasses,
    profiles: profiles.list,
    vms,
    faults: (spec.faults ?? [])
      .filter((fault) => fault.host === undefined || fault.host === host.name)
      .map(({ kind, on = '', vm = '', code = 0 }) => ({ kind, on, vm, code })),
  };
}

/** Profiles are sent once, however many VMs share one. */
class Profiles {
  readonly list: GuestProfile[] = [];
  readonly #index = new Map<string, number>();

  add(profile: GuestProfile): number {
    const text = JSON.stringify(profile);
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    this.#index.set(text, this.list.length);
    return this.list.push(profile) - 1;
  }
}

function describedVm(vm: LabVm, random: Random, profiles: Profiles): VmRow {
  const kind = guestProfile(vm.guest ?? newcomer);
  // The seed moves on even when the id is given, so that adding an id to one VM does not change the others.
  const id = random.guid();
  const profile = profiles.add({
    ...kind,
    enabled: withServices(kind.enabled, vm.services ?? {}),
    shutdown: vm.shutdown ?? kind.shutdown,
    shutdownMs: vm.shutdownMs ?? kind.shutdownMs,
    startMs: vm.startMs ?? kind.startMs,
    startError: vm.startError ?? kind.startError,
    notes: vm.notes ?? kind.notes,
    addresses: vm.addresses ?? kind.addresses,
    fullyQualifiedDomainName: vm.fullyQualifiedDomainName ?? kind.fullyQualifiedDomainName,
    checkpoints: vm.checkpoints ?? kind.checkpoints,
  });
  const state = vm.state ?? 'running';
  return [
    vm.name,
    (vm.id ?? id).toLowerCase(),
    profile,
    stateCodes[state],
    vm.processors ?? 2,
    vm.memoryMB ?? 4096,
    vm.uptimeSeconds ?? (state === 'off' ? 0 : 86_400),
  ];
}

/** What generated VMs are for, and what they run. The first word becomes part of the name. */
const roles: readonly (readonly [string, GuestKind])[] = [
  ['web', 'ubuntu'],
  ['app', 'windowsServer2025'],
  ['sql', 'windowsServer2019'],
  ['desk', 'windows11'],
  ['build', 'debian'],
  ['cache', 'alpine'],
];

/** Of a hundred VMs about 70 run, 20 are off, 6 saved and 4 paused. */
function generatedState(random: Random): number {
  const share = random.next(100);
  if (share < 70) return stateCodes.running;
  if (share < 90) return stateCodes.off;
  return share < 96 ? stateCodes.saved : stateCodes.paused;
}

function generatedVm(number: number, random: Random, profiles: Profiles): VmRow {
  const [role, kind] = roles[random.next(roles.length)] ?? ['app', newcomer];
  const guest = guestProfile(kind);
  // One in eight has time synchronization off, one in four the guest service interface on.
  const changes = { timeSynchronization: random.next(8) !== 0, guestServiceInterface: random.next(4) === 0 };
  const profile = profiles.add({ ...guest, enabled: withServices(guest.enabled, changes) });
  const state = generatedState(random);
  return [
    `${role}-${String(number).padStart(4, '0')}`,
    random.guid(),
    profile,
    state,
    1 << random.next(5),
    1024 << random.next(6),
    state === stateCodes.off ? 0 : 60 + random.next(2_592_000),
  ];
}
