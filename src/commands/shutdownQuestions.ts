// What Shut Down and Restart Guest ask a person: whether a locked guest shall go down anyway, and what to do with a late
// one. Pure; the answers are acted upon by shutDown.ts.
import * as l10n from '@vscode/l10n';
import type { GuestRequest } from '../domain/shutdownStates';
import { joinFacts } from '../views/row';
import { firstNames, namesInSentence } from './bulkNames';

export function lockedButtons(request: GuestRequest): { readonly anyway: string; readonly keep: string } {
  return {
    anyway: request === 'restart' ? l10n.t('Restart Anyway') : l10n.t('Shut Down Anyway'),
    keep: l10n.t('Keep It Running'),
  };
}

export function lockedQuestion(request: GuestRequest, names: readonly string[]): string {
  const all = listed(names);
  if (request === 'restart') {
    return names.length === 1
      ? l10n.t(
          'Somebody is signed in to {0}, or its session is locked, so the guest refused to restart. Restarting it anyway closes programs without saving.',
          all,
        )
      : l10n.t(
          'Somebody is signed in to these virtual machines, or their sessions are locked, so the guests refused to restart: {0}. Restarting them anyway closes programs without saving.',
          all,
        );
  }
  return names.length === 1
    ? l10n.t(
        'Somebody is signed in to {0}, or its session is locked, so the guest refused to shut down. Shutting it down anyway closes programs without saving.',
        all,
      )
    : l10n.t(
        'Somebody is signed in to these virtual machines, or their sessions are locked, so the guests refused to shut down: {0}. Shutting them down anyway closes programs without saving.',
        all,
      );
}

/** The dots of the second button: it leads to a question of its own. */
export function deadlineButtons(request: GuestRequest): {
  readonly keepWaiting: string;
  readonly cutPower: string;
  readonly leave: string;
} {
  return {
    keepWaiting: l10n.t('Keep Waiting'),
    cutPower: request === 'restart' ? l10n.t('Reset…') : l10n.t('Turn Off…'),
    leave: l10n.t('Leave It'),
  };
}

/** @param runs whose host has not answered since the session was lost on the way */
export function unseenQuestion(request: GuestRequest, runs: readonly { vmName: string; hostName: string }[]): string {
  const names = listed(runs.map(({ vmName }) => vmName));
  const hosts = listed([...new Set(runs.map(({ hostName }) => hostName))]);
  return request === 'restart'
    ? l10n.t(
        '{0} cannot be reached. It is not known whether these guests were asked to restart, nor how they are now: {1}.',
        hosts,
        names,
      )
    : l10n.t(
        '{0} cannot be reached. It is not known whether these guests were asked to shut down, nor how they are now: {1}.',
        hosts,
        names,
      );
}

/**
 * @param waitedMs since the last of them was asked
 * @param uncertain the session was lost on the way for at least one of them, so its guest may never have heard of it
 */
export function deadlineQuestion(
  request: GuestRequest,
  names: readonly string[],
  waitedMs: number,
  uncertain: boolean,
): string {
  const seconds = Math.round(waitedMs / 1_000);
  const all = listed(names);
  if (request === 'restart') {
    if (uncertain)
      return l10n.t('It is not known whether these guests were asked to restart, as the session was lost: {0}.', all);
    return names.length === 1
      ? l10n.t('The guest of {0} was asked to restart {1} seconds ago and has not done so yet.', all, seconds)
      : l10n.t('These were asked to restart at least {1} seconds ago and have not done so yet: {0}.', all, seconds);
  }
  if (uncertain)
    return l10n.t('It is not known whether these guests were asked to shut down, as the session was lost: {0}.', all);
  return names.length === 1
    ? l10n.t('{0} was asked to shut down {1} seconds ago and is still not off.', all, seconds)
    : l10n.t('These were asked to shut down at least {1} seconds ago and are still not off: {0}.', all, seconds);
}

/** Hundreds of names would push the question itself out of sight. */
function listed(names: readonly string[]): string {
  return joinFacts(firstNames(names, namesInSentence));
}
