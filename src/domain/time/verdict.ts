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
  | { readonly about: 'guest'; readonly why: GuestSilence; readonly problem?: string }
  | { readonly about: 'host'; readonly problem: string }
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
  if (host === undefined) found.push({ about: 'host', problem: hostProblem ?? '' });
  else if (host.source.kind === 'unknown') found.push({ about: 'hostSource' });
  if (guest.kind === 'silent') {
    const { why, problem } = guest;
    found.push({ about: 'guest', why, ...(problem !== undefined && { problem }) });
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
  const { advice, offset, conflict: fight, setBy: set, lateCause: late } = verdict;
  const isWrong = toned === 'attention';
  const found: TimeAction[] = [];
  const offer = (action: TimeAction, wanted: boolean): void => {
    if (wanted && !found.includes(action)) found.push(action);
  };
  offer(
    'disableService',
    enabled === true && (advice === 'disable' || advice === 'circle' || advice === 'hostNotGood'),
  );
  offer('resync', guest.kind === 'read' && (offset === 'off' || offset === 'far'));
  offer('restartService', enabled === true && late !== null && fight !== 'circle');
  offer('enableService', enabled === false && set.by === 'nobody' && advice === 'none');
  if (guest.kind === 'read' && guest.clock.kind === 'linux' && hostPtpClock(guest.clock) !== undefined) {
    offer('copyChrony', enabled === true && set.by !== 'host' && advice === 'none');
    offer('copyUdev', enabled === true && guest.clock.stableName === false);
  }
  offer('resync', isWrong && guest.kind === 'read');
  offer('disableService', isWrong && enabled === true);
  offer('enableService', isWrong && enabled === false);
  return found;
}
