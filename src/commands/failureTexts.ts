// One message for all that failed in one command. Pure; each failure keeps its own cause.
import * as l10n from '@vscode/l10n';
import type { VmAction } from '../domain/allowedActions';
import { errorText } from '../domain/errorTexts';
import { HyperVError } from '../domain/errors';
import type { HyperVErrorReason } from '../domain/errors';

export interface Failure {
  readonly hostName: string;
  readonly vmName: string;
  readonly action: VmAction;
  readonly error: unknown;
  /** What did not happen, where the action alone does not say enough. */
  readonly headline?: string | undefined;
}

/** More than a notification can hold without being cut. */
const namedFailures = 3;

/** @param attempts how many VMs or services the command acted upon */
export function failureMessage(failures: readonly Failure[], attempts: number): string {
  const [first] = failures;
  if (first === undefined) return '';
  if (failures.length === 1) return sentences(first, true).join(' ');
  const named = failures.slice(0, namedFailures).map((failure) => sentences(failure, false).join(' '));
  const rest = failures.length - named.length;
  return [
    l10n.t('{0} of {1} requests failed.', failures.length, attempts),
    ...named,
    ...(rest > 0 ? [l10n.t('The log names {0} more.', rest)] : []),
  ].join(' ');
}

function sentences(failure: Failure, withNextStep: boolean): string[] {
  const error = HyperVError.is(failure.error) ? failure.error : unexpected;
  const { headline, what, nextStep } = errorText(error, failure);
  const said = error.outcome === 'none' ? (failure.headline ?? headline) : headline;
  return [said, what, withNextStep ? nextStep : undefined].filter((sentence) => sentence !== undefined);
}

/** Stands for what should not have been thrown: a fault of the extension. */
const unexpected: Pick<HyperVError, 'reason' | 'outcome'> = { reason: 'badRequest', outcome: 'none' };

/** Causes that go away, or that a person can remove and then try again. */
const retryable: ReadonlySet<HyperVErrorReason> = new Set<HyperVErrorReason>([
  'busy',
  'timeout',
  'serviceStopped',
  'accessDenied',
  'inUse',
  'notAvailable',
  'outOfMemory',
  'fileNotFound',
  'failed',
  'guestNotReady',
  'powershellMissing',
  'sessionFailed',
  'sessionLost',
]);

/** Whether *Retry* makes sense: never while it is unknown what the first attempt did. */
export function canRetry({ error }: Failure): boolean {
  return HyperVError.is(error) && error.outcome === 'none' && retryable.has(error.reason);
}
