// The pieces from which shutdown.ts builds its states: beginnings and ends of waits, and what a sighting does to them.
import { isTransitional } from './powerStates';
import { hasRestarted, watchOn } from './restartWatch';
import type { ShutdownResult, ShutdownSighting, ShutdownState, WaitingState } from './shutdownStates';

type Facts = Pick<WaitingState, 'startedAtMs' | 'watch'>;

export function ended(result: ShutdownResult): ShutdownState {
  return { kind: 'ended', result };
}

export function left(requestStands: boolean | null, seen: ShutdownSighting | null): ShutdownState {
  return ended({ kind: 'left', requestStands, seen });
}

export function factsOf({ startedAtMs, watch }: Facts): Facts {
  return { startedAtMs, ...(watch && { watch }) };
}

export function waiting(
  facts: Facts,
  atMs: number,
  deadlineMs: number,
  { joined = false, uncertain = false }: Partial<Pick<WaitingState, 'joined' | 'uncertain'>>,
): WaitingState {
  return {
    kind: 'waiting',
    ...factsOf(facts),
    elapsedMs: atMs - facts.startedAtMs,
    deadlineAtMs: atMs + deadlineMs,
    seen: null,
    joined,
    uncertain,
  };
}

/** The state with a sighting in it that ended nothing. */
export function looked<S extends Omit<WaitingState, 'kind'>>(state: S, seen: ShutdownSighting | null): S {
  return { ...state, seen, ...(state.watch && seen && { watch: watchOn(state.watch, seen) }) };
}

export function onTime(state: WaitingState, atMs: number): ShutdownState {
  const elapsedMs = atMs - state.startedAtMs;
  return atMs < state.deadlineAtMs ? { ...state, elapsedMs } : { ...state, kind: 'deadline', elapsedMs };
}

/** The end of the wait, if the sighting is one; undefined while the VM runs, pauses or changes. A pause may end. */
export function atRest(
  { startedAtMs, watch }: Facts,
  atMs: number,
  vm: ShutdownSighting | null,
): ShutdownState | undefined {
  if (vm === null) return ended({ kind: 'gone' });
  const elapsedMs = atMs - startedAtMs;
  if (watch === undefined && vm.vmState === 'off') return ended({ kind: 'off', elapsedMs });
  if (watch !== undefined && hasRestarted(watch, vm)) return ended({ kind: 'restarted', elapsedMs });
  if (vm.vmState === 'running' || vm.vmState === 'paused' || vm.vmState === 'unknown' || isTransitional(vm.vmState))
    return undefined;
  return ended({ kind: 'elsewhere', vmState: vm.vmState });
}
