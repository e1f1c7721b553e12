// Pairs to and from the text of files and of the clipboard, with sentences about what did not go.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { pairsFromEnv, pairsToEnv } from '../domain/kvp/envText';
import { pairsFromJson, pairsToJson } from '../domain/kvp/jsonText';
import type { KvpPair } from '../domain/kvp/pools';
import type { TextProblem } from '../domain/kvp/textProblem';

export interface Exported {
  readonly text: string;
  /** What the format could not hold, in a sentence. */
  readonly warning?: string;
}

export function exportText(pairs: readonly KvpPair[], format: 'json' | 'env'): Exported {
  if (format === 'json') return { text: pairsToJson(pairs) };
  const { text, leftOut } = pairsToEnv(pairs);
  if (leftOut.length === 0) return { text };
  return { text, warning: l10n.t('Left out, as .env text cannot hold these keys: {0}', leftOut.join(', ')) };
}

export interface Imported {
  readonly pairs: readonly KvpPair[];
  /** What was left out, a sentence for each. */
  readonly problems: readonly string[];
}

export function importText(fileName: string, text: string): Imported {
  const { pairs, problems } = (isJson(fileName, text) ? pairsFromJson : pairsFromEnv)(text);
  return { pairs, problems: problems.map(problemText) };
}

/** By the name of the file; by the first character when the name says nothing. */
function isJson(fileName: string, text: string): boolean {
  if (/\.json[c5]?$/i.test(fileName)) return true;
  return !/(^|\.)env(\.[^.]+)?$/i.test(fileName) && /^[\s\uFEFF]*[[{]/.test(text);
}

function problemText(problem: TextProblem): string {
  switch (problem.kind) {
    case 'notJson':
      return l10n.t('The file is not valid JSON.');
    case 'notPairs':
      return l10n.t('The JSON is neither an object nor a list of pairs.');
    case 'notText':
      return l10n.t('{0}: the value is not a text. Write it in quotes.', problem.item);
    case 'notAssignment':
      return l10n.t('Line {0}: not of the form NAME=value.', problem.line);
    case 'openQuote':
      return l10n.t('Line {0}: a quote is not closed, or something follows it.', problem.line);
    default:
      return assertNever(problem);
  }
}
