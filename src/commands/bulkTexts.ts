// What is said while one thing is done to many VMs, and at its end. Pure.
import * as l10n from '@vscode/l10n';
import type { VmAction } from '../domain/allowedActions';
import { assertNever } from '../domain/assertNever';

/** How far it has come. Each VM (or service) is counted once; those that are in no other count are still to come. */
export interface Tally {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Of which nobody knows whether it happened. */
  readonly unknown: number;
  /** Taken back, or never sent. */
  readonly notAsked: number;
}

export function settledOf({ done, failed, unknown, notAsked }: Tally): number {
  return done + failed + unknown + notAsked;
}

export function bulkProgress(tally: Tally): string {
  const troubled = tally.failed + tally.unknown;
  return troubled === 0
    ? l10n.t('{0} of {1}', settledOf(tally), tally.total)
    : l10n.t('{0} of {1} · {2} failed', settledOf(tally), tally.total, troubled);
}

/** After *Cancel*. */
export function waitingText(tally: Tally): string {
  return l10n.t('cancelled; waiting for {0} that were sent already', tally.total - settledOf(tally));
}

/** @param cancelled by the person, who then wants to know what was not asked, even if it was nothing */
export function bulkSummary(action: VmAction, tally: Tally, cancelled: boolean): string {
  const { failed, unknown, notAsked } = tally;
  const facts = [
    doneText(action, tally.done),
    ...(failed > 0 ? [l10n.t('{0} failed', failed)] : []),
    ...(unknown > 0 ? [l10n.t('{0} not known', unknown)] : []),
    ...(cancelled || notAsked > 0 ? [l10n.t('{0} not asked', notAsked)] : []),
  ];
  return l10n.t('{0}.', facts.join(', '));
}

function doneText(action: VmAction, count: number): string {
  switch (action) {
    case 'start':
      return l10n.t('{0} started', count);
    case 'save':
      return l10n.t('{0} saved', count);
    case 'pause':
      return l10n.t('{0} paused', count);
    case 'resume':
      return l10n.t('{0} resumed', count);
    case 'turnOff':
      return l10n.t('{0} turned off', count);
    case 'reset':
      return l10n.t('{0} reset', count);
    case 'toggleService':
      return l10n.t('{0} changed', count);
    case 'shutDown':
      return l10n.t('{0} shut down', count);
    case 'restartGuest':
      return l10n.t('{0} restarted', count);
    default:
      return assertNever(action);
  }
}
