// The words of Shut Down and Restart Guest while they last and at their end. Pure. "Accepted" is never called "stopped", and "off"
// or "restarted" is only said when the host said so.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { errorText } from '../domain/errorTexts';
import type {
  GuestRequest,
  ShutdownResult,
  ShutdownSighting,
  ShutdownState,
  WaitingState,
} from '../domain/shutdownStates';
import { joinFacts } from '../views/row';
import { heartbeatText, stateText } from '../views/stateTexts';
import { manyOutcome, manyProgress } from './bulkShutdownTexts';

export interface NamedShutdown {
  readonly vmName: string;
  readonly hostName: string;
  readonly state: ShutdownState;
}

export function shutdownTitle(
  request: GuestRequest,
  runs: readonly Pick<NamedShutdown, 'vmName' | 'hostName'>[],
): string {
  const [first] = runs;
  const restarts = request === 'restart';
  if (first === undefined || runs.length > 1) {
    return restarts
      ? l10n.t('Restarting the guests of {0} virtual machines', runs.length)
      : l10n.t('Shutting down {0} virtual machines', runs.length);
  }
  return restarts
    ? l10n.t('Restarting the guest of {0} on {1}', first.vmName, first.hostName)
    : l10n.t('Shutting down {0} on {1}', first.vmName, first.hostName);
}

/** @param elapsedMs since the first request */
export function progressText(request: GuestRequest, runs: readonly NamedShutdown[], elapsedMs: number): string {
  const seconds = l10n.t('{0} s', Math.floor(elapsedMs / 1_000));
  const [first] = runs;
  if (first !== undefined && runs.length === 1) return joinFacts([seconds, stepText(first.state)]);
  return manyProgress(request, runs, seconds);
}

function stepText(state: ShutdownState): string {
  switch (state.kind) {
    case 'asking':
      return l10n.t('asking the guest');
    case 'askingSoon':
      return l10n.t('the guest has just started; it is asked once more');
    case 'rereading':
      return l10n.t('reading the state again');
    case 'waiting': {
      const { seen } = state;
      return joinFacts([
        askedText(state),
        seen && stateText(seen.vmState),
        seen?.heartbeat && heartbeatText(seen.heartbeat),
      ]);
    }
    case 'locked':
    case 'deadline':
    case 'ended':
      return l10n.t('done waiting');
    default:
      return assertNever(state);
  }
}

function askedText({ joined, uncertain }: Pick<WaitingState, 'joined' | 'uncertain'>): string {
  if (joined) return l10n.t('already shutting down');
  return uncertain ? l10n.t('perhaps the guest was asked') : l10n.t('the guest was asked');
}

export interface Outcome {
  /** How it is told: in passing, as news, or as a failure. */
  readonly manner: 'mention' | 'inform' | 'error';
  readonly text: string;
}

/** What there is to tell of each at the end; nothing of what a person chose just now. */
export function shutdownOutcomes(request: GuestRequest, runs: readonly NamedShutdown[]): Outcome[] {
  return runs.flatMap((run) => {
    const outcome = run.state.kind === 'ended' ? resultOutcome(request, run, run.state.result) : undefined;
    return outcome === undefined ? [] : [outcome];
  });
}

/** What to tell at the end; undefined when nobody needs to hear anything, because they chose it just now. */
export function shutdownOutcome(request: GuestRequest, runs: readonly NamedShutdown[]): Outcome | undefined {
  const told = shutdownOutcomes(request, runs);
  const [first] = told;
  return first === undefined || runs.length === 1 ? first : manyOutcome(request, runs, told);
}

function resultOutcome(
  request: GuestRequest,
  { vmName, hostName }: NamedShutdown,
  result: ShutdownResult,
): Outcome | undefined {
  const restarts = request === 'restart';
  switch (result.kind) {
    case 'off':
      return { manner: 'mention', text: l10n.t('{0} is off.', vmName) };
    case 'restarted':
      return { manner: 'mention', text: l10n.t('The guest of {0} has restarted.', vmName) };
    case 'refused': {
      const action = restarts ? 'restartGuest' : 'shutDown';
      const text = errorText({ reason: result.reason, outcome: 'none' }, { vmName, hostName, action });
      return { manner: 'error', text: [text.headline, text.what, text.nextStep].join(' ') };
    }
    case 'elsewhere': {
      const state = stateText(result.vmState);
      const text = restarts
        ? l10n.t('The guest of {0} did not restart; the virtual machine is {1} now.', vmName, state)
        : l10n.t('{0} did not shut down; it is {1} now.', vmName, state);
      return { manner: 'inform', text };
    }
    case 'gone':
      return { manner: 'inform', text: l10n.t('{0} is no longer on {1}.', vmName, hostName) };
    case 'notAsked': {
      const text = restarts
        ? l10n.t('The request was cancelled before it was sent, so {0} was not asked to restart.', vmName)
        : l10n.t('The request was cancelled before it was sent, so {0} was not asked to shut down.', vmName);
      return { manner: 'inform', text };
    }
    case 'left': {
      if (result.requestStands === false) return undefined;
      if (result.requestStands === null)
        return { manner: 'inform', text: leftUncertainText(restarts, vmName, result.seen) };
      const text = restarts
        ? l10n.t('Stopped waiting for {0}. The request to restart stands, so it may still restart.', vmName)
        : l10n.t('Stopped waiting for {0}. The request to shut down stands, so it may still go off.', vmName);
      return { manner: 'inform', text };
    }
    case 'cutPowerChosen':
      return undefined;
    default:
      return assertNever(result);
  }
}

function leftUncertainText(restarts: boolean, vm: string, seen: ShutdownSighting | null): string {
  const asked = restarts
    ? l10n.t('Stopped waiting for {0}. It is not known whether its guest was asked to restart.', vm)
    : l10n.t('Stopped waiting for {0}. It is not known whether its guest was asked to shut down.', vm);
  return seen === null ? asked : [asked, l10n.t('When last seen it was {0}.', stateText(seen.vmState))].join(' ');
}
