// A pool that can be edited: its rows, and what can be done with all of them.
import * as l10n from '@vscode/l10n';
import type { DraftRow } from '../../domain/kvp/draft';
import type { EditableKvpPool } from '../../domain/kvp/pools';
import type { RowFindings } from '../../domain/kvp/validate';
import { textButton } from './buttons';
import { findingsOf } from './findings';
import { elementId, isSaving } from './model';
import type { FieldName, Model } from './model';
import type { Page } from './page';
import { poolFrame } from './poolFrame';
import { el, part } from './render/view';
import type { ElementView, PartView, View } from './render/view';
import { reportText } from './reports';
import { rowView } from './rowView';
import { shownRows } from './rows';

export function editablePoolView(pool: EditableKvpPool, model: Model, page: Page): ElementView {
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
    tools: toolButtons(pool, page, saving),
    more:
      findings.pairsOver === 0
        ? undefined
        : el(
            'p',
            { class: 'hint problem' },
            l10n.t('{0} pairs too many: this section holds at most 128.', findings.pairsOver),
          ),
    rows: rows.map((row) =>
      rowPart(pool, row, findings.rows.get(row.id), here?.id === row.id ? here.field : undefined, saving),
    ),
  });
}

function toolButtons(pool: EditableKvpPool, page: Page, saving: boolean): readonly View[] {
  return [
    textButton({
      id: elementId.add(pool),
      label: l10n.t('Add Pair'),
      onClick: () => {
        page.add(pool);
      },
      disabled: saving,
    }),
    textButton({
      label: l10n.t('Import…'),
      onClick: () => {
        page.askImport(pool);
      },
      disabled: saving,
    }),
    textButton({
      label: l10n.t('Export JSON'),
      onClick: () => {
        page.exportPairs(pool, 'json');
      },
    }),
    textButton({
      label: l10n.t('Export .env'),
      onClick: () => {
        page.exportPairs(pool, 'env');
      },
    }),
  ];
}

/** Nothing of a row is looked at again unless something of it changed: there may be a thousand. */
function rowPart(
  pool: EditableKvpPool,
  row: DraftRow,
  findings: RowFindings | undefined,
  focused: FieldName | undefined,
  saving: boolean,
): PartView {
  const found = findings && [findings.key, findings.value].map((problem) => problem && Object.values(problem).join());
  return part(row.id, [row, found?.join(';'), findings?.warnings.join(), focused, saving], () =>
    rowView({ pool, row, findings, focused, saving, report: reportText(row) }),
  );
}
