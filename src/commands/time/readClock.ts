// Collects what is known about the clocks of some VMs: each host is asked once, and each guest in the way that was allowed.
import { HyperVError } from '../../domain/errors';
import type { GuestAnswer, HostClock, TimeFacts } from '../../domain/time/facts';
import { guestSilence } from '../../domain/time/guestSilence';
import type { VmHealth } from '../../domain/health/facts';
import type { VmRecord } from '../../domain/vm';
import type { HostId } from '../../hyperv/hosts';
import type { CommandContext } from '../commandContext';
import { problemText, readEach } from '../reportReading';
import type { Asking, Attempt } from '../reportReading';
import type { VmTarget } from '../targets';
import { wayWith } from './consent';
import type { Consent } from './consent';

export interface ClockReading {
  readonly target: VmTarget;
  readonly facts: TimeFacts;
  /** The record is the one of an earlier reading; this says why. */
  readonly vmProblem: string | undefined;
}

/** A VM that goes on runs a little longer than since its last change of state, as both are rounded. */
const roundingMs = 5_000;

/** @returns undefined when it was cancelled */
export function readClocks(
  context: CommandContext,
  targets: readonly VmTarget[],
  consent: Consent,
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<readonly ClockReading[] | undefined> {
  const hosts = new Map<HostId, Promise<Attempt<HostClock>>>();
  // Whoever gives no password for one guest is not asked for those of the others.
  const guests = { passwords: true };
  const hostOf = (target: VmTarget, asking: Asking): Promise<Attempt<HostClock>> => {
    const { hostId, vm } = target;
    const known = hosts.get(hostId);
    if (known !== undefined) return known;
    const reading = asking.attempt(target, () => context.details.readHostTime(hostId, vm.id, signal));
    hosts.set(hostId, reading);
    return reading;
  };
  return readEach(context, targets, tell, signal, async (target, reading, asking) => {
    const { hostId, vm } = target;
    const [record, health, host] = await Promise.all([
      reading,
      asking.attempt(target, () => context.details.readHealth(hostId, vm.id, signal)),
      hostOf(target, asking),
    ]);
    const now = record.value ?? context.store.vm(hostId, vm.id) ?? vm;
    const guest = await readGuest(context, { ...target, vm: now }, consent, guests, signal);
    if (signal.aborted) return undefined;
    const facts: TimeFacts = {
      vm: now,
      host: host.value,
      hostProblem: host.problem,
      guest,
      resumedAtMs: resumedAt(now, health.value),
    };
    return { target: { ...target, vm: now }, facts, vmProblem: record.problem };
  });
}

async function readGuest(
  { details }: CommandContext,
  { hostId, vm }: VmTarget,
  consent: Consent,
  asked: { passwords: boolean },
  signal: AbortSignal,
): Promise<GuestAnswer> {
  const way = wayWith(consent, vm);
  if (typeof way === 'string') return { kind: 'silent', why: way };
  if (way.kind === 'powershellDirect' && !asked.passwords) return { kind: 'silent', why: 'notAsked' };
  try {
    return { kind: 'read', ...(await details.readGuestTime(hostId, { id: vm.id, name: vm.name }, way, signal)) };
  } catch (error) {
    if (HyperVError.is(error, 'credentialMissing')) {
      asked.passwords = false;
      return { kind: 'silent', why: 'notAsked' };
    }
    const silence = guestSilence(HyperVError.from(error), way.kind);
    const quote = silence.problem === undefined ? problemText(error, vm.name, vm.name) : undefined;
    return { kind: 'silent', ...(quote !== undefined && { quote }), ...silence };
  }
}

/** Its state changed since it was started: it was saved or paused, and goes on. */
export function resumedAt({ state, uptimeMs }: VmRecord, health: VmHealth | undefined): number | null {
  const { stateSinceMs = null, nowMs = null } = health ?? {};
  if (state !== 'running' || uptimeMs === null || stateSinceMs === null || nowMs === null) return null;
  return nowMs - stateSinceMs < uptimeMs - roundingMs ? stateSinceMs : null;
}
