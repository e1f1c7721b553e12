// A pool that can be edited: its rows, and what can be done with all of them.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { DraftRow } from '../../domain/kvp/draft';
import type { EditableKvpPool } from '../../domain/kvp/pools';
import type { RowFindings } from '../../domain/kvp/validate';
import { textButton } from './buttons';
import { findingsOf } from './findings';
import { elementId, isSaving } from './model';
import type { FieldName, Model } from './model';
import type { Page } from './page';
import { poolFrame } from './poolFrame';
import { reportText } from './reports';
import { rowView } from './rowView';
import { shownRows } from './rows';

export function editablePoolView(pool: EditableKvpPool, model: Model, page: Page): TemplateResult {
  const { drafts, focused, filter, sort } = model;
  const draft = drafts[pool];
  const saving = isSaving(model);
  const here = focused?.pool === pool ? focused : null;
  const findings = findingsOf(pool, draft);
  const rows = shownRows(draft.rows, filter, sort[pool], here?.id);
  return poolFrame({
    pool,
    model,
    page,
    shown: rows.length,
    all: draft.rows.length,
    tools: html`${textButton({
      id: elementId.add(pool),
      label: l10n.t('Add Pair'),
      onClick: () => {
        page.add(pool);
      },
      disabled: saving,
    })}
    ${textButton({
      label: l10n.t('Import…'),
      onClick: () => {
        page.askImport(pool);
      },
      disabled: saving,
    })}
    ${textButton({
      label: l10n.t('Export JSON'),
      onClick: () => {
        page.exportPairs(pool, 'json');
      },
    })}
    ${textButton({
      label: l10n.t('Export .env'),
      onClick: () => {
        page.exportPairs(pool, 'env');
      },
    })}`,
    more:
      findings.pairsOver === 0
        ? nothing
        : html`<p class="hint problem">
            ${l10n.t('{0} pairs too many: this section holds at most 128.', findings.pairsOver)}
          </p>`,
    rows: repeat(
      rows,
      ({ id }) => id,
      (row) => guardedRow(pool, row, findings.rows.get(row.id), here?.id === row.id ? here.field : undefined, saving),
    ),
  });
}

/** Nothing of a row is looked at again unless something of it changed: there may be a thousand. */
function guardedRow(
  pool: EditableKvpPool,
  row: DraftRow,
  findings: RowFindings | undefined,
  focused: FieldName | undefined,
  saving: boolean,
): unknown {
  const found = findings && [findings.key, findings.value].map((problem) => problem && Object.values(problem).join());
  return guard([row, found?.join(';'), findings?.warnings.join(), focused, saving], () =>
    rowView({ pool, row, findings, focused, saving, report: reportText(row) }),
  );
}
