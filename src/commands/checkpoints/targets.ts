// Which checkpoint a command is for: the row it was called on, or what a person picks. Read anew each time, so that a
// question says what is true.
import * as l10n from '@vscode/l10n';
import { checkpointRefusal } from '../../domain/checkpoints/actions';
import type { CheckpointAction } from '../../domain/checkpoints/actions';
import type { Checkpoint, CheckpointId, CheckpointReading } from '../../domain/checkpoints/checkpoint';
import { kindOf } from '../../domain/checkpoints/kind';
import { momentFact } from '../../domain/checkpoints/moments';
import { sizeOf } from '../../domain/checkpoints/sizes';
import { sizeFact } from '../../domain/checkpoints/sizeTexts';
import { checkpointName, checkpointRefusalText, kindFact, purposeFact } from '../../domain/checkpoints/texts';
import { checkpointTree, subtreeOf } from '../../domain/checkpoints/tree';
import { errorText } from '../../domain/errorTexts';
import { HyperVError } from '../../domain/errors';
import type { HypervNode } from '../../views/nodes';
import { joinFacts } from '../../views/row';
import type { CommandContext } from '../commandContext';
import { nodesOf, resolveVmsWhere } from '../targets';
import type { VmTarget } from '../targets';
import type { PickTexts } from '../ui';

export interface CheckpointTarget extends VmTarget {
  readonly checkpoint: Checkpoint;
  readonly reading: CheckpointReading;
}

/** undefined when there is nothing to do; the person was told, or left. */
export async function resolveCheckpoint(
  context: CommandContext,
  args: readonly unknown[],
  action: Exclude<CheckpointAction, 'create'>,
  texts: PickTexts,
): Promise<CheckpointTarget | undefined> {
  const wanted = checkpointIdOf(nodesOf(args, context.selection));
  const vms = await resolveVmsWhere(context, args, texts, { isAllowed: () => true });
  const [vm] = vms;
  if (vm === undefined) return undefined;
  const reading = await readNow(context, vm);
  if (reading === undefined) return undefined;
  const checkpoint = wanted === undefined ? await pick(context, vm, reading, action, texts) : found(reading, wanted);
  if (checkpoint === undefined) {
    if (wanted !== undefined) context.ui.inform(l10n.t('{0} no longer has this checkpoint.', vm.vm.name));
    return undefined;
  }
  const refusal = checkpointRefusal(reading, checkpoint, action);
  if (refusal === undefined) return { ...vm, checkpoint, reading };
  context.ui.inform(checkpointRefusalText(refusal, vm.vm.name));
  return undefined;
}

/** The checkpoints as they are now; undefined when they could not be read, and the person was told. */
async function readNow(
  context: CommandContext,
  { hostId, hostName, vm }: VmTarget,
): Promise<CheckpointReading | undefined> {
  const title = l10n.t('Reading the checkpoints of {0}', vm.name);
  try {
    const reading = await context.ui.progress({ title, cancellable: false }, () =>
      context.details.readCheckpoints(hostId, vm.id),
    );
    context.checkpoints.took(hostId, vm.id, reading);
    return reading;
  } catch (error) {
    const { what, nextStep } = errorText(HyperVError.from(error), { hostName, vmName: vm.name });
    context.log.error(title, error);
    void context.ui.error([l10n.t('The checkpoints of {0} could not be read.', vm.name), what, nextStep].join(' '));
    return undefined;
  }
}

async function pick(
  context: CommandContext,
  { vm }: VmTarget,
  reading: CheckpointReading,
  action: Exclude<CheckpointAction, 'create'>,
  { title }: PickTexts,
): Promise<Checkpoint | undefined> {
  const tree = checkpointTree(reading.checkpoints);
  const all = tree.roots.flatMap((root) => subtreeOf(tree, root));
  if (all.length === 0) {
    context.ui.inform(l10n.t('{0} has no checkpoints.', vm.name));
    return undefined;
  }
  const allowed = all.filter((one) => checkpointRefusal(reading, one, action) === undefined);
  // The reason is the same for all of them, or said of the first.
  if (allowed.length === 0) return all[0];
  const choices = allowed.map((one) => ({
    label: checkpointName(one),
    description: checkpointFacts(one),
    icon: 'history',
    value: one,
  }));
  return context.ui.pick({ title, placeholder: l10n.t('Which checkpoint of {0}?', vm.name) }, choices);
}

function checkpointFacts(one: Checkpoint): string {
  const moment = one.createdAtMs === null ? undefined : momentFact(one.createdAtMs);
  return joinFacts([moment, sizeFact(sizeOf(one.files)), kindFact(kindOf(one)), purposeFact(one)]);
}

function found({ checkpoints }: CheckpointReading, id: CheckpointId): Checkpoint | undefined {
  return checkpoints.find((one) => one.id === id);
}

function checkpointIdOf(nodes: readonly HypervNode[] | undefined): CheckpointId | undefined {
  const [node] = nodes ?? [];
  return node?.kind === 'checkpoint' ? node.checkpointId : undefined;
}
