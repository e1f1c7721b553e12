// The message at the end of a command for many VMs some of which failed. Pure.
import * as l10n from '@vscode/l10n';
import { causeOf, failureSentences } from './failureTexts';
import type { Failure } from './failureTexts';

/** More than a notification can hold without being cut. */
const namedFailures = 3;

/** @param summary the counts */
export function bulkMessage(summary: string, failures: readonly Failure[]): string {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return [summary, ...failureSentences(first, true)].join(' ');
  if (failures.length <= namedFailures)
    return [summary, ...failures.flatMap((failure) => failureSentences(failure, false))].join(' ');
  return [summary, causesText(failures.map(causeOf))].join(' ');
}

/** One cause of all, or the one that most have. */
function causesText(causes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  const [[cause, count] = ['', 0]] = [...counts].sort(([, a], [, b]) => b - a);
  return counts.size === 1 ? cause : l10n.t('The most frequent cause ({0} times): {1}', count, cause);
}
