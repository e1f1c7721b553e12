// How long a session waits for what. Tests pass shorter ones.
import type { LivenessLimits } from './liveness';

export interface SessionTimeouts extends LivenessLimits {
  /** A cold PowerShell behind a virus scanner takes seconds. */
  readonly probeMs: number;
  readonly helloMs: number;
  /** The prelude, and with it whatever it loads. */
  readonly openMs: number;
  /** How long a cancelled change may take to say what became of it: the dispatcher's own 10 s and the way back. */
  readonly cancelGraceMs: number;
  /** How often an open session's process is asked how it is, whatever else is said. */
  readonly keepAliveMs: number;
  /** After how long without a line from us the process ends itself; several times `keepAliveMs`. */
  readonly deadManMs: number;
}

export const defaultTimeouts: SessionTimeouts = {
  probeMs: 20_000,
  helloMs: 20_000,
  openMs: 60_000,
  cancelGraceMs: 12_000,
  // Together 25 s: a read whose session turns out to be mute is repeated before its own 30 s are over.
  silenceMs: 10_000,
  pingMs: 5_000,
  // One small frame: cheap beside the polling of any view, and three of them must be lost before the process gives up.
  keepAliveMs: 30_000,
  deadManMs: 90_000,
};
