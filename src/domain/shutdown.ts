// Asking a guest to shut down or to restart, as a state machine: asking, waiting and forcing are three things, and only a
// person forces. Pure: commands/shutdownRun feeds what the host said and what the person chose.
import { assertNever } from './assertNever';
import { nothingSeen, watchOn } from './restartWatch';
import { atRest, ended, factsOf, left, looked, onTime, waiting } from './shutdownSteps';
import type { GuestRequest, ShutdownEvent, ShutdownState, WaitingState } from './shutdownStates';

/** A shutdown component announces itself before its guest can act (openvmm pull 1174): younger guests get a second try. */
const youngGuestMs = 60_000;

/** From "not ready" to the second request to a young guest. */
const askAgainAfterMs = 5_000;

type StateOf<K extends ShutdownState['kind']> = Extract<ShutdownState, { kind: K }>;

/** @param uptimeMs of the VM, null if unknown */
export function startShutdown(
  atMs: number,
  request: GuestRequest = 'shutDown',
  uptimeMs: number | null = null,
): StateOf<'asking'> {
  const watch = request === 'restart' ? { watch: nothingSeen } : {};
  return {
    kind: 'asking',
    startedAtMs: atMs,
    force: false,
    mayAskAgain: uptimeMs !== null && uptimeMs < youngGuestMs,
    ...watch,
  };
}

/**
 * Events that mean nothing in a state leave it unchanged.
 * @param deadlineMs how long the guest is waited for before a person is asked, and again each time they wait on
 */
export function stepShutdown(state: ShutdownState, event: ShutdownEvent, deadlineMs: number): ShutdownState {
  switch (state.kind) {
    case 'asking':
      return stepAsking(state, event, deadlineMs);
    case 'askingSoon':
      return stepAskingSoon(state, event);
    case 'rereading':
      return stepRereading(state, event, deadlineMs);
    case 'waiting':
      return stepWaiting(state, event);
    case 'deadline':
      return stepDeadline(state, event, deadlineMs);
    case 'locked':
      return stepLocked(state, event);
    case 'ended':
      return state;
    default:
      return assertNever(state);
  }
}

function stepAsking(state: StateOf<'asking'>, event: ShutdownEvent, deadlineMs: number): ShutdownState {
  switch (event.kind) {
    case 'accepted':
      return waiting(state, event.atMs, deadlineMs, {});
    case 'failed':
      return refusedAsking(state, event, deadlineMs);
    case 'seen': {
      // Seen off before the guest answered: it went down by itself, and the answer is no longer needed.
      if (event.vm === null || event.vm.vmState === 'off') return atRest(state, event.atMs, event.vm) ?? state;
      // Before the request went out: what a restart is measured against.
      return state.watch === undefined ? state : { ...state, watch: watchOn(nothingSeen, event.vm) };
    }
    case 'cancelled':
      // Once it was sent nobody knows whether the guest got it: say that it may stand.
      return event.unsent === true ? ended({ kind: 'notAsked' }) : left(true, null);
    case 'tick':
    case 'chosen':
      return state;
    default:
      return assertNever(event);
  }
}

function refusedAsking(
  state: StateOf<'asking'>,
  event: Extract<ShutdownEvent, { kind: 'failed' }>,
  deadlineMs: number,
): ShutdownState {
  const facts = factsOf(state);
  if (event.outcome === 'unknown') return { kind: 'rereading', ...facts };
  if (event.reason === 'shutdownInProgress') return waiting(state, event.atMs, deadlineMs, { joined: true });
  if (event.reason === 'guestLocked') return { kind: 'locked', ...facts };
  if (event.reason === 'guestNotReady' && state.mayAskAgain)
    return { ...state, kind: 'askingSoon', mayAskAgain: false, askAtMs: event.atMs + askAgainAfterMs };
  return ended({ kind: 'refused', reason: event.reason });
}

function stepAskingSoon(state: StateOf<'askingSoon'>, event: ShutdownEvent): ShutdownState {
  if (event.kind === 'cancelled') return left(false, null);
  const rest = event.kind === 'seen' ? atRest(state, event.atMs, event.vm) : undefined;
  if (rest !== undefined) return rest;
  if (event.atMs < state.askAtMs) return state;
  return { kind: 'asking', ...factsOf(state), force: state.force, mayAskAgain: false };
}

function stepRereading(state: StateOf<'rereading'>, event: ShutdownEvent, deadlineMs: number): ShutdownState {
  switch (event.kind) {
    case 'seen': {
      const rest = atRest(state, event.atMs, event.vm);
      if (rest !== undefined) return rest;
      const uncertain = event.vm?.vmState !== 'stopping';
      return looked(waiting(state, event.atMs, deadlineMs, { uncertain }), event.vm);
    }
    case 'tick':
      // The host does not come back: hand the decision to the person instead of reading for ever.
      if (event.atMs - state.startedAtMs < deadlineMs) return state;
      return { ...waiting(state, event.atMs, 0, { uncertain: true }), kind: 'deadline' };
    case 'cancelled':
      return left(null, null);
    case 'failed':
      return ended({ kind: 'refused', reason: event.reason });
    case 'accepted':
    case 'chosen':
      return state;
    default:
      return assertNever(event);
  }
}

function stepWaiting(state: WaitingState, event: ShutdownEvent): ShutdownState {
  switch (event.kind) {
    case 'seen':
      return atRest(state, event.atMs, event.vm) ?? onTime(looked(state, event.vm), event.atMs);
    case 'tick':
      return onTime(state, event.atMs);
    case 'cancelled':
      return left(stands(state), state.seen);
    case 'accepted':
    case 'failed':
    case 'chosen':
      return state;
    default:
      return assertNever(event);
  }
}

function stepDeadline(state: StateOf<'deadline'>, event: ShutdownEvent, deadlineMs: number): ShutdownState {
  const elapsedMs = event.atMs - state.startedAtMs;
  switch (event.kind) {
    case 'chosen':
      if (event.choice === 'keepWaiting')
        return { ...state, kind: 'waiting', elapsedMs, deadlineAtMs: event.atMs + deadlineMs };
      if (event.choice === 'cutPower') return ended({ kind: 'cutPowerChosen' });
      return event.choice === 'leave' ? left(stands(state), state.seen) : state;
    case 'seen':
      // The question stays on the screen, but a guest that made it after all answers it.
      return atRest(state, event.atMs, event.vm) ?? { ...looked(state, event.vm), elapsedMs };
    case 'cancelled':
      return left(stands(state), state.seen);
    case 'tick':
      return { ...state, elapsedMs };
    case 'accepted':
    case 'failed':
      return state;
    default:
      return assertNever(event);
  }
}

/** A guest that goes down was asked, by us or by somebody else. */
function stands({ uncertain, seen }: Pick<WaitingState, 'uncertain' | 'seen'>): true | null {
  return uncertain && seen?.vmState !== 'stopping' ? null : true;
}

function stepLocked(state: StateOf<'locked'>, event: ShutdownEvent): ShutdownState {
  switch (event.kind) {
    case 'chosen':
      if (event.choice === 'force')
        return { kind: 'asking', ...factsOf(state), startedAtMs: event.atMs, force: true, mayAskAgain: false };
      return event.choice === 'leave' ? left(false, null) : state;
    case 'seen':
      return atRest(state, event.atMs, event.vm) ?? state;
    case 'cancelled':
      return left(false, null);
    case 'accepted':
    case 'failed':
    case 'tick':
      return state;
    default:
      return assertNever(event);
  }
}
