// How sessions are, as plain records for whoever looks for the cause of a trouble.
import type { ConnectionFailure, SessionErrorKind } from './errors';
import type { Health } from './health';
import type { Hello } from './hello';
import type { SessionState } from './session';
import type { SupervisorState } from './sessionKeeper';

export interface SessionDiagnostics {
  readonly state: SessionState;
  /** What was started: PowerShell, or ssh. */
  readonly program: string;
  /** Engine, version, process and system; undefined before the session was ready. */
  readonly hello: Hello | undefined;
  /** Of the last ping: the way there and back, and the pump. */
  readonly latencyMs: number | undefined;
  readonly requests: number;
  readonly pending: number;
  /** Memory, handles, abandoned runspaces; undefined before the first ping was answered. */
  readonly health: Health | undefined;
  /** Last lines printed outside the protocol, oldest first, without secrets. */
  readonly noise: readonly string[];
}

export interface SupervisorDiagnostics {
  readonly state: SupervisorState;
  /** Sessions started so far, those that replaced one which had grown too large, and those that nobody used any more. */
  readonly starts: number;
  readonly recycled: number;
  readonly closedIdle: number;
  /** Why the last session failed; undefined while one is ready. */
  readonly failure: FailureDiagnostics | undefined;
  /** The present session, or the last one. */
  readonly session: SessionDiagnostics | undefined;
}

export interface FailureDiagnostics {
  readonly kind: SessionErrorKind;
  readonly message: string;
  readonly connection: ConnectionFailure | undefined;
  readonly noise: readonly string[];
}
