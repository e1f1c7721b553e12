// One message for all that failed in one command. Pure; each failure keeps its own cause.
import * as l10n from '@vscode/l10n';
import type { VmAction } from '../domain/allowedActions';
import { errorText } from '../domain/errorTexts';
import { HyperVError } from '../domain/errors';
import type { Aftermath, Verdict } from './aftermath';
import { aftermathText } from './aftermathTexts';
import type { AftermathContext } from './aftermathTexts';
import type { HyperVErrorReason } from '../domain/errors';

export interface Failure {
  readonly hostName: string;
  readonly vmName: string;
  readonly action: VmAction;
  readonly error: unknown;
  /** What did not happen, where the action alone does not say enough. */
  readonly headline?: string | undefined;
  /** What was seen afterwards, when the outcome was not known. */
  readonly aftermath?: Aftermath | undefined;
  /** See {@link AftermathContext}. */
  readonly words?: AftermathContext['words'];
}

/** More than a notification can hold without being cut. */
const namedFailures = 3;

/** @param attempts how many VMs or services the command acted upon */
export function failureMessage(failures: readonly Failure[], attempts: number): string {
  const [first] = failures;
  if (first === undefined) return '';
  if (failures.length === 1) return failureSentences(first, true).join(' ');
  const named = failures.slice(0, namedFailures).map((failure) => failureSentences(failure, false).join(' '));
  const rest = failures.length - named.length;
  return [
    l10n.t('{0} of {1} requests failed.', failures.length, attempts),
    ...named,
    ...(rest > 0 ? [l10n.t('The log names {0} more.', rest)] : []),
  ].join(' ');
}

export function failureSentences(failure: Failure, withNextStep: boolean): string[] {
  const error = errorOf(failure);
  const { headline, what, nextStep } = errorText(error, failure);
  if (failure.aftermath !== undefined) {
    const after = aftermathText(failure.aftermath, failure);
    // What was seen is said first when it settles the matter.
    const told = isSettled(failure.aftermath, 'notDone') ? [after.what, what] : [headline, what, after.what];
    return [...told, withNextStep ? after.nextStep : undefined].filter((sentence) => sentence !== undefined);
  }
  const said = error.outcome === 'none' ? (failure.headline ?? headline) : headline;
  return [said, what, withNextStep ? nextStep : undefined].filter((sentence) => sentence !== undefined);
}

/** For a row that names the VM, below its cause, with room for one line: what to do. What is not known is said whole. */
export function failureDetail(failure: Failure): string {
  if (failure.aftermath !== undefined || errorOf(failure).outcome === 'unknown')
    return failureSentences(failure, true).join(' ');
  const { nextStep } = errorText(errorOf(failure), failure);
  return [failure.headline, nextStep].filter((sentence) => sentence !== undefined).join(' ');
}

/** What failures of the same cause have in common, host by host: a sentence that names no VM. */
export function causeOf(failure: Failure): string {
  const { hostName, action } = failure;
  if (isOpen(failure)) return l10n.t('It is not known what became of the request to {0}.', hostName);
  return errorText(errorOf(failure), { hostName, action }).what;
}

function errorOf({ error }: Failure): Pick<HyperVError, 'reason' | 'outcome'> {
  return HyperVError.is(error) ? error : unexpected;
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

function isSettled(aftermath: Aftermath | undefined, verdict: Verdict): boolean {
  return aftermath?.kind === 'seen' && aftermath.verdict === verdict;
}

/** Whether nobody knows what became of it, even after a look. */
export function isOpen({ error, aftermath }: Failure): boolean {
  const isUnknown = HyperVError.is(error) && error.outcome === 'unknown';
  return isUnknown && !isSettled(aftermath, 'done') && !isSettled(aftermath, 'notDone');
}

/** Whether the change was seen to be done after all, so that nothing has failed but the answer. */
export function cameTrue({ aftermath }: Failure): boolean {
  return isSettled(aftermath, 'done');
}

/** One message for all of which that is so. */
export function cameTrueMessage(failures: readonly Failure[]): string {
  const [first] = failures;
  if (first !== undefined && failures.length === 1 && first.aftermath !== undefined) {
    const { what } = errorText(HyperVError.from(first.error), first);
    return [what, aftermathText(first.aftermath, first).what].join(' ');
  }
  const names = [...new Set(failures.map(({ vmName }) => vmName))].join(', ');
  return l10n.t('{0} requests were carried out, although their answers were lost: {1}.', failures.length, names);
}

/** Whether *Retry* makes sense: never while it is unknown what the first attempt did. */
export function canRetry({ error, aftermath }: Failure): boolean {
  if (isSettled(aftermath, 'notDone')) return true;
  return HyperVError.is(error) && error.outcome === 'none' && retryable.has(error.reason);
}
