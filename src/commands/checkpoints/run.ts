// Carries out one change of the checkpoints of one VM, with its progress and a way out, and tells what failed.
import * as l10n from '@vscode/l10n';
import { createRefusal } from '../../domain/checkpoints/actions';
import { checkpointRefusalText } from '../../domain/checkpoints/texts';
import { assertNever } from '../../domain/assertNever';
import { errorText } from '../../domain/errorTexts';
import { HyperVError } from '../../domain/errors';
import type { CheckpointChange, CheckpointOutcome, CheckpointStep } from '../../hyperv/checkpointClient';
import type { CommandContext } from '../commandContext';
import type { VmTarget } from '../targets';

export interface CheckpointWork {
  readonly change: CheckpointChange;
  /** Shown while it lasts. */
  readonly title: string;
  /** Said first when it was not done. */
  readonly notDone: string;
  /** Said first when nobody knows. */
  readonly unknown: string;
  /** Said when it was cancelled and the host goes on: what nobody does any more. */
  readonly undone?: string;
}

/** What was done; undefined when it was not, or nobody knows, and the person was told. */
export async function runCheckpointWork(
  context: CommandContext,
  target: VmTarget,
  work: CheckpointWork,
): Promise<CheckpointOutcome | undefined> {
  const { hostId, vm } = target;
  let outcome: CheckpointOutcome;
  try {
    outcome = await context.ui.progress({ title: work.title, cancellable: true }, (report, signal) =>
      context.details.changeCheckpoints(hostId, vm.id, work.change, {
        signal,
        onProgress: (step, percent) => {
          report(signal.aborted ? l10n.t('cancelling') : progressText(step, percent));
        },
      }),
    );
  } catch (error) {
    outcome = { failure: HyperVError.from(error) };
  }
  if (outcome.reading === undefined) context.checkpoints.invalidate(hostId, vm.id);
  else context.checkpoints.took(hostId, vm.id, outcome.reading);
  if (outcome.failure === undefined) return outcome;
  tellFailure(context, target, work, outcome, outcome.failure);
  return undefined;
}

function progressText(step: CheckpointStep, percent: number | undefined): string {
  const done = percent === undefined ? undefined : l10n.t('{0} %', Math.round(percent));
  return [stepText(step), ...(done === undefined ? [] : [done])].join(', ');
}

function stepText(step: CheckpointStep): string {
  switch (step) {
    case 'saving':
      return l10n.t('saving the virtual machine');
    case 'creating':
      return l10n.t('creating');
    case 'applying':
      return l10n.t('applying');
    case 'deleting':
      return l10n.t('deleting');
    default:
      return assertNever(step);
  }
}

function tellFailure(
  context: CommandContext,
  target: VmTarget,
  work: CheckpointWork,
  outcome: CheckpointOutcome,
  failure: HyperVError,
): void {
  context.log.error(l10n.t('{0} on {1}: {2}', target.vm.name, target.hostName, work.title), failure);
  const extra = extraSentences(target, outcome);
  if (failure.reason === 'cancelled') {
    const cancelled =
      failure.outcome === 'none'
        ? l10n.t('The host has ended it. {0}', work.notDone)
        : l10n.t('Nobody waits any longer. The host does not let this be ended and goes on with it.');
    const undone = failure.outcome === 'none' || work.undone === undefined ? [] : [work.undone];
    context.ui.inform([cancelled, ...undone, ...extra].join(' '));
    return;
  }
  const isUnknown = failure.outcome === 'unknown';
  const sentences = [isUnknown ? work.unknown : work.notDone, ...reasonSentences(target, outcome, failure), ...extra];
  const showLog = l10n.t('Show Log');
  void context.ui.error(sentences.join(' '), showLog).then((pressed) => {
    if (pressed === showLog) context.ui.showLog();
  });
}

/** What the host does or says of the VM explains more than the number of the refusal. */
function reasonSentences({ hostName, vm }: VmTarget, { reading }: CheckpointOutcome, failure: HyperVError): string[] {
  const state = reading?.vmState ?? vm.state;
  const setting = reading?.setting ?? vm.checkpointType;
  const refusal = createRefusal({ state, checkpointType: setting, work: reading?.work ?? [] });
  const isRefusal = failure.outcome === 'none' && refusal !== undefined;
  if (isRefusal && (refusal === 'disabled' || refusal === 'merging' || refusal === 'busy'))
    return [checkpointRefusalText(refusal, vm.name)];
  const { what, nextStep } = errorText(failure, { hostName, vmName: vm.name });
  const said = failure.detail.hostMessage;
  if (failure.reason === 'failed' && said !== undefined && failure.outcome === 'none')
    return [l10n.t('{0} says: {1}', hostName, said)];
  return [what, nextStep];
}

function extraSentences({ vm }: VmTarget, { savedFrom, settingLeft }: CheckpointOutcome): string[] {
  return [
    ...(savedFrom === undefined
      ? []
      : [l10n.t('{0} was saved for it and has lost nothing: start it, and it goes on where it was.', vm.name)]),
    ...(settingLeft === undefined ? [] : [settingLeftText(vm.name)]),
  ];
}

export function settingLeftText(vmName: string): string {
  return l10n.t(
    'The checkpoint type of {0} was changed for this and could not be set back. Look at it in Hyper-V Manager or with Set-VM.',
    vmName,
  );
}
