// The words of Shut Down: progress, questions and what came of it. Pure. "Accepted" is never called "stopped", and "off"
// is only said when the host said so.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { errorText } from '../domain/errorTexts';
import type { ShutdownResult, ShutdownState, WaitingState } from '../domain/shutdown';
import { joinFacts } from '../views/row';
import { heartbeatText, stateText } from '../views/stateTexts';

export interface NamedShutdown {
  readonly vmName: string;
  readonly hostName: string;
  readonly state: ShutdownState;
}

export function shutdownTitle(runs: readonly Pick<NamedShutdown, 'vmName' | 'hostName'>[]): string {
  const [first] = runs;
  if (first !== undefined && runs.length === 1) return l10n.t('Shutting down {0} on {1}', first.vmName, first.hostName);
  return l10n.t('Shutting down {0} virtual machines', runs.length);
}

/** @param elapsedMs since the first request */
export function progressText(runs: readonly NamedShutdown[], elapsedMs: number): string {
  const seconds = l10n.t('{0} s', Math.floor(elapsedMs / 1_000));
  const [first] = runs;
  if (first !== undefined && runs.length === 1) return joinFacts([seconds, stepText(first.state)]);
  const off = runs.filter(({ state }) => state.kind === 'ended' && state.result.kind === 'off').length;
  return joinFacts([seconds, l10n.t('{0} of {1} are off', off, runs.length)]);
}

function stepText(state: ShutdownState): string {
  switch (state.kind) {
    case 'asking':
      return l10n.t('asking the guest');
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

export function lockedQuestion(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t(
        'Somebody is signed in to {0}, or its session is locked, so the guest refused to shut down. Shutting it down anyway closes programs without saving.',
        names.join(', '),
      )
    : l10n.t(
        'Somebody is signed in to these virtual machines, or their sessions are locked, so the guests refused to shut down: {0}. Shutting them down anyway closes programs without saving.',
        names.join(', '),
      );
}

/** @param uncertain the session was lost on the way for at least one of them, so its guest may never have heard of it */
export function deadlineQuestion(names: readonly string[], waitedMs: number, uncertain: boolean): string {
  const seconds = Math.round(waitedMs / 1_000);
  const all = names.join(', ');
  if (uncertain)
    return l10n.t('It is not known whether these guests were asked to shut down, as the session was lost: {0}.', all);
  return names.length === 1
    ? l10n.t('{0} was asked to shut down {1} seconds ago and is still not off.', all, seconds)
    : l10n.t('These were asked to shut down {1} seconds ago and are still not off: {0}.', all, seconds);
}

export interface Outcome {
  /** How it is told: in passing, as news, or as a failure. */
  readonly manner: 'mention' | 'inform' | 'error';
  readonly text: string;
}

/** What to tell at the end; undefined when nobody needs to hear anything, because they chose it just now. */
export function shutdownOutcome(runs: readonly NamedShutdown[]): Outcome | undefined {
  const told = runs.flatMap((run) => {
    const outcome = run.state.kind === 'ended' ? resultOutcome(run, run.state.result) : undefined;
    return outcome === undefined ? [] : [outcome];
  });
  const [first] = told;
  if (first === undefined) return undefined;
  if (runs.length === 1) return first;
  const off = told.filter(({ manner }) => manner === 'mention');
  const rest = told.filter(({ manner }) => manner !== 'mention');
  const summary = l10n.t('{0} of {1} virtual machines are off.', off.length, runs.length);
  const manner = rest.some((outcome) => outcome.manner === 'error') ? 'error' : rest.length > 0 ? 'inform' : 'mention';
  return { manner, text: [summary, ...rest.map(({ text }) => text)].join(' ') };
}

function resultOutcome({ vmName, hostName }: NamedShutdown, result: ShutdownResult): Outcome | undefined {
  switch (result.kind) {
    case 'off':
      return { manner: 'mention', text: l10n.t('{0} is off.', vmName) };
    case 'refused': {
      const text = errorText({ reason: result.reason, outcome: 'none' }, { vmName, hostName, action: 'shutDown' });
      return { manner: 'error', text: [text.headline, text.what, text.nextStep].join(' ') };
    }
    case 'elsewhere':
      return {
        manner: 'inform',
        text: l10n.t('{0} did not shut down; it is {1} now.', vmName, stateText(result.vmState)),
      };
    case 'gone':
      return { manner: 'inform', text: l10n.t('{0} is no longer on {1}.', vmName, hostName) };
    case 'left':
      if (!result.requestStands) return undefined;
      return {
        manner: 'inform',
        text: l10n.t('Stopped waiting for {0}. The request to shut down stands, so it may still go off.', vmName),
      };
    case 'turnOffChosen':
      return undefined;
    default:
      return assertNever(result);
  }
}
