// Sentences of the extension about pairs that were not saved; a row keeps the outcome, here is what was said of it.
import * as l10n from '@vscode/l10n';
import type { KvpPairOutcome } from '../../domain/kvp/changes';
import type { DraftRow } from '../../domain/kvp/draft';
import type { ReportedOutcome } from '../messages';

const texts = new WeakMap<KvpPairOutcome, string>();

export function rememberTexts(outcomes: readonly ReportedOutcome[]): void {
  for (const outcome of outcomes) if (outcome.text !== null) texts.set(outcome, outcome.text);
}

/** undefined when the last save had nothing against the row. */
export function reportText({ report }: DraftRow): string | undefined {
  return report && (texts.get(report) ?? l10n.t('{0} was not saved.', report.key));
}
