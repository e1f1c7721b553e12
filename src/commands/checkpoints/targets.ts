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
import { isHypervNode } from '../../views/nodes';
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
  const pointed = pointedAt(args);
  const wanted = checkpointIdOf(nodesOf(pointed, context.selection));
  const vms = await resolveVmsWhere(context, pointed, texts, { isAllowed: () => true });
  const [vm] = vms;
  if (vm === undefined) return undefined;
  const reading = await readNow(context, vm);
  if (reading === undefined) return undefined;
  const picked = wanted ?? (await pick(context, vm, reading, action, texts))?.id;
  return picked === undefined ? undefined : allowed(context, vm, reading, picked, action);
}

/**
 * The same target once more, after a question that may have stood for hours. undefined, and the person was told, when it is
 * not as the question said.
 * @param factsOf what the question said, of a reading
 */
export async function resolveAgain(
  context: CommandContext,
  target: CheckpointTarget,
  action: Exclude<CheckpointAction, 'create'>,
  factsOf: (target: CheckpointTarget) => readonly unknown[],
): Promise<CheckpointTarget | undefined> {
  const reading = await readNow(context, target);
  const now = reading && allowed(context, target, reading, target.checkpoint.id, action);
  if (now === undefined || JSON.stringify(factsOf(now)) === JSON.stringify(factsOf(target))) return now;
  context.ui.inform(
    l10n.t(
      'Nothing was done: {0} and its checkpoints are no longer as they were when you were asked. Look at them, then try again.',
      target.vm.name,
    ),
  );
  return undefined;
}

/** The checkpoint with this id, when the action is allowed; the person was told why not. */
function allowed(
  context: CommandContext,
  { hostId, hostName, vm }: VmTarget,
  reading: CheckpointReading,
  id: CheckpointId,
  action: Exclude<CheckpointAction, 'create'>,
): CheckpointTarget | undefined {
  const checkpoint = reading.checkpoints.find((one) => one.id === id);
  const refusal = checkpoint && checkpointRefusal(reading, checkpoint, action);
  if (checkpoint !== undefined && refusal === undefined) return { hostId, hostName, vm, checkpoint, reading };
  context.ui.inform(
    refusal === undefined
      ? l10n.t('{0} no longer has this checkpoint.', vm.name)
      : checkpointRefusalText(refusal, vm.name),
  );
  return undefined;
}

/** Of several rows that are selected, the one on which the menu was opened: each checkpoint is asked about by itself. */
function pointedAt(args: readonly unknown[]): readonly unknown[] {
  const [first] = args;
  return isHypervNode(first) && first.kind === 'checkpoint' ? [first] : args;
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
  const offered = all.filter((one) => checkpointRefusal(reading, one, action) === undefined);
  // The reason is the same for all of them, or said of the first.
  if (offered.length === 0) return all[0];
  const choices = offered.map((one) => ({
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

function checkpointIdOf(nodes: readonly HypervNode[] | undefined): CheckpointId | undefined {
  const [node] = nodes ?? [];
  return node?.kind === 'checkpoint' ? node.checkpointId : undefined;
}
