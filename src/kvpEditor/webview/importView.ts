// What an import would do to the draft, and which parts of the file could not be read.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { assertNever } from '../../domain/assertNever';
import type { TextProblem } from '../../domain/kvp/textProblem';
import { changeList } from './changeList';
import type { Dialog } from './model';
import { poolTitle } from './poolTexts';

export function importView({ pool, plan, problems }: Extract<Dialog, { kind: 'import' }>): TemplateResult {
  const { add, change, same } = plan;
  const nothingNew = add.length + change.length === 0;
  return html`<p>
      ${
        nothingNew
          ? l10n.t('There is nothing to take over.')
          : l10n.t('The pairs go into the draft of {0}. Nothing is saved before you save.', poolTitle(pool))
      }
    </p>
    ${problems.length === 0 ? nothing : problemList(problems)}
    ${changeList(
      l10n.t('Add'),
      add.map((pair) => ({ verb: 'add', ...pair })),
    )}
    ${changeList(
      l10n.t('Change'),
      change.map(({ key, value, was }) => ({ verb: 'change', key, value, was })),
    )}
    ${same === 0 ? nothing : html`<p>${same === 1 ? l10n.t('1 pair is the same.') : l10n.t('{0} pairs are the same.', same)}</p>`}`;
}

function problemList(problems: readonly TextProblem[]): TemplateResult {
  return html`<h4>${l10n.t('Left out')} <span class="count">${problems.length}</span></h4>
    <ul class="problems">
      ${problems.map((problem) => html`<li dir="auto">${problemText(problem)}</li>`)}
    </ul>`;
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
