// What was seen of the heartbeats of VMs since their hosts were first read in this window: changes with their times, and who
// lost contact while running. Pure: times are passed in; ContactWatch feeds it with what the store says.
import { isAnswering } from '../heartbeat';
import type { HeartbeatStatus } from '../heartbeat';
import { integrationServiceKeys } from '../integrationServices';
import type { IntegrationServiceKey } from '../integrationServices';
import type { VmState } from '../powerStates';
import type { VmId, VmRecord } from '../vm';

/** Enough for a day of trouble; of a VM that changes more often the oldest are forgotten. */
const keptChanges = 50;

/**
 * A guest that is shut down or restarted from within stops answering while its VM still runs. After this long it is neither:
 * longer than Windows takes to close its services, shorter than anybody waits.
 */
export const silenceMs = 60_000;

export interface ContactChange {
  /** When this window saw it, milliseconds since 1970; the change itself was at most one reading earlier. */
  readonly atMs: number;
  readonly state: VmState;
  readonly heartbeat: HeartbeatStatus | null;
}

export interface SeenVm {
  /** Oldest first; the first one is what was seen first, or the oldest that is still known. */
  readonly changes: readonly ContactChange[];
  /** Changes before these were forgotten. */
  readonly forgotten: number;
  /** Since when each service has been as it is; missing when it has been so since the VM was first seen. */
  readonly servicesSince: ReadonlyMap<IntegrationServiceKey, number>;
  /** When somebody enabled it; missing when that was before the VM was first seen. */
  readonly enabledAt: ReadonlyMap<IntegrationServiceKey, number>;
  readonly firstSeenMs: number;
}

export interface LostVm {
  readonly hostId: string;
  readonly vmId: VmId;
  /** When it was seen to be silent. */
  readonly sinceMs: number;
}

interface Track {
  readonly changes: ContactChange[];
  forgotten: number;
  readonly firstSeenMs: number;
  readonly servicesSince: Map<IntegrationServiceKey, number>;
  readonly enabledAt: Map<IntegrationServiceKey, number>;
  last: VmRecord;
  /** The guest answered since the VM started. */
  answered: boolean;
  /** Runs, and does not answer any more. */
  silentSinceMs: number | undefined;
}

export class HeartbeatHistory {
  readonly #hosts = new Map<string, Map<VmId, Track>>();

  note(hostId: string, vm: VmRecord, atMs: number): void {
    // What is not read yet would look like a change once it is.
    if (vm.partial === true) return;
    let vms = this.#hosts.get(hostId);
    if (vms === undefined) this.#hosts.set(hostId, (vms = new Map<VmId, Track>()));
    const known = vms.get(vm.id);
    if (known?.last === vm) return;
    const track = known ?? newTrack(vm, atMs);
    if (known === undefined) vms.set(vm.id, track);
    else addChanges(track, vm, atMs);
    followContact(track, vm, atMs);
    track.last = vm;
  }

  /** The host no longer has it. */
  forget(hostId: string, vmId: VmId): void {
    this.#hosts.get(hostId)?.delete(vmId);
  }

  retainHosts(hostIds: ReadonlySet<string>): void {
    for (const hostId of this.#hosts.keys()) if (!hostIds.has(hostId)) this.#hosts.delete(hostId);
  }

  of(hostId: string, vmId: VmId): SeenVm | undefined {
    return this.#hosts.get(hostId)?.get(vmId);
  }

  /** VMs that run and lost contact: not those that boot, were paused, shut down, or have their heartbeat disabled. */
  lost(nowMs: number): readonly LostVm[] {
    return this.#silent().filter(({ sinceMs, certain }) => certain || nowMs - sinceMs >= silenceMs);
  }

  /** When the next VM will have been silent for long enough; undefined when none is on its way. */
  nextLossMs(nowMs: number): number | undefined {
    const waiting = this.#silent().filter(({ sinceMs, certain }) => !certain && nowMs - sinceMs < silenceMs);
    return waiting.length === 0 ? undefined : Math.min(...waiting.map(({ sinceMs }) => sinceMs)) + silenceMs;
  }

  #silent(): (LostVm & { readonly certain: boolean })[] {
    const found: (LostVm & { readonly certain: boolean })[] = [];
    for (const [hostId, vms] of this.#hosts) {
      for (const [vmId, { silentSinceMs, last }] of vms) {
        if (silentSinceMs === undefined) continue;
        found.push({ hostId, vmId, sinceMs: silentSinceMs, certain: last.heartbeat === 'lostCommunication' });
      }
    }
    return found;
  }
}

function newTrack(vm: VmRecord, atMs: number): Track {
  return {
    changes: [changeOf(vm, atMs)],
    forgotten: 0,
    firstSeenMs: atMs,
    servicesSince: new Map(),
    enabledAt: new Map(),
    last: vm,
    answered: false,
    silentSinceMs: undefined,
  };
}

function changeOf({ state, heartbeat }: VmRecord, atMs: number): ContactChange {
  return { atMs, state, heartbeat };
}

function addChanges(track: Track, vm: VmRecord, atMs: number): void {
  const { last, changes } = track;
  for (const key of integrationServiceKeys) {
    const before = last.services[key];
    const after = vm.services[key];
    if (before.enabled !== after.enabled || before.status !== after.status) track.servicesSince.set(key, atMs);
    if (before.enabled === false && after.enabled === true) track.enabledAt.set(key, atMs);
  }
  if (last.state === vm.state && last.heartbeat === vm.heartbeat && !hasRestarted(last, vm)) return;
  changes.push(changeOf(vm, atMs));
  if (changes.length <= keptChanges) return;
  changes.shift();
  track.forgotten += 1;
}

/** Its uptime fell: it started anew between two looks. */
function hasRestarted(before: VmRecord, after: VmRecord): boolean {
  return before.uptimeMs !== null && after.uptimeMs !== null && after.uptimeMs < before.uptimeMs;
}

const startsAnew: ReadonlySet<VmState> = new Set(['off', 'saved', 'starting', 'stopping', 'saving', 'resetting']);

function followContact(track: Track, vm: VmRecord, atMs: number): void {
  const { state, heartbeat } = vm;
  if (startsAnew.has(state) || hasRestarted(track.last, vm)) track.answered = false;
  if (state !== 'running' || heartbeat === null) {
    track.silentSinceMs = undefined;
    return;
  }
  if (isAnswering(heartbeat)) track.answered = true;
  const silent = heartbeat === 'lostCommunication' || (heartbeat === 'noContact' && track.answered);
  track.silentSinceMs = silent ? (track.silentSinceMs ?? atMs) : undefined;
}
