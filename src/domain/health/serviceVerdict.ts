// What is true about one integration service of a VM: a verdict over the facts, with the evidence it rests on. Pure; what
// cannot be known is `unknown` with its cause, never a guess. The words are in serviceVerdictTexts.ts.
import { actionRefusal } from '../allowedActions';
import type { IntegrationServiceKey } from '../integrationServices';
import { isTransitional } from '../powerStates';
import type { VmRecord } from '../vm';
import { guestFamily } from './guestFamily';
import type { GuestFamily } from './guestFamily';
import { guestPart } from './guestParts';
import { looksLikeMissingDaemons } from './serviceReasons';

export type ServiceCondition =
  | 'works'
  /** An older protocol was agreed upon, which works. */
  | 'worksOlder'
  /** Heartbeat only: the guest's system answers and says that a program is in trouble. */
  | 'applicationsCritical'
  /** Heartbeat only, beside an OK: it timed out, or could not be sent. */
  | 'unsteady'
  | 'silent'
  /** No contact, and guests of this family have no such part. */
  | 'noPart'
  | 'lost'
  | 'failing'
  | 'disabled'
  /** The one service which Hyper-V itself leaves disabled. */
  | 'disabledByDefault'
  | UnknownBecause;

/** Why nobody can tell. */
export type UnknownBecause =
  | 'notReported'
  | 'off'
  | 'saved'
  | 'paused'
  | 'changing'
  | 'stateNotKnown'
  | 'starting'
  | 'noStatus'
  | 'statusNotKnown';

/**
 * `good`: as it should be. `benign`: unusual, and no fault. `chosen`: somebody decided so. `attention`: something does not
 * work. `unknown`: nobody can tell now.
 */
export type Tone = 'good' | 'benign' | 'chosen' | 'attention' | 'unknown';

export interface ServiceVerdict {
  readonly service: IntegrationServiceKey;
  readonly condition: ServiceCondition;
  readonly tone: Tone;
  readonly family: GuestFamily;
  /** What the kernel of a Linux guest does answers, and what its daemons do is silent. */
  readonly daemonsMissing: boolean;
  /** Whether the host takes a change of its setting now. */
  readonly changeable: boolean;
}

/**
 * Guests need seconds for their first contact (Linux) or up to minutes (Windows that installs updates); before that "no
 * contact" says nothing. Our choice: the slowest start that anybody would call a start.
 */
const startingMs = 180_000;

/** Secondary statuses: page of Msvm_HeartbeatComponent. */
const protocolMismatch = 32_775;
const applicationCritical = 32_782;
const timedOut = 32_783;
const communicationFailed = 32_784;

/** A service that is enabled finds its part in a guest that runs within seconds; our choice of how many are many. */
const findingMs = 30_000;

/** @param enabledAgoMs since it was seen to be enabled; undefined when that was before the VM was first seen */
export function serviceVerdict(vm: VmRecord, service: IntegrationServiceKey, enabledAgoMs?: number): ServiceVerdict {
  const family = guestFamily(vm.guest.osName);
  const isFinding = enabledAgoMs !== undefined && enabledAgoMs < findingMs;
  const found = conditionOf(vm, service, family);
  const condition = found === 'silent' && isFinding ? 'starting' : found;
  return {
    service,
    condition,
    tone: tones[condition],
    family,
    daemonsMissing: looksLikeMissingDaemons(vm),
    changeable: actionRefusal(vm, 'toggleService') === undefined,
  };
}

function conditionOf(vm: VmRecord, key: IntegrationServiceKey, family: GuestFamily): ServiceCondition {
  const { enabled } = vm.services[key];
  if (enabled === null) return 'notReported';
  // Its status goes on saying OK, which would only mislead.
  if (!enabled) return key === 'guestServiceInterface' ? 'disabledByDefault' : 'disabled';
  return stateCause(vm) ?? answerOf(vm, key, family);
}

/** Why a guest cannot be expected to answer. */
function stateCause({ state }: VmRecord): UnknownBecause | undefined {
  if (state === 'running') return undefined;
  if (state === 'off' || state === 'saved' || state === 'paused') return state;
  return isTransitional(state) ? 'changing' : 'stateNotKnown';
}

function answerOf(vm: VmRecord, key: IntegrationServiceKey, family: GuestFamily): ServiceCondition {
  const { status, secondary } = vm.services[key];
  switch (status) {
    case 'ok':
      if (secondary === applicationCritical) return 'applicationsCritical';
      if (secondary === timedOut || secondary === communicationFailed) return 'unsteady';
      return secondary === protocolMismatch ? 'worksOlder' : 'works';
    case 'degraded':
      return 'worksOlder';
    case 'noContact':
      if (family !== 'notKnown' && guestPart(key, family).from === 'none') return 'noPart';
      return isStarting(vm) ? 'starting' : 'silent';
    case 'lostCommunication':
      return 'lost';
    case 'error':
    case 'nonRecoverableError':
      return 'failing';
    case 'paused':
      return 'paused';
    case 'unknown':
      return 'statusNotKnown';
    case null:
      return 'noStatus';
  }
}

/** An uptime that nobody knows is no reason to call a silent guest young. */
function isStarting({ uptimeMs }: Pick<VmRecord, 'uptimeMs'>): boolean {
  return uptimeMs !== null && uptimeMs < startingMs;
}

const tones: Readonly<Record<ServiceCondition, Tone>> = {
  works: 'good',
  worksOlder: 'benign',
  applicationsCritical: 'attention',
  unsteady: 'attention',
  silent: 'attention',
  noPart: 'benign',
  lost: 'attention',
  failing: 'attention',
  disabled: 'chosen',
  disabledByDefault: 'benign',
  notReported: 'unknown',
  off: 'unknown',
  saved: 'unknown',
  paused: 'unknown',
  changing: 'unknown',
  stateNotKnown: 'unknown',
  starting: 'unknown',
  noStatus: 'unknown',
  statusNotKnown: 'unknown',
};
