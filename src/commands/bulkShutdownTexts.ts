// The words of Shut Down and Restart Guest for many VMs: how many are in which phase, and what became of them. Pure.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { GuestRequest, ShutdownResult } from '../domain/shutdownStates';
import { joinFacts } from '../views/row';
import type { NamedShutdown, Outcome } from './shutdownTexts';

/** More than a notification can hold without being cut. */
const namedOutcomes = 3;

interface Phases {
  /** Not asked yet, or about to be asked once more. */
  readonly toAsk: number;
  readonly asked: number;
  readonly goingDown: number;
  /** Off, or restarted. */
  readonly done: number;
  /** Locked, or later than the deadline: a person is asked when all others are at an end. */
  readonly needAnswer: number;
  /** At an end that was not the wish. */
  readonly failed: number;
}

type Phase = keyof Phases;

export function manyProgress(request: GuestRequest, runs: readonly NamedShutdown[], seconds: string): string {
  const { toAsk, asked, goingDown, done, needAnswer, failed } = phasesOf(runs);
  return joinFacts([
    seconds,
    request === 'restart'
      ? l10n.t('{0} of {1} have restarted', done, runs.length)
      : l10n.t('{0} of {1} are off', done, runs.length),
    toAsk > 0 ? l10n.t('{0} to ask', toAsk) : undefined,
    asked > 0 ? l10n.t('{0} asked', asked) : undefined,
    goingDown > 0 ? l10n.t('{0} going down', goingDown) : undefined,
    needAnswer > 0 ? l10n.t('{0} need an answer', needAnswer) : undefined,
    failed > 0 ? l10n.t('{0} failed', failed) : undefined,
  ]);
}

/** @returns which share of them is waited for no longer, from 0 to 1 */
export function shareOver(runs: readonly NamedShutdown[]): number {
  const { done, needAnswer, failed } = phasesOf(runs);
  return (done + needAnswer + failed) / Math.max(1, runs.length);
}

function phasesOf(runs: readonly NamedShutdown[]): Phases {
  const phases = { toAsk: 0, asked: 0, goingDown: 0, done: 0, needAnswer: 0, failed: 0 };
  for (const { state } of runs) phases[phaseOf(state)] += 1;
  return phases;
}

function phaseOf(state: NamedShutdown['state']): Phase {
  switch (state.kind) {
    case 'asking':
    case 'askingSoon':
    case 'rereading':
      return 'toAsk';
    case 'waiting':
      return state.seen?.vmState === 'stopping' ? 'goingDown' : 'asked';
    case 'locked':
    case 'deadline':
      return 'needAnswer';
    case 'ended':
      return state.result.kind === 'off' || state.result.kind === 'restarted' ? 'done' : 'failed';
    default:
      return assertNever(state);
  }
}

/**
 * @param told what there is to say of each, the good ones included
 * @returns one text for all: each of a few by name, more than that as counts
 */
export function manyOutcome(request: GuestRequest, runs: readonly NamedShutdown[], told: readonly Outcome[]): Outcome {
  const done = told.filter(({ manner }) => manner === 'mention').length;
  const rest = told.filter(({ manner }) => manner !== 'mention');
  const summary =
    request === 'restart'
      ? l10n.t('{0} of {1} virtual machines have restarted.', done, runs.length)
      : l10n.t('{0} of {1} virtual machines are off.', done, runs.length);
  const manner = rest.some((outcome) => outcome.manner === 'error') ? 'error' : rest.length > 0 ? 'inform' : 'mention';
  const texts = rest.length <= namedOutcomes ? rest.map(({ text }) => text) : [countsText(request, runs)];
  return { manner, text: [summary, ...texts].join(' ') };
}

/** Those which the person chose for themselves just now are left out. */
function countsText(request: GuestRequest, runs: readonly NamedShutdown[]): string {
  const counts = { refused: 0, stands: 0, unknown: 0, notAsked: 0, elsewhere: 0, gone: 0 };
  for (const { state } of runs) {
    const kind = state.kind === 'ended' ? endOf(state.result) : undefined;
    if (kind !== undefined) counts[kind] += 1;
  }
  const { refused, stands, unknown, notAsked, elsewhere, gone } = counts;
  const facts = [
    refused > 0 ? l10n.t('{0} failed', refused) : undefined,
    stands > 0 && request === 'restart' ? l10n.t('{0} were asked and may still restart', stands) : undefined,
    stands > 0 && request === 'shutDown' ? l10n.t('{0} were asked and may still go off', stands) : undefined,
    unknown > 0 ? l10n.t('{0} may have been asked', unknown) : undefined,
    notAsked > 0 ? l10n.t('{0} not asked', notAsked) : undefined,
    elsewhere > 0 ? l10n.t('{0} in another state', elsewhere) : undefined,
    gone > 0 ? l10n.t('{0} no longer there', gone) : undefined,
  ];
  return l10n.t('The others: {0}.', joinFacts(facts));
}

function endOf(
  result: ShutdownResult,
): 'refused' | 'stands' | 'unknown' | 'notAsked' | 'elsewhere' | 'gone' | undefined {
  switch (result.kind) {
    case 'off':
    case 'restarted':
    case 'cutPowerChosen':
      return undefined;
    case 'left':
      if (result.requestStands === false) return undefined;
      return result.requestStands === null ? 'unknown' : 'stands';
    case 'refused':
    case 'notAsked':
    case 'elsewhere':
    case 'gone':
      return result.kind;
    default:
      return assertNever(result);
  }
}
