// What is said at the end of a copy. Pure.
import * as l10n from '@vscode/l10n';
import { errorText } from '../../domain/errorTexts';
import type { CopyCause } from '../../domain/files/failureCause';
import { totalBytes } from '../../domain/files/plan';
import type { Skipped, SkipReason } from '../../domain/files/plan';
import { bytesText, copyCauseText, skippedText } from '../../domain/files/texts';
import { guestFamily } from '../../domain/health/guestFamily';
import type { FailedFile, FileTarget } from './run';
import { byVm } from './run';

/** Causes that a person can remove, or that go away. */
const retryable: ReadonlySet<CopyCause> = new Set<CopyCause>([
  'diskFull',
  'noAnswer',
  'refused',
  'folderMissing',
  'inUse',
  'sourceMissing',
  'accessDenied',
  'serviceOff',
  'notRunning',
  'timeout',
  'other',
]);

export function canRetryFile({ cause }: FailedFile): boolean {
  return retryable.has(cause);
}

/** One sentence, the same for all files of a VM that fail alike. */
export function causeSentence(failed: FailedFile): string {
  return textOf(failed).what;
}

export function failedDetail(failed: FailedFile): string {
  const { what, nextStep } = textOf(failed);
  return [what, nextStep].join(' ');
}

function textOf({ target, cause, error }: FailedFile): { readonly what: string; readonly nextStep: string } {
  const { hostName, vm } = target;
  if (cause === 'other') return errorText(error, { hostName, vmName: vm.name });
  return copyCauseText(cause, { hostName, vmName: vm.name, family: guestFamily(vm.guest.osName) });
}

export interface Counts {
  readonly copied: readonly FileTarget[];
  readonly failed: readonly FailedFile[];
  /** Not begun, as the person cancelled. */
  readonly left: readonly FileTarget[];
  /** Were there, and stay as they are. */
  readonly kept: readonly FileTarget[];
}

export function summaryText({ copied, failed, left, kept }: Counts): string {
  const all = [...copied, ...failed.map(({ target }) => target), ...left, ...kept];
  const place = placeText(all);
  const size = bytesText(totalBytes(copied.map(({ file }) => file)));
  const [only] = all;
  if (copied.length === all.length) {
    return only !== undefined && all.length === 1
      ? l10n.t('{0} ({1}) was copied to {2}.', only.file.name, size, place)
      : l10n.t('{0} files ({1}) were copied to {2}.', all.length, size, place);
  }
  if (only !== undefined && all.length === 1) {
    const { name } = only.file;
    if (kept.length === 1) return l10n.t('{0} was in {1} already and stays as it is.', name, place);
    return left.length === 1
      ? l10n.t('{0} was not copied to {1}, as it was cancelled.', name, place)
      : l10n.t('{0} was not copied to {1}.', name, place);
  }
  const rest = [
    ...(kept.length > 0 ? [l10n.t('{0} were there and stay as they are', kept.length)] : []),
    ...(left.length > 0 ? [l10n.t('{0} not copied, as it was cancelled', left.length)] : []),
    ...(failed.length > 0 ? [l10n.t('{0} failed', failed.length)] : []),
  ];
  return l10n.t('{0} of {1} files were copied to {2}: {3}.', copied.length, all.length, place, rest.join(', '));
}

function placeText(targets: readonly FileTarget[]): string {
  const groups = byVm(targets);
  const [group] = groups;
  return group !== undefined && groups.length === 1 ? group[0].vm.name : l10n.t('{0} virtual machines', groups.length);
}

/** The cause of most failures first, with what to do about it. */
export function failureText(failed: readonly FailedFile[]): string {
  const counts = new Map<string, { readonly one: FailedFile; count: number }>();
  for (const one of failed) {
    const known = counts.get(causeSentence(one));
    if (known === undefined) counts.set(causeSentence(one), { one, count: 1 });
    else known.count += 1;
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (most === undefined) return '';
  return counts.size === 1
    ? failedDetail(most.one)
    : l10n.t('The most frequent cause ({0} times): {1}', most.count, failedDetail(most.one));
}

/** undefined when nothing was left out. */
export function leftOutText(skipped: readonly Skipped[], emptyFolders: number): string | undefined {
  const counts = new Map<SkipReason, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const facts = [
    ...[...counts].map(([reason, count]) => skippedText(reason, count)),
    ...(emptyFolders > 0 ? [l10n.t('empty folders: {0}', emptyFolders)] : []),
  ];
  return facts.length === 0 ? undefined : l10n.t('Left out: {0}.', facts.join(', '));
}
