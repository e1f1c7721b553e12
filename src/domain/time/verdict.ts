// Who sets the clock of a guest and whether that is well: the verdict over the facts, with its reasons. Pure; what cannot be
// known is "unknown" with its cause, never a guess. The words are in verdictTexts.ts.
import type { ServiceCondition, Tone } from '../health/serviceVerdict';
import { serviceVerdict } from '../health/serviceVerdict';
import type { GuestSilence, TimeFacts } from './facts';
import { hostPtpClock } from './linuxClock';
import { conflict, hostHand, setBy } from './masters';
import type { Conflict, HostHand, SetBy } from './masters';
import { hasGoodClock, roleAdvice, roleOf } from './roleAdvice';
import type { Role, RoleAdvice } from './roleAdvice';

/** Up to here nobody notices. */
const fineMs = 1_000;
/** Kerberos refuses sign-ins from here on ("Maximum tolerance for computer clock synchronization", 5 minutes). */
const kerberosMs = 300_000;
/** A guest that missed a sleep of its host is late by at least as much; less may be anything. */
const sleptMs = 5_000;

/** `unclear`: the measurement is no better than this. */
export type OffsetJudgement = 'fine' | 'off' | 'far' | 'unclear' | 'unknown';

/** Why a guest's clock may be wrong although everything is as it should be. */
export type LateCause = 'hostSlept' | 'vmResumed';

/** What is not known, and why. */
export type TimeUnknown =
  | { readonly about: 'guest'; readonly why: GuestSilence; readonly problem?: string; readonly quote?: string }
  /** @param quote in words, with names in it */
  | { readonly about: 'host'; readonly quote?: string }
  | { readonly about: 'hostSource' | 'guestSource' | 'provider' | 'role' | 'offset' | 'guestBuild' }
  | { readonly about: 'rootDomain' };

export type TimeAction = 'enableService' | 'disableService' | 'restartService' | 'resync' | 'copyChrony' | 'copyUdev';

export interface TimeVerdict {
  readonly tone: Tone;
  readonly service: ServiceCondition;
  readonly setBy: SetBy;
  readonly hand: HostHand;
  readonly conflict: Conflict;
  readonly offset: OffsetJudgement;
  readonly lateCause: LateCause | null;
  readonly role: Role;
  readonly advice: RoleAdvice;
  /** The host's own clock follows somebody; null when nobody knows. */
  readonly hostIsGood: boolean | null;
  readonly unknowns: readonly TimeUnknown[];
  /** Offered, never done by themselves; the first is the one to try. */
  readonly actions: readonly TimeAction[];
}

export function timeVerdict(facts: TimeFacts): TimeVerdict {
  const parts: Omit<TimeVerdict, 'tone' | 'actions'> = {
    service: serviceVerdict(facts.vm, 'timeSynchronization').condition,
    setBy: setBy(facts),
    hand: hostHand(facts),
    conflict: conflict(facts),
    offset: offsetJudgement(facts),
    lateCause: lateCause(facts),
    role: roleOf(facts),
    advice: roleAdvice(facts),
    hostIsGood: facts.host === undefined || facts.host.source.kind === 'unknown' ? null : hasGoodClock(facts.host),
    unknowns: unknowns(facts),
  };
  const toned = tone(parts);
  return { ...parts, tone: toned, actions: actions(facts, parts, toned) };
}

function offsetJudgement({ guest }: TimeFacts): OffsetJudgement {
  if (guest.kind !== 'read' || guest.offset === null) return 'unknown';
  const { offsetMs, uncertaintyMs } = guest.offset;
  const [least, most] = [Math.abs(offsetMs) - uncertaintyMs, Math.abs(offsetMs) + uncertaintyMs];
  if (least > kerberosMs) return 'far';
  if (least > fineMs) return 'off';
  return most <= fineMs ? 'fine' : 'unclear';
}

/** Its clock is late, and there is a sleep that it may have missed. */
function lateCause({ guest, host, vm, resumedAtMs }: TimeFacts): LateCause | null {
  if (guest.kind !== 'read' || guest.offset === null) return null;
  if (guest.offset.offsetMs + guest.offset.uncertaintyMs > -sleptMs) return null;
  if (resumedAtMs !== null) return 'vmResumed';
  const wokeAtMs = host?.wokeAtMs ?? null;
  if (host === undefined || wokeAtMs === null || vm.uptimeMs === null) return null;
  return host.nowMs - wokeAtMs < vm.uptimeMs ? 'hostSlept' : null;
}

function unknowns({ guest, host, hostProblem, vm }: TimeFacts): readonly TimeUnknown[] {
  const found: TimeUnknown[] = [];
  if (host === undefined) found.push({ about: 'host', ...(hostProblem !== undefined && { quote: hostProblem }) });
  else if (host.source.kind === 'unknown') found.push({ about: 'hostSource' });
  if (guest.kind === 'silent') {
    const { why, problem, quote } = guest;
    found.push({
      about: 'guest',
      why,
      ...(problem !== undefined && { problem }),
      ...(quote !== undefined && { quote }),
    });
    return found;
  }
  const { clock } = guest;
  if (setBy({ guest, host, vm, resumedAtMs: null }).by === 'unknown') found.push({ about: 'guestSource' });
  if (clock.kind === 'windows') {
    if (clock.hostProvider === null) found.push({ about: 'provider' });
    if (clock.domainRole === null) found.push({ about: 'role' });
    if (clock.domainRole === 5) found.push({ about: 'rootDomain' });
    if (clock.build === null) found.push({ about: 'guestBuild' });
  }
  if (guest.offset === null) found.push({ about: 'offset' });
  return found;
}

function tone({
  setBy: set,
  conflict: fight,
  offset,
  advice,
  service,
  hostIsGood,
  hand,
}: Omit<TimeVerdict, 'tone' | 'actions'>): Tone {
  const bad: readonly boolean[] = [
    fight === 'fighting' || fight === 'circle',
    offset === 'off' || offset === 'far',
    advice === 'disable' || advice === 'circle' || advice === 'hostNotGood',
    set.by === 'nobody',
    set.by === 'host' && hostIsGood === false,
    service === 'silent' || service === 'lost' || service === 'failing',
  ];
  if (bad.includes(true)) return 'attention';
  if (set.by === 'unknown') return 'unknown';
  if (hand === 'never') return 'chosen';
  return fight === 'weighed' || advice === 'pagesDisagree' || advice === 'mayKeep' || hand === 'atStart'
    ? 'benign'
    : 'good';
}

/** Where nothing is wrong, nothing is offered but what would make it better. */
function actions(
  { guest, vm }: TimeFacts,
  verdict: Omit<TimeVerdict, 'tone' | 'actions'>,
  toned: Tone,
): readonly TimeAction[] {
  const { enabled } = vm.services.timeSynchronization;
  const { advice, offset, conflict: fight, setBy: set, lateCause: late, service } = verdict;
  const isOff = offset === 'off' || offset === 'far';
  const isMute = service === 'silent' || service === 'lost' || service === 'failing';
  const found: TimeAction[] = [];
  const offer = (action: TimeAction, wanted: boolean): void => {
    if (wanted && !found.includes(action)) found.push(action);
  };
  offer(
    'disableService',
    enabled === true && (advice === 'disable' || advice === 'circle' || advice === 'hostNotGood'),
  );
  offer('resync', isOff && canResync(guest));
  offer('restartService', enabled === true && fight !== 'circle' && (late !== null || (isOff && !canResync(guest))));
  offer('enableService', enabled === false && set.by === 'nobody' && advice === 'none');
  if (guest.kind === 'read' && guest.clock.kind === 'linux' && hostPtpClock(guest.clock) !== undefined) {
    offer('copyChrony', enabled === true && set.by !== 'host' && advice === 'none');
    offer('copyUdev', enabled === true && guest.clock.stableName === false);
  }
  // Where the clocks agree, setting one changes nothing but for a guest that has lost all its sources.
  offer('resync', toned === 'attention' && (offset !== 'fine' || set.by === 'nobody') && canResync(guest));
  // Never where it would leave a guest to nobody; daemons of Linux fight with each other.
  const isWindows = guest.kind === 'read' && guest.clock.kind === 'windows';
  offer('disableService', enabled === true && ((fight === 'fighting' && isWindows) || isMute));
  offer('enableService', toned === 'attention' && enabled === false && advice === 'none');
  return found;
}

/** There is somebody in the guest who can be told to set its clock. */
function canResync(guest: TimeFacts['guest']): boolean {
  if (guest.kind !== 'read') return false;
  const { clock } = guest;
  if (clock.kind === 'windows') return clock.running !== false;
  return (
    clock.chrony !== null || (clock.daemons ?? []).some((name) => name === 'chronyd' || name === 'systemd-timesyncd')
  );
}
