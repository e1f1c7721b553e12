// One row of an editable pool: two fields, what is to be said of them, and what can be done.
import * as l10n from '@vscode/l10n';
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
import { el } from './render/view';
import type { ElementView, View } from './render/view';

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

export function rowView(props: RowProps): ElementView {
  const { row, report } = props;
  return el(
    'tr',
    { role: 'row', class: rowClass(props) || undefined, 'data-id': row.id },
    el('td', { role: 'cell', class: 'key' }, fieldView(props, 'key')),
    el(
      'td',
      { role: 'cell', class: 'value' },
      fieldView(props, 'value'),
      hasConflict(row) ? conflictView(row) : undefined,
      report === undefined ? undefined : el('p', { class: 'hint problem report', dir: 'auto' }, report),
    ),
    el('td', { role: 'cell', class: 'tools' }, toolsView(props)),
  );
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
  if (report !== undefined) return row.report?.outcome === 'unknown' ? l10n.t('Not known') : l10n.t('Not saved');
  if (row.base === null) return l10n.t('New');
  if (row.removed) return l10n.t('Removed');
  if (isRenamed(row)) return l10n.t('Renamed');
  return isDrafted(row) ? l10n.t('Changed') : '';
}

function toolsView(props: RowProps): readonly View[] {
  const { row, saving } = props;
  const canUndo = isDrafted(row) && !hasConflict(row) && !saving;
  const canRemove = !row.removed && !saving;
  return [
    el('span', { class: 'state' }, stateText(props)),
    canUndo ? iconButton({ icon: 'undo', label: l10n.t('Undo {0}', row.key), act: 'undo' }) : undefined,
    canRemove ? iconButton({ icon: 'remove', label: l10n.t('Remove {0}', row.key), act: 'remove' }) : undefined,
  ];
}

function fieldView(props: RowProps, field: FieldName): readonly View[] {
  const { pool, row, saving } = props;
  const id = elementId.field({ pool, id: row.id, field });
  const { problem, hints } = fieldHints(props, field);
  const floating = props.focused === field && !hints.some(({ kind }) => kind === 'size');
  const described = [...hints.map((_, index) => `${id}-hint${index}`), ...(floating ? [`${id}-size`] : [])];
  return [
    el(
      'div',
      { class: 'field' },
      el('textarea', {
        id,
        rows: 1,
        dir: 'auto',
        spellcheck: 'false',
        autocomplete: 'off',
        'data-field': field,
        'aria-label': field === 'key' ? l10n.t('Key') : l10n.t('Value of {0}', row.key),
        'aria-invalid': problem ? 'true' : undefined,
        'aria-describedby': described.join(' ') || undefined,
        readonly: row.removed || saving,
        value: toField(row[field]),
      }),
      floating ? el('p', { class: 'floating', id: `${id}-size` }, sizeText(row[field], pool, field)) : undefined,
      copyButton(field, row.key),
    ),
    ...hints.map(({ kind, text }, index) => el('p', { class: `hint ${kind}`, id: `${id}-hint${index}` }, text)),
  ];
}

/** With the keyboard, Ctrl+A and Ctrl+C in the field do the same. */
function copyButton(field: FieldName, key: string): ElementView {
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
