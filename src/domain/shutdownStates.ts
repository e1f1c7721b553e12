// The states, events and results of asking a guest to shut down or to restart. shutdown.ts has the rules,
// commands/shutdownTexts.ts the words.
import type { HyperVErrorReason } from './errors';
import type { HeartbeatStatus } from './heartbeat';
import type { VmState } from './powerStates';
import type { RestartWatch } from './restartWatch';

/** What the host last said of the VM. */
export interface ShutdownSighting {
  readonly vmState: VmState;
  readonly heartbeat: HeartbeatStatus | null;
  /** Milliseconds since the VM was started, or restarted; null unless it runs. */
  readonly uptimeMs: number | null;
}

/** What the guest is asked to do. */
export type GuestRequest = 'shutDown' | 'restart';

interface RunFacts {
  readonly startedAtMs: number;
  /** How a restart will show; undefined when the guest was asked to shut down. */
  readonly watch?: RestartWatch;
}

export type ShutdownState =
  /** The request is to be sent, or is on its way to the guest. */
  | AskingState
  /** The guest had only just started and was not ready: it is asked once more at that time. */
  | (Omit<AskingState, 'kind'> & { readonly kind: 'askingSoon'; readonly askAtMs: number })
  /** The session was lost while asking: read the VM before anything is said. */
  | (RunFacts & { readonly kind: 'rereading' })
  /** The guest was asked; poll the VM. */
  | WaitingState
  /** The guest took longer than the deadline; a person decides: keepWaiting, cutPower or leave. */
  | (Omit<WaitingState, 'kind'> & { readonly kind: 'deadline' })
  /** Somebody is logged on or the session is locked; a person decides: force or leave. */
  | (RunFacts & { readonly kind: 'locked' })
  | { readonly kind: 'ended'; readonly result: ShutdownResult };

export interface AskingState extends RunFacts {
  readonly kind: 'asking';
  readonly force: boolean;
  /** The guest has started so lately that a refusal may only mean "not yet". */
  readonly mayAskAgain: boolean;
}

export interface WaitingState extends RunFacts {
  readonly kind: 'waiting';
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
  /** The host said `off`, which was the wish. */
  | { readonly kind: 'off'; readonly elapsedMs: number }
  /** The host showed that the guest went down and runs again, which was the wish. */
  | { readonly kind: 'restarted'; readonly elapsedMs: number }
  /** The host or the guest said no. */
  | { readonly kind: 'refused'; readonly reason: HyperVErrorReason }
  /** The VM came to rest elsewhere (saved by somebody, for instance). */
  | { readonly kind: 'elsewhere'; readonly vmState: VmState }
  | { readonly kind: 'gone' }
  /** The person left before the request was sent. */
  | { readonly kind: 'notAsked' }
  /** The person stopped waiting; a request which the guest accepted stands, null: nobody knows whether it did. */
  | { readonly kind: 'left'; readonly requestStands: boolean | null; readonly seen: ShutdownSighting | null }
  /** The person chose to cut the power: the caller asks for that as an action of its own. */
  | { readonly kind: 'cutPowerChosen' };

export type ShutdownChoice = 'keepWaiting' | 'cutPower' | 'leave' | 'force';

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
  /** The person left. `unsent`: before the request was sent, so that the guest knows nothing of it. */
  | { readonly kind: 'cancelled'; readonly atMs: number; readonly unsent?: true };
