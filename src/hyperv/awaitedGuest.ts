// A guest that agreed to shut down or to restart: what its VM must show until nobody need look any more. Pure; the
// follower feeds it what the host says.
import { isTransitional } from '../domain/powerStates';
import { hasRestarted, nothingSeen, watchOn } from '../domain/restartWatch';
import type { RestartWatch } from '../domain/restartWatch';
import type { GuestRequest, ShutdownSighting } from '../domain/shutdownStates';
import type { VmRecord } from '../domain/vm';

export interface AwaitedGuest {
  readonly request: GuestRequest;
  readonly watch: RestartWatch;
}

/** @param vm as the host described it when the guest agreed */
export function awaitGuest(request: GuestRequest, vm: VmRecord): AwaitedGuest {
  return { request, watch: watchOn(nothingSeen, sightingOf(request, vm)) };
}

/** undefined when the guest has done it, and when the VM went another way: somebody paused, saved or reset it. */
export function stillAwaited({ request, watch }: AwaitedGuest, vm: VmRecord): AwaitedGuest | undefined {
  const seen = sightingOf(request, vm);
  if (hasRestarted(watch, seen)) return undefined;
  const underWay = vm.state === 'running' || vm.state === 'unknown' || isTransitional(vm.state);
  return underWay ? { request, watch: watchOn(watch, seen) } : undefined;
}

/** A heartbeat that comes and goes is how a guest leaves; only of one that shall restart does it tell more. */
function sightingOf(request: GuestRequest, { state, heartbeat, uptimeMs }: VmRecord): ShutdownSighting {
  return { vmState: state, heartbeat: request === 'restart' ? heartbeat : null, uptimeMs };
}
