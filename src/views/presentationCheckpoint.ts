// Checkpoints as rows and tooltips, and the rows that stand for those which are not there. Pure: the same facts give the
// same words.
import * as l10n from '@vscode/l10n';
import { checkpointRefusal, createRefusal, subtreeRefusal } from '../domain/checkpoints/actions';
import type { Checkpoint } from '../domain/checkpoints/checkpoint';
import { kindOf } from '../domain/checkpoints/kind';
import { momentFact, momentText } from '../domain/checkpoints/moments';
import { sizeOf, totalSize } from '../domain/checkpoints/sizes';
import { sizeFact, sizeSentences, totalSentences } from '../domain/checkpoints/sizeTexts';
import {
  checkpointName,
  checkpointRefusalText,
  kindFact,
  kindSentence,
  purposeFact,
  workFact,
} from '../domain/checkpoints/texts';
import { errorText } from '../domain/errorTexts';
import type { VmRecord } from '../domain/vm';
import type { CheckpointView, KnownCheckpoints } from '../hyperv/checkpointCache';
import { escapeMarkdown, joinFacts } from './row';
import type { Row } from './row';

/** The grammar of `viewItem`, as in contextValue.ts: `checkpoints;canCreate` */
function checkpointsContextValue(vm: VmRecord, view: CheckpointView | undefined): string {
  const work = view?.known?.reading.work ?? [];
  const isOpen = createRefusal({ ...vm, work }) === undefined;
  return ['checkpoints', ...(isOpen ? ['canCreate'] : [])].join(';');
}

/** `checkpoint;canApply;canRename;canDelete;canDeleteSubtree` */
function checkpointContextValue({ reading, tree }: KnownCheckpoints, checkpoint: Checkpoint): string {
  const can = (action: 'apply' | 'rename' | 'delete'): boolean =>
    checkpointRefusal(reading, checkpoint, action) === undefined;
  const hasMore = tree.children.has(checkpoint.id);
  return [
    'checkpoint',
    ...(can('apply') ? ['canApply'] : []),
    ...(can('rename') ? ['canRename'] : []),
    ...(can('delete') ? ['canDelete'] : []),
    ...(hasMore && subtreeRefusal(reading, tree, checkpoint.id) === undefined ? ['canDeleteSubtree'] : []),
  ].join(';');
}

const noteContextValue = 'checkpointNote';

/** Every contextValue of this file, for the test of the menus. */
export const checkpointContextValues: readonly string[] = [
  'checkpoints',
  'checkpoints;canCreate',
  'checkpoint',
  'checkpoint;canRename',
  'checkpoint;canApply;canRename;canDelete',
  'checkpoint;canApply;canRename;canDelete;canDeleteSubtree',
  noteContextValue,
];

/** The row *Checkpoints* below a VM; says what is known without reading anything. */
export function checkpointsRow(vm: VmRecord, view: CheckpointView | undefined): Row {
  const known = view?.known;
  const disabled = vm.checkpointType === 'disabled' ? l10n.t('disabled') : undefined;
  const count = known && (known.tree.byId.size === 0 ? l10n.t('none') : String(known.tree.byId.size));
  const size = known && sizeFact(totalSize(known.reading));
  const total = size === undefined ? undefined : l10n.t('{0} in all', size);
  const description = joinFacts([count, total, known && workFact(known.reading.work), disabled]);
  return {
    label: l10n.t('Checkpoints'),
    description,
    icon: 'versions',
    contextValue: checkpointsContextValue(vm, view),
    accessibilityLabel: joinFacts([l10n.t('Checkpoints of {0}', vm.name), description]),
    children: 'collapsed',
  };
}

export function checkpointsTooltip(vm: VmRecord, view: CheckpointView | undefined): string {
  const reading = view?.known?.reading;
  const refusal = createRefusal({ ...vm, work: reading?.work ?? [] });
  const lines = [
    l10n.t('Kept states of {0}, to which it can go back. Read when you open this row.', vm.name),
    ...(reading === undefined ? [] : totalSentences(reading)),
    ...(refusal === undefined ? [] : [checkpointRefusalText(refusal, vm.name)]),
  ];
  return lines.map(escapeMarkdown).join('  \n');
}

export function checkpointRow(vm: VmRecord, known: KnownCheckpoints, checkpoint: Checkpoint): Row {
  const name = checkpointName(checkpoint);
  const isCurrent = known.reading.currentId === checkpoint.id;
  const description = joinFacts([
    isCurrent ? l10n.t('current') : undefined,
    purposeFact(checkpoint),
    checkpoint.createdAtMs === null ? undefined : momentFact(checkpoint.createdAtMs),
    // Short facts first: a narrow side bar cuts off the end.
    sizeFact(sizeOf(checkpoint.files)),
    kindFact(kindOf(checkpoint)),
  ]);
  return {
    label: name,
    description,
    icon: iconOf(checkpoint, isCurrent),
    contextValue: checkpointContextValue(known, checkpoint),
    accessibilityLabel: joinFacts([l10n.t('Checkpoint {0} of {1}', name, vm.name), description]),
    children: known.tree.children.has(checkpoint.id) ? 'expanded' : 'none',
  };
}

function iconOf({ purpose }: Checkpoint, isCurrent: boolean): string {
  if (purpose === 'missing') return 'warning';
  if (purpose !== 'person') return 'archive';
  return isCurrent ? 'circle-filled' : 'circle-outline';
}

/** Markdown; made late, when somebody points at the row. */
export function checkpointTooltip(vm: VmRecord, { reading, tree }: KnownCheckpoints, checkpoint: Checkpoint): string {
  const parent = reading.checkpoints.find(({ id }) => id === checkpoint.parentId);
  const refusal = checkpointRefusal(reading, checkpoint, 'apply');
  const lines = [
    kindSentence(kindOf(checkpoint)),
    ...(checkpoint.createdAtMs === null ? [] : [l10n.t('Made: {0}', momentText(checkpoint.createdAtMs))]),
    ...(parent === undefined ? [] : [l10n.t('After: {0}', checkpointName(parent))]),
    ...(reading.currentId === checkpoint.id ? [l10n.t('{0} goes on from here.', vm.name)] : []),
    ...sizeSentences(reading, tree, checkpoint),
    ...(refusal === undefined ? [] : [checkpointRefusalText(refusal, vm.name)]),
    l10n.t('Id: {0}', checkpoint.id),
  ];
  return [`**${escapeMarkdown(checkpointName(checkpoint))}**`, ...lines.map(escapeMarkdown)].join('  \n');
}

/** The row that stands for checkpoints which are not there; undefined when it is not needed. */
export function checkpointNoteRow(vm: VmRecord, hostName: string, view: CheckpointView): Row | undefined {
  const note = noteOf(vm, hostName, view);
  return (
    note && {
      label: note.label,
      description: note.description ?? '',
      icon: note.icon,
      contextValue: noteContextValue,
      accessibilityLabel: joinFacts([note.label, note.description]),
      children: 'none',
    }
  );
}

function noteOf(
  vm: VmRecord,
  hostName: string,
  { known, failure, isReading }: CheckpointView,
): { readonly label: string; readonly description?: string; readonly icon: string } | undefined {
  if (failure !== undefined) {
    const { what, nextStep } = errorText(failure, { hostName, vmName: vm.name });
    return { label: l10n.t('Checkpoints could not be read'), description: `${what} ${nextStep}`, icon: 'error' };
  }
  if (known === undefined) return { label: l10n.t('Reading the checkpoints'), icon: isReading ? 'sync' : 'info' };
  if (known.reading.unreadable > 0) {
    const count = known.reading.unreadable;
    const label =
      count === 1 ? l10n.t('1 checkpoint could not be read') : l10n.t('{0} checkpoints could not be read', count);
    return { label, icon: 'warning' };
  }
  if (known.tree.byId.size > 0) return undefined;
  return vm.checkpointType === 'disabled'
    ? { label: l10n.t('No checkpoints, and none can be made: they are disabled'), icon: 'info' }
    : { label: l10n.t('No checkpoints'), icon: 'info' };
}
