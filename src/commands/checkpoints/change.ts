// Apply, Rename and Delete: what is done with a checkpoint that exists. What loses something is asked before, with what is
// lost.
import * as l10n from '@vscode/l10n';
import { mustBeSaved, subtreeRefusal } from '../../domain/checkpoints/actions';
import type { Checkpoint } from '../../domain/checkpoints/checkpoint';
import { momentText } from '../../domain/checkpoints/moments';
import { nameProblem, trimmedName } from '../../domain/checkpoints/names';
import { diskFate } from '../../domain/checkpoints/sizes';
import { applySpace, deletionSpace, subtreeSpace } from '../../domain/checkpoints/sizeTexts';
import { afterApplying, checkpointName, checkpointRefusalText, nameProblemText } from '../../domain/checkpoints/texts';
import { checkpointTree, subtreeOf } from '../../domain/checkpoints/tree';
import { stateText } from '../../views/stateTexts';
import { firstNames, namesInModal } from '../bulkNames';
import type { CommandContext } from '../commandContext';
import { back } from '../hosts/stepsUi';
import { runCheckpointWork } from './run';
import { resolveAgain, resolveCheckpoint } from './targets';
import type { CheckpointTarget } from './targets';

export async function applyCheckpoint(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Apply Checkpoint'), placeholder: l10n.t('To which virtual machine?') };
  const target = await resolveCheckpoint(context, args, 'apply', texts);
  if (target === undefined) return;
  const { vm, hostName, checkpoint } = target;
  const name = checkpointName(checkpoint);
  const question = l10n.t('Apply {0} to {1} on {2}?', name, vm.name, hostName);
  if (!(await context.ui.confirm(question, applyLoss(target).join('\n\n'), l10n.t('Apply')))) return;
  // What is lost depends on both.
  const isSo = await resolveAgain(context, target, 'apply', ({ reading: { vmState, currentId } }) => [
    mustBeSaved(vmState),
    vmState === 'saved',
    currentId,
  ]);
  if (isSo === undefined) return;
  const outcome = await runCheckpointWork(context, target, {
    change: { kind: 'apply', checkpointId: checkpoint.id },
    title: l10n.t('Applying {0} to {1}', name, vm.name),
    notDone: l10n.t('{0} was not applied to {1}.', name, vm.name),
    unknown: l10n.t('It is not known whether {0} was applied to {1}.', name, vm.name),
  });
  if (outcome === undefined) return;
  const after = context.store.vm(target.hostId, vm.id);
  const state = after === undefined ? '' : stateText(after.state);
  context.ui.mention(l10n.t('{0} is as it was in {1}: {2}.', vm.name, name, state));
}

function applyLoss({ vm, checkpoint, reading }: CheckpointTarget): string[] {
  const current = reading.checkpoints.find(({ id }) => id === reading.currentId);
  const since =
    current === undefined
      ? l10n.t('Everything that {0} has written to its disks is lost, but for what its checkpoints hold.', vm.name)
      : l10n.t(
          'Everything that {0} has written to its disks since {1} is lost, but for what its checkpoints hold.',
          vm.name,
          described(current),
        );
  const memory = mustBeSaved(reading.vmState)
    ? [
        l10n.t(
          'It is saved first, and its memory is lost as well: programs in the guest lose what they have not saved.',
        ),
      ]
    : reading.vmState === 'saved'
      ? [l10n.t('Its saved memory is lost as well.')]
      : [];
  const loss = [since, ...applySpace(reading)].join(' ');
  return [loss, ...memory, afterApplying(checkpoint), l10n.t('A new checkpoint beforehand would keep how it is now.')];
}

export async function renameCheckpoint(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Rename Checkpoint'), placeholder: l10n.t('Of which virtual machine?') };
  const target = await resolveCheckpoint(context, args, 'rename', texts);
  if (target === undefined) return;
  const { vm, checkpoint } = target;
  const answer = await context.hosts.steps.input(
    { title: texts.title, canGoBack: false },
    {
      prompt: l10n.t('New name of {0}', checkpointName(checkpoint)),
      placeholder: l10n.t('What will it be good for?'),
      value: checkpoint.name,
      check: (text) => {
        const problem = nameProblem(text);
        return problem && nameProblemText(problem);
      },
    },
  );
  if (answer === undefined || answer === back || trimmedName(answer) === checkpoint.name) return;
  await runCheckpointWork(context, target, {
    change: { kind: 'rename', checkpointId: checkpoint.id, name: trimmedName(answer) },
    title: l10n.t('Renaming a checkpoint of {0}', vm.name),
    notDone: l10n.t('{0} of {1} was not renamed.', checkpointName(checkpoint), vm.name),
    unknown: l10n.t('It is not known whether {0} of {1} was renamed.', checkpointName(checkpoint), vm.name),
  });
}

export async function deleteCheckpoint(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Delete Checkpoint'), placeholder: l10n.t('Of which virtual machine?') };
  const target = await resolveCheckpoint(context, args, 'delete', texts);
  if (target !== undefined) await deleteOne(context, target);
}

async function deleteOne(context: CommandContext, target: CheckpointTarget): Promise<void> {
  const { vm, hostName, checkpoint, reading } = target;
  const name = checkpointName(checkpoint);
  const tree = checkpointTree(reading.checkpoints);
  const question = l10n.t('Delete {0} of {1} on {2}?', name, vm.name, hostName);
  const detail = [
    l10n.t('{0} can no longer go back to {1}. This cannot be undone.', vm.name, described(checkpoint)),
    ...deletionSpace(reading, tree, checkpoint),
    staysAsItIs(vm.name, diskFate(reading, tree, checkpoint) === 'merged' || checkpoint.files === null),
  ];
  if (!(await context.ui.confirm(question, detail.join('\n\n'), l10n.t('Delete')))) return;
  if ((await resolveAgain(context, target, 'delete', () => [])) === undefined) return;
  await carryOut(context, target, false, l10n.t('Deleting {0} of {1}', name, vm.name));
}

export async function deleteCheckpointSubtree(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Delete Checkpoint Subtree'), placeholder: l10n.t('Of which virtual machine?') };
  const target = await resolveCheckpoint(context, args, 'deleteSubtree', texts);
  if (target === undefined) return;
  const { vm, hostName, checkpoint, reading } = target;
  const tree = checkpointTree(reading.checkpoints);
  const refusal = subtreeRefusal(reading, tree, checkpoint.id);
  if (refusal !== undefined) {
    context.ui.inform(checkpointRefusalText(refusal, vm.name));
    return;
  }
  const all = subtreeOf(tree, checkpoint.id);
  if (all.length === 1) {
    await deleteOne(context, target);
    return;
  }
  const question = l10n.t('Delete {0} checkpoints of {1} on {2}?', all.length, vm.name, hostName);
  const detail = [
    firstNames(all.map(described), namesInModal).join('\n'),
    l10n.t('{0} can no longer go back to any of them. This cannot be undone.', vm.name),
    ...subtreeSpace(reading, all),
    staysAsItIs(
      vm.name,
      all.some(({ id, files }) => id === reading.currentId || files === null),
    ),
  ];
  if (!(await context.ui.confirm(question, detail.join('\n\n'), l10n.t('Delete All')))) return;
  // One that was made meanwhile would go as well, and nobody was asked about it.
  const idsOf = ({ reading: { checkpoints } }: CheckpointTarget): readonly unknown[] =>
    subtreeOf(checkpointTree(checkpoints), checkpoint.id).map(({ id }) => id);
  if ((await resolveAgain(context, target, 'deleteSubtree', idsOf)) === undefined) return;
  await carryOut(context, target, true, l10n.t('Deleting {0} checkpoints of {1}', all.length, vm.name));
}

async function carryOut(
  context: CommandContext,
  target: CheckpointTarget,
  subtree: boolean,
  title: string,
): Promise<void> {
  const { vm, checkpoint } = target;
  const name = checkpointName(checkpoint);
  const outcome = await runCheckpointWork(context, target, {
    change: { kind: 'delete', checkpointId: checkpoint.id, subtree },
    title,
    notDone: l10n.t('{0} of {1} was not deleted.', name, vm.name),
    unknown: l10n.t('It is not known whether {0} of {1} was deleted.', name, vm.name),
  });
  if (outcome?.reading?.work.includes('mergingDisks') === true) {
    context.ui.mention(l10n.t('{0} is deleted. The host merges disks of {1} now, which may take long.', name, vm.name));
  }
}

function staysAsItIs(vmName: string, isMerged: boolean): string {
  if (!isMerged) return l10n.t('{0} itself stays as it is.', vmName);
  return l10n.t('{0} itself stays as it is. The host merges its disks, which takes time and free space.', vmName);
}

/** Name and moment: names alone are not unique. */
function described(checkpoint: Checkpoint): string {
  const name = checkpointName(checkpoint);
  const { createdAtMs } = checkpoint;
  return createdAtMs === null ? name : l10n.t('{0} ({1})', name, momentText(createdAtMs));
}
