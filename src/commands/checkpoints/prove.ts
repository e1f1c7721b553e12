// Prove Production Checkpoint: makes one without falling back, says what the host said, and deletes it again. What a
// verdict can only expect, this shows.
import * as l10n from '@vscode/l10n';
import { createRefusal } from '../../domain/checkpoints/actions';
import { momentText } from '../../domain/checkpoints/moments';
import { checkpointName, checkpointRefusalText } from '../../domain/checkpoints/texts';
import type { Checkpoint } from '../../domain/checkpoints/checkpoint';
import type { CommandContext } from '../commandContext';
import { resolveVmsWhere } from '../targets';
import type { VmTarget } from '../targets';
import { runCheckpointWork, settingLeftText } from './run';

export async function proveProduction(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = {
    title: l10n.t('Prove Production Checkpoint'),
    placeholder: l10n.t('Which virtual machine shall show it?'),
  };
  const [target] = await resolveVmsWhere(context, args, texts, {
    isAllowed: (vm) => vm.state === 'running' && createRefusal(vm) === undefined,
    refusal: (vm) => {
      const refusal = createRefusal(vm);
      return refusal === undefined
        ? l10n.t('{0} does not run, so no guest could bring its files to rest.', vm.name)
        : checkpointRefusalText(refusal, vm.name);
    },
  });
  if (target === undefined) return;
  const { vm, hostName } = target;
  const question = l10n.t('Prove on {0} on {1} that production checkpoints work?', vm.name, hostName);
  const detail = [
    l10n.t('A production checkpoint is made and deleted again. The guest holds its files still for a moment.'),
    l10n.t('The host needs free space for it, and merges disks afterwards. Nothing is lost.'),
  ];
  if (!(await context.ui.confirm(question, detail.join('\n\n'), l10n.t('Prove')))) return;
  const checkpoint = await make(context, target);
  if (checkpoint !== undefined) await takeBack(context, target, checkpoint);
}

async function make(context: CommandContext, target: VmTarget): Promise<Checkpoint | undefined> {
  const { vm } = target;
  const name = l10n.t('Proof of {0}', momentText(Date.now()));
  const outcome = await runCheckpointWork(context, target, {
    change: { kind: 'create', type: 'productionOnly', name },
    title: l10n.t('Making a production checkpoint of {0}', vm.name),
    notDone: l10n.t('No production checkpoint of {0} was made.', vm.name),
    unknown: l10n.t('It is not known whether a checkpoint of {0} was made.', vm.name),
    undone: l10n.t('The checkpoint stays, under the name that the host gives it: delete it afterwards.'),
  });
  if (outcome?.made === undefined) return undefined;
  const { settingLeft } = outcome;
  const { checkpoint, verdict } = outcome.made;
  const left = settingLeft === undefined ? [] : [settingLeftText(vm.name)];
  if (checkpoint === undefined) {
    const unclear = l10n.t(
      'A checkpoint of {0} was made, but nobody can tell which one. Look at its checkpoints.',
      vm.name,
    );
    context.ui.inform([unclear, ...left].join(' '));
    return undefined;
  }
  const proven =
    verdict === 'asWanted'
      ? l10n.t('Proven: the guest of {0} brought its files to rest, and a production checkpoint was made.', vm.name)
      : l10n.t('Not proven: the checkpoint of {0} did not become a production one.', vm.name);
  context.ui.inform([proven, ...left].join(' '));
  return checkpoint;
}

async function takeBack(context: CommandContext, target: VmTarget, checkpoint: Checkpoint): Promise<void> {
  const { vm } = target;
  const name = checkpointName(checkpoint);
  await runCheckpointWork(context, target, {
    change: { kind: 'delete', checkpointId: checkpoint.id, subtree: false },
    title: l10n.t('Deleting {0} of {1}', name, vm.name),
    notDone: l10n.t('{0} of {1} is still there: delete it.', name, vm.name),
    unknown: l10n.t('{0} of {1} may still be there: look at its checkpoints.', name, vm.name),
  });
}
