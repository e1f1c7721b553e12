// Turns one host of a lab's description into the data its simulation starts from: plain, complete, and compact.
import { cimClasses } from './cimClasses';
import { hostClocks } from './clocks';
import { faultTargets } from './faultTargets';
import { generatedVm, newcomer, stateCodes } from './generatedVms';
import { Profiles } from './profileList';
import { guestProfile, withServices } from './profiles';
import { hostSeed, seededRandom } from './random';
import { hostServices, hostTexts } from './texts';
import type { CimClassRow } from './cimClasses';
import type { HostClockData } from './clocks';
import type { LabExchange, LabHostSpec, LabSpec, LabVm } from './labSpec';
import type { GuestProfile } from './profiles';
import type { VmRow } from './generatedVms';
import type { Random } from './random';

/** Data exchange of one VM, for the few that have one of their own. Pairs: name, data. */
export interface HostExchange {
  /** Number of the VM in `vms`. */
  readonly vm: number;
  /** Bytes; 0: what Hyper-V allows. */
  readonly valueLimit: number;
  readonly external: readonly HostPair[];
  readonly guest: readonly HostPair[];
  readonly hostOnly: readonly HostPair[];
  /** Virtual ms until the first turn and between turns (0: once), pool, name, data, whether the pair is removed. */
  readonly later: readonly (readonly [number, number, string, string, string, boolean])[];
}

/** Checkpoints of one VM, where its description says more than their number. */
export interface HostCheckpoints {
  /** Number of the VM in `vms`. */
  readonly vm: number;
  /** Name, number of the one before (0 for none), memory, automatic, hours ago. */
  readonly rows: readonly (readonly [string, number, boolean, boolean, number])[];
  /** Number of the one from which the VM goes on; 0: the last. */
  readonly current: number;
  readonly mergeMs: number;
  readonly deleteError: number;
}

/** A guest as a place for files, for those that are not like others. */
export interface HostFiles {
  /** Number of the VM in `vms`. */
  readonly vm: number;
  readonly there: readonly string[];
  readonly readOnly: readonly string[];
  readonly freeMB: number;
  readonly msPerMB: number;
  /** 0: never. */
  readonly breaksAtPercent: number;
}

type HostPair = readonly [name: string, data: string];

export interface HostFault {
  readonly kind: string;
  readonly on: string;
  readonly vm: string;
  readonly code: number;
}

/** Real milliseconds that the host takes; see labSpec.ts. */
interface HostLatency {
  readonly perQueryMs: number;
  readonly perRowMs: number;
  readonly perCmdletMs: number;
  readonly perVmMs: number;
  readonly moduleLoadMs: number;
}

/** What `New-SessionPreludeState` gets. Every field is always there; lists of pairs stand for maps. */
export interface HostData extends HostLatency {
  readonly hostName: string;
  readonly timeScale: number;
  /** Hosts report saved as 6 or 32769 and paused as 9 or 32768; both are seen, so the lab has hosts of both kinds. */
  readonly savedCode: number;
  readonly pausedCode: number;
  readonly texts: readonly (readonly [string, string])[];
  readonly services: readonly (readonly [string, string, string, string])[];
  readonly classes: readonly CimClassRow[];
  readonly profiles: readonly GuestProfile[];
  readonly vms: readonly VmRow[];
  readonly exchange: readonly HostExchange[];
  readonly checkpoints: readonly HostCheckpoints[];
  readonly clocks: readonly HostClockData[];
  readonly files: readonly HostFiles[];
  /** What `lab.fault` may name. */
  readonly faultTargets: readonly string[];
  readonly faults: readonly HostFault[];
}

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
    ...latencyOf(spec),
    savedCode: otherCodes ? 32_769 : 6,
    pausedCode: otherCodes ? 32_768 : 9,
    texts: hostTexts(locale),
    services: hostServices(locale),
    classes: cimClasses,
    profiles: profiles.list,
    vms,
    exchange: (host.vms ?? []).flatMap(({ exchange }, vm) => (exchange ? [hostExchange(vm, exchange)] : [])),
    checkpoints: (host.vms ?? []).flatMap(hostCheckpoints),
    clocks: hostClocks(host),
    files: (host.vms ?? []).flatMap(hostFiles),
    faultTargets,
    faults: (spec.faults ?? [])
      .filter((fault) => fault.host === undefined || fault.host === host.name)
      .map(({ kind, on = '', vm = '', code = 0 }) => ({ kind, on, vm, code })),
  };
}

function latencyOf({ latency = {} }: LabSpec): HostLatency {
  const { perQueryMs = 0, perRowMs = 0 } = latency;
  const { perCmdletMs = perQueryMs, perVmMs = perRowMs, moduleLoadMs = 0 } = latency;
  return { perQueryMs, perRowMs, perCmdletMs, perVmMs, moduleLoadMs };
}

function hostExchange(vm: number, exchange: LabExchange): HostExchange {
  const rows = (pairs: LabExchange['guest'] = []): HostPair[] => pairs.map(({ name, data }) => [name, data]);
  return {
    vm,
    valueLimit: exchange.valueLimit ?? 0,
    external: rows(exchange.external),
    guest: rows(exchange.guest),
    hostOnly: rows(exchange.hostOnly),
    later: (exchange.later ?? []).map(({ afterMs, everyMs = 0, pool, name, data = '', remove = false }) => [
      afterMs,
      everyMs,
      pool,
      name,
      data,
      remove,
    ]),
  };
}

function hostCheckpoints(
  { checkpointTree = [], currentCheckpoint = 0, mergingMs = 0, deleteError = 0 }: LabVm,
  vm: number,
): HostCheckpoints[] {
  if (checkpointTree.length === 0 && mergingMs === 0 && deleteError === 0) return [];
  const rows = checkpointTree.map(
    ({ name, after = 0, memory = false, automatic = false, hoursAgo = 0 }) =>
      [name, after, memory, automatic, hoursAgo] as const,
  );
  return [{ vm, rows, current: currentCheckpoint, mergeMs: mergingMs, deleteError }];
}

function hostFiles({ files }: LabVm, vm: number): HostFiles[] {
  if (files === undefined) return [];
  const { there = [], readOnly = [], freeMB = 10_240, msPerMB = 20, breaksAtPercent = 0 } = files;
  return [{ vm, there, readOnly, freeMB, msPerMB, breaksAtPercent }];
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
    checkpointDays: vm.checkpointDays ?? kind.checkpointDays,
    backupCheckpoints: vm.backupCheckpoints ?? kind.backupCheckpoints,
    checkpointType: vm.checkpointType ?? kind.checkpointType,
    disks: vm.disks ?? kind.disks,
    screenError: vm.screenError ?? kind.screenError,
    screenMs: vm.screenMs ?? kind.screenMs,
    replication: vm.replication ? [vm.replication.mode, vm.replication.state, vm.replication.health] : kind.replication,
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
