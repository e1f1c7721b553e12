// What is said at the end of a copy. Pure.
import * as l10n from '@vscode/l10n';
import { errorText } from '../../domain/errorTexts';
import type { CopyCause } from '../../domain/files/failureCause';
import { totalBytes } from '../../domain/files/plan';
import type { Skipped, SkipReason } from '../../domain/files/plan';
import { bytesText } from '../../domain/bytesText';
import { copyCauseText, skipNextStep, skipReasonText } from '../../domain/files/texts';
import { guestFamily } from '../../domain/health/guestFamily';
import { firstNames, namesInSentence } from '../bulkNames';
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

export function nextStepOf(failed: FailedFile): string {
  return textOf(failed).nextStep;
}

function failedDetail(failed: FailedFile): string {
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
  /** Not copied, as the person cancelled. */
  readonly left: readonly FileTarget[];
  /** Those of them that were on their way. */
  readonly cut: readonly FileTarget[];
  /** Were there, and stay as they are. */
  readonly kept: readonly FileTarget[];
}

export function summaryText(counts: Counts): string {
  return summarySentences(counts).join(' ');
}

export function summarySentences(counts: Counts): readonly string[] {
  const { copied, failed, left, cut, kept } = counts;
  const all = [...copied, ...failed.map(({ target }) => target), ...left, ...kept];
  const [only] = all;
  const cutNames = firstNames(
    cut.map(({ file }) => file.name),
    namesInSentence,
  );
  const part = cut.length === 0 ? [] : [l10n.t('A part may be left in the guest: {0}.', cutNames.join(', '))];
  const what = only !== undefined && all.length === 1 ? singleText(only, counts) : manyText(all, counts);
  return [what, ...part];
}

function singleText(one: FileTarget, { copied, left, kept }: Counts): string {
  const { name, bytes } = one.file;
  if (copied.length === 1) return l10n.t('{0} ({1}) was copied to {2}.', name, bytesText(bytes), one.vm.name);
  if (kept.length === 1) return l10n.t('{0} was in {1} already and stays as it is.', name, one.vm.name);
  return left.length === 1
    ? l10n.t('{0} was not copied to {1}, as it was cancelled.', name, one.vm.name)
    : l10n.t('{0} was not copied to {1}.', name, one.vm.name);
}

function manyText(all: readonly FileTarget[], { copied, failed, left, kept }: Counts): string {
  const groups = byVm(all);
  const vmName = groups.length === 1 ? all[0]?.vm.name : undefined;
  if (copied.length === all.length) {
    const size = bytesText(totalBytes(copied.map(({ file }) => file)));
    if (vmName !== undefined) return l10n.t('{0} files ({1}) were copied to {2}.', all.length, size, vmName);
    const [{ file } = { file: undefined }] = all;
    if (file !== undefined && fileCount(all) === 1)
      return l10n.t('{0} ({1}) was copied to {2} virtual machines.', file.name, bytesText(file.bytes), groups.length);
    return l10n.t(
      'Files were copied to {0} virtual machines: {1} copies of {2} files, {3}.',
      groups.length,
      all.length,
      fileCount(all),
      size,
    );
  }
  const unknown = failed.filter(({ cause }) => cause === 'unknown');
  const rest = [
    ...(kept.length > 0 ? [l10n.t('{0} already there and kept', kept.length)] : []),
    ...(left.length > 0 ? [l10n.t('{0} not copied, as it was cancelled', left.length)] : []),
    ...(unknown.length > 0 ? [l10n.t('{0} not known', unknown.length)] : []),
    ...(failed.length > unknown.length ? [l10n.t('{0} failed', failed.length - unknown.length)] : []),
  ].join('; ');
  return vmName === undefined
    ? l10n.t(
        '{0} of {1} copies into {2} virtual machines arrived: {3}.',
        copied.length,
        all.length,
        groups.length,
        rest,
      )
    : l10n.t('{0} of {1} files were copied to {2}: {3}.', copied.length, all.length, vmName, rest);
}

/** Each goes to every VM. */
export function fileCount(targets: readonly FileTarget[]): number {
  return new Set(targets.map(({ file }) => file.source)).size;
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
  if (counts.size === 1) return failedDetail(most.one);
  return most.count === 1
    ? l10n.t('One of the causes: {0}', failedDetail(most.one))
    : l10n.t('The most frequent cause ({0} times): {1}', most.count, failedDetail(most.one));
}

/** So many are told by their names; the log has all. */
const namedLeftOut = 3;

/** Of a name that would fill the notification. */
const longestToldName = 60;

function endOf(name: string): string {
  return name.length > longestToldName ? `…${name.slice(1 - longestToldName)}` : name;
}

/** undefined when nothing was left out. */
export function leftOutText(skipped: readonly Skipped[]): string | undefined {
  const names = new Map<SkipReason, string[]>();
  for (const { reason, name } of skipped) {
    const known = names.get(reason);
    if (known === undefined) names.set(reason, [name]);
    else known.push(name);
  }
  if (names.size === 0) return undefined;
  const facts = [...names].map(([reason, those]) =>
    l10n.t(
      '{0}: {1}',
      skipReasonText(reason),
      those.length > namedLeftOut ? those.length.toString() : those.map(endOf).join(', '),
    ),
  );
  const steps = [...new Set([...names.keys()].flatMap((reason) => skipNextStep(reason) ?? []))];
  const step = steps.length > 1 ? [l10n.t('Rename what the guest cannot have, or copy an archive.')] : steps;
  return [l10n.t('Left out: {0}.', facts.join('; ')), ...step].join(' ');
}
