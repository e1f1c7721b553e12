// One row of an editable pool: two fields, what is to be said of them, and what can be done.
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { DraftRow } from '../../domain/kvp/draft';
import { hasConflict, isDrafted, isRenamed } from '../../domain/kvp/draft';
import type { EditableKvpPool } from '../../domain/kvp/pools';
import type { RowFindings } from '../../domain/kvp/validate';
import { iconButton } from './buttons';
import { conflictView } from './conflictView';
import { invisibleText, isNearlyFull, problemText, sizeText, warningText } from './fieldTexts';
import { toField } from './lineEnds';
import { elementId } from './model';
import type { FieldName } from './model';

export interface RowProps {
  readonly pool: EditableKvpPool;
  readonly row: DraftRow;
  readonly findings: RowFindings | undefined;
  /** The field of this row that a person is in. */
  readonly focused: FieldName | undefined;
  readonly saving: boolean;
  /** The sentence about the last save of this row. */
  readonly report: string | undefined;
}

export function rowView(props: RowProps): TemplateResult {
  const { pool, row, report } = props;
  return html`<tr role="row" id=${elementId.row(pool, row.id)} class=${rowClass(props)} data-id=${row.id}>
    <td role="cell" class="key">${fieldView(props, 'key')}</td>
    <td role="cell" class="value">
      ${fieldView(props, 'value')} ${hasConflict(row) ? conflictView(row) : nothing}
      ${report === undefined ? nothing : html`<p class="hint problem report" dir="auto">${report}</p>`}
    </td>
    <td role="cell" class="tools">${toolsView(props)}</td>
  </tr>`;
}

function rowClass({ row, report }: RowProps): string {
  const failed = report === undefined ? '' : ' failed';
  if (hasConflict(row)) return `conflict${failed}`;
  if (row.base === null) return `added${failed}`;
  if (row.removed) return `removed${failed}`;
  return (isDrafted(row) ? 'changed' : '') + failed;
}

/** What the colour at the row's edge says, in a word. */
function stateText({ row, report }: RowProps): string {
  if (hasConflict(row)) return l10n.t('Conflict');
  if (report !== undefined) return l10n.t('Not saved');
  if (row.base === null) return l10n.t('New');
  if (row.removed) return l10n.t('Removed');
  if (isRenamed(row)) return l10n.t('Renamed');
  return isDrafted(row) ? l10n.t('Changed') : '';
}

function toolsView(props: RowProps): TemplateResult {
  const { row, saving } = props;
  const name = row.key;
  const undo = isDrafted(row) && !hasConflict(row) && !saving;
  return html`<span class="state">${stateText(props)}</span>${
      undo ? iconButton({ icon: 'undo', label: l10n.t('Undo {0}', name), act: 'undo' }) : nothing
    }${
      row.removed || saving ? nothing : iconButton({ icon: 'remove', label: l10n.t('Remove {0}', name), act: 'remove' })
    }`;
}

function fieldView(props: RowProps, field: FieldName): TemplateResult {
  const { pool, row, saving } = props;
  const id = elementId.field({ pool, id: row.id, field });
  const { problem, hints } = fieldHints(props, field);
  const floating = props.focused === field && !hints.some(({ kind }) => kind === 'size');
  const described = [...hints.map((_, index) => `${id}-hint${index}`), ...(floating ? [`${id}-size`] : [])].join(' ');
  const label = field === 'key' ? l10n.t('Key') : l10n.t('Value of {0}', row.key);
  return html`<div class="field">
      <textarea
        id=${id}
        rows="1"
        dir="auto"
        spellcheck="false"
        autocomplete="off"
        data-field=${field}
        aria-label=${label}
        aria-invalid=${problem ? 'true' : nothing}
        aria-describedby=${described === '' ? nothing : described}
        ?readonly=${row.removed || saving}
        .value=${live(toField(row[field]))}
      ></textarea>
      ${floating ? html`<p class="floating" id="${id}-size">${sizeText(row[field], pool, field)}</p>` : nothing}
      ${copyButton(field, row.key)}
    </div>
    ${hints.map(({ kind, text }, index) => html`<p class="hint ${kind}" id="${id}-hint${index}">${text}</p>`)}`;
}

/** With the keyboard, Ctrl+A and Ctrl+C in the field do the same. */
function copyButton(field: FieldName, key: string): TemplateResult {
  return field === 'key'
    ? iconButton({ icon: 'copy', label: l10n.t('Copy key {0}', key), act: 'copyKey', pointerOnly: true })
    : iconButton({ icon: 'copy', label: l10n.t('Copy value of {0}', key), act: 'copyValue', pointerOnly: true });
}

interface Hint {
  readonly kind: 'problem' | 'warning' | 'size';
  readonly text: string;
}

function fieldHints(
  { pool, row, findings, focused }: RowProps,
  field: FieldName,
): { problem: boolean; hints: readonly Hint[] } {
  if (row.removed) return { problem: false, hints: [] };
  const found = findings?.[field];
  // Nobody who has just asked for a new pair needs to hear that it has no key.
  const problem = found?.kind === 'keyEmpty' && focused !== undefined ? undefined : found;
  const size = isNearlyFull(row[field], pool, field) ? sizeText(row[field], pool, field) : undefined;
  const invisible = invisibleText(row[field]);
  const warnings = field === 'key' ? (findings?.warnings ?? []) : [];
  const hint = (kind: Hint['kind'], text: string | undefined): Hint[] => (text === undefined ? [] : [{ kind, text }]);
  return {
    problem: problem !== undefined,
    hints: [
      ...hint('problem', problem && problemText(problem, pool, field)),
      ...warnings.flatMap((warning) => hint('warning', warningText(warning, pool))),
      ...hint('warning', invisible),
      ...hint('size', size),
    ],
  };
}
