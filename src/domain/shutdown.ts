// The graceful shutdown as a state machine: asking, waiting and forcing are three things, and only a person forces.
// Pure: commands/shutDown runs it, feeding what the host said and what the person chose, and acts on the state it gets.
import { assertNever } from './assertNever';
import type { HyperVErrorReason } from './errors';
import type { HeartbeatStatus } from './heartbeat';
import { isTransitional } from './powerStates';
import type { VmState } from './powerStates';

/** As long as other tools wait for a guest by default (packer's shutdown_timeout); a person may go on waiting. */
export const shutdownDeadlineMs = 5 * 60_000;

/** What the host last said of the VM. */
export interface ShutdownSighting {
  readonly vmState: VmState;
  readonly heartbeat: HeartbeatStatus | null;
}

export type ShutdownState =
  /** The request is to be sent, or is on its way to the guest. */
  | { readonly kind: 'asking'; readonly startedAtMs: number; readonly force: boolean }
  /** The session was lost while asking: read the VM before anything is said. */
  | { readonly kind: 'rereading'; readonly startedAtMs: number }
  /** The guest was asked; poll the VM. */
  | WaitingState
  /** The guest took longer than the deadline; a person decides: keepWaiting, turnOff or leave. */
  | (Omit<WaitingState, 'kind'> & { readonly kind: 'deadline' })
  /** Somebody is logged on or the session is locked; a person decides: force or leave. */
  | { readonly kind: 'locked'; readonly startedAtMs: number }
  | { readonly kind: 'ended'; readonly result: ShutdownResult };

export interface WaitingState {
  readonly kind: 'waiting';
  readonly startedAtMs: number;
  /** Since the first request, on the caller's clock. */
  readonly elapsedMs: number;
  readonly deadlineAtMs: number;
  /** null until the host was read for the first time. */
  readonly seen: ShutdownSighting | null;
  /** A shutdown was already under way; this wait joined it. */
  readonly joined: boolean;
  /** The session was lost while asking and the VM still runs: the guest may never have heard of it. */
  readonly uncertain: boolean;
}

export type ShutdownResult =
  /** The host said `off`. */
  | { readonly kind: 'off'; readonly elapsedMs: number }
  /** The host or the guest said no. */
  | { readonly kind: 'refused'; readonly reason: HyperVErrorReason }
  /** The VM came to rest elsewhere (saved by somebody, for instance). */
  | { readonly kind: 'elsewhere'; readonly vmState: VmState }
  | { readonly kind: 'gone' }
  /** The person stopped waiting; a request which the guest accepted stands. */
  | { readonly kind: 'left'; readonly requestStands: boolean; readonly seen: ShutdownSighting | null }
  /** The person chose to cut the power: the caller asks for that as an action of its own. */
  | { readonly kind: 'turnOffChosen' };

export type ShutdownChoice = 'keepWaiting' | 'turnOff' | 'leave' | 'force';

export type ShutdownEvent =
  /** The guest took the request. Not a sign that it stopped. */
  | { readonly kind: 'accepted'; readonly atMs: number }
  /** The request failed; `unknown` outcome = the session was lost on the way. */
  | {
      readonly kind: 'failed';
      readonly atMs: number;
      readonly reason: HyperVErrorReason;
      readonly outcome: 'none' | 'unknown';
    }
  /** The host was read; null = the host no longer has this VM. */
  | { readonly kind: 'seen'; readonly atMs: number; readonly vm: ShutdownSighting | null }
  /** Time passed, or a read failed: neither says anything about the VM. */
  | { readonly kind: 'tick'; readonly atMs: number }
  | { readonly kind: 'chosen'; readonly atMs: number; readonly choice: ShutdownChoice }
  | { readonly kind: 'cancelled'; readonly atMs: number };

export function startShutdown(atMs: number): ShutdownState {
  return { kind: 'asking', startedAtMs: atMs, force: false };
}

/** Events that mean nothing in a state leave it unchanged. */
export function stepShutdown(
  state: ShutdownState,
  event: ShutdownEvent,
  deadlineMs = shutdownDeadlineMs,
): ShutdownState {
  switch (state.kind) {
    case 'asking':
      return stepAsking(state, event, deadlineMs);
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

type StateOf<K extends ShutdownState['kind']> = Extract<ShutdownState, { kind: K }>;

function stepAsking(state: StateOf<'asking'>, event: ShutdownEvent, deadlineMs: number): ShutdownState {
  switch (event.kind) {
    case 'accepted':
      return waiting(state.startedAtMs, event.atMs, deadlineMs, {});
    case 'failed':
      if (event.outcome === 'unknown') return { kind: 'rereading', startedAtMs: state.startedAtMs };
      if (event.reason === 'shutdownInProgress')
        return waiting(state.startedAtMs, event.atMs, deadlineMs, { joined: true });
      if (event.reason === 'guestLocked') return { kind: 'locked', startedAtMs: state.startedAtMs };
      return ended({ kind: 'refused', reason: event.reason });
    case 'seen': {
      // Seen off before the guest answered: it went down by itself, and the answer is no longer needed.
      const rest =
        event.vm === null || event.vm.vmState === 'off' ? atRest(state.startedAtMs, event.atMs, event.vm) : undefined;
      return rest ?? state;
    }
    case 'cancelled':
      // Nobody knows whether the guest got it: say that it may stand.
      return ended({ kind: 'left', requestStands: true, seen: null });
    case 'tick':
    case 'chosen':
      return state;
    default:
      return assertNever(event);
  }
}

function stepRereading(state: StateOf<'rereading'>, event: ShutdownEvent, deadlineMs: number): ShutdownState {
  switch (event.kind) {
    case 'seen': {
      const rest = atRest(state.startedAtMs, event.atMs, event.vm);
      if (rest !== undefined) return rest;
      const uncertain = event.vm?.vmState !== 'stopping';
      return waiting(state.startedAtMs, event.atMs, deadlineMs, { uncertain, seen: event.vm });
    }
    case 'tick':
      // The host does not come back: hand the decision to the person instead of reading for ever.
      if (event.atMs - state.startedAtMs < deadlineMs) return state;
      return { ...waiting(state.startedAtMs, event.atMs, 0, { uncertain: true }), kind: 'deadline' };
    case 'cancelled':
      return ended({ kind: 'left', requestStands: true, seen: null });
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
      return atRest(state.startedAtMs, event.atMs, event.vm) ?? onTime({ ...state, seen: event.vm }, event.atMs);
    case 'tick':
      return onTime(state, event.atMs);
    case 'cancelled':
      return ended({ kind: 'left', requestStands: true, seen: state.seen });
    case 'accepted':
    case 'failed':
    case 'chosen':
      return state;
    default:
      return assertNever(event);
  }
}

function stepDeadline(state: StateOf<'deadline'>, event: ShutdownEvent, deadlineMs: number): ShutdownState {
  switch (event.kind) {
    case 'chosen':
      if (event.choice === 'keepWaiting') {
        return {
          ...state,
          kind: 'waiting',
          elapsedMs: event.atMs - state.startedAtMs,
          deadlineAtMs: event.atMs + deadlineMs,
        };
      }
      if (event.choice === 'turnOff') return ended({ kind: 'turnOffChosen' });
      return event.choice === 'leave' ? ended({ kind: 'left', requestStands: true, seen: state.seen }) : state;
    case 'seen':
      // The question stays on the screen, but a guest that made it after all answers it.
      return (
        atRest(state.startedAtMs, event.atMs, event.vm) ?? {
          ...state,
          seen: event.vm,
          elapsedMs: event.atMs - state.startedAtMs,
        }
      );
    case 'cancelled':
      return ended({ kind: 'left', requestStands: true, seen: state.seen });
    case 'tick':
      return { ...state, elapsedMs: event.atMs - state.startedAtMs };
    case 'accepted':
    case 'failed':
      return state;
    default:
      return assertNever(event);
  }
}

function stepLocked(state: StateOf<'locked'>, event: ShutdownEvent): ShutdownState {
  switch (event.kind) {
    case 'chosen':
      if (event.choice === 'force') return { kind: 'asking', startedAtMs: event.atMs, force: true };
      return event.choice === 'leave' ? ended({ kind: 'left', requestStands: false, seen: null }) : state;
    case 'seen':
      return atRest(state.startedAtMs, event.atMs, event.vm) ?? state;
    case 'cancelled':
      return ended({ kind: 'left', requestStands: false, seen: null });
    case 'accepted':
    case 'failed':
    case 'tick':
      return state;
    default:
      return assertNever(event);
  }
}

function ended(result: ShutdownResult): ShutdownState {
  return { kind: 'ended', result };
}

function waiting(
  startedAtMs: number,
  atMs: number,
  deadlineMs: number,
  facts: Partial<Pick<WaitingState, 'joined' | 'uncertain' | 'seen'>>,
): WaitingState {
  return {
    kind: 'waiting',
    startedAtMs,
    elapsedMs: atMs - startedAtMs,
    deadlineAtMs: atMs + deadlineMs,
    seen: facts.seen ?? null,
    joined: facts.joined ?? false,
    uncertain: facts.uncertain ?? false,
  };
}

function onTime(state: WaitingState, atMs: number): ShutdownState {
  const elapsedMs = atMs - state.startedAtMs;
  return atMs < state.deadlineAtMs ? { ...state, elapsedMs } : { ...state, kind: 'deadline', elapsedMs };
}

/** The end of the wait if the VM rests; undefined while it runs, pauses or changes. A paused guest may be resumed. */
function atRest(startedAtMs: number, atMs: number, vm: ShutdownSighting | null): ShutdownState | undefined {
  if (vm === null) return ended({ kind: 'gone' });
  if (vm.vmState === 'off') return ended({ kind: 'off', elapsedMs: atMs - startedAtMs });
  if (vm.vmState === 'running' || vm.vmState === 'paused' || vm.vmState === 'unknown' || isTransitional(vm.vmState))
    return undefined;
  return ended({ kind: 'elsewhere', vmState: vm.vmState });
}
