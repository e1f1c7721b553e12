// How the host shows that a guest restarted: its uptime falls, or its heartbeat was there, went, and came back. Used by
// shutdown.ts; an accepted request alone is never called a restart.
import { isAnswering } from './heartbeat';
import type { HeartbeatStatus } from './heartbeat';
import type { ShutdownSighting } from './shutdownStates';

export interface RestartWatch {
  /** The uptime last seen; null while none was. */
  readonly uptimeMs: number | null;
  /** The guest's heartbeat was seen. */
  readonly alive: boolean;
  /** It was seen, and then it was gone. */
  readonly lost: boolean;
}

export const nothingSeen: RestartWatch = { uptimeMs: null, alive: false, lost: false };

/** A heartbeat that is paused or disabled says nothing about the guest. */
const silent: ReadonlySet<HeartbeatStatus> = new Set(['noContact', 'lostCommunication']);

export function watchOn(watch: RestartWatch, seen: ShutdownSighting): RestartWatch {
  const alive = isAnswering(seen.heartbeat);
  const gone = seen.heartbeat !== null && silent.has(seen.heartbeat);
  return {
    uptimeMs: seen.uptimeMs ?? watch.uptimeMs,
    alive: watch.alive || alive,
    lost: watch.lost || (watch.alive && gone),
  };
}

/** Whether a sighting, compared with what was seen before, shows that the guest has restarted and runs. */
export function hasRestarted(watch: RestartWatch, seen: ShutdownSighting): boolean {
  if (seen.vmState !== 'running') return false;
  if (watch.uptimeMs !== null && seen.uptimeMs !== null && seen.uptimeMs < watch.uptimeMs) return true;
  return watch.lost && isAnswering(seen.heartbeat);
}
