// Create Checkpoint: asks for type and name, makes it, and says which type it became.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import { createRefusal, mustBeSaved } from '../../domain/checkpoints/actions';
import type { WantedType } from '../../domain/checkpoints/kind';
import { nameProblem, suggestedName, trimmedName } from '../../domain/checkpoints/names';
import {
  checkpointName,
  checkpointRefusalText,
  nameProblemText,
  wantedDetail,
  wantedName,
} from '../../domain/checkpoints/texts';
import type { MadeCheckpoint } from '../../hyperv/checkpointClient';
import type { CommandContext } from '../commandContext';
import { back } from '../hosts/stepsUi';
import { runSteps } from '../hosts/steps';
import type { Step } from '../hosts/steps';
import { resolveVmsWhere } from '../targets';
import type { VmTarget } from '../targets';
import { runCheckpointWork, settingLeftText } from './run';

interface Draft {
  readonly type: WantedType;
  readonly name: string;
}

const wantedTypes: readonly WantedType[] = ['production', 'standard', 'productionOnly'];

export async function createCheckpoint(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Create Checkpoint'), placeholder: l10n.t('Of which virtual machine?') };
  const targets = await resolveVmsWhere(context, args, texts, {
    isAllowed: (vm) => createRefusal(vm) === undefined,
    refusal: (vm) => {
      const refusal = createRefusal(vm);
      return refusal && checkpointRefusalText(refusal, vm.name);
    },
  });
  if (targets.length === 0) return;
  const draft = await ask(context, texts.title, targets);
  if (draft !== undefined) await Promise.all(targets.map((target) => makeOne(context, target, draft)));
}

async function ask(context: CommandContext, title: string, targets: readonly VmTarget[]): Promise<Draft | undefined> {
  const [first] = targets;
  if (first === undefined) return undefined;
  const set = first.vm.checkpointType;
  const type: WantedType = set === 'standard' || set === 'productionOnly' ? set : 'production';
  const name = targets.length === 1 ? suggestedName(first.vm.name, Date.now()) : '';
  const askType: Step<Draft> = async (draft, head) => {
    const choices = wantedTypes.map((one) => ({
      label: wantedName(one),
      ...(one === set && { description: l10n.t('what {0} is set to make', first.vm.name) }),
      detail: wantedDetail(one),
      icon: one === 'standard' ? 'save-all' : 'shield',
      value: one,
    }));
    const answer = await context.hosts.steps.choose(head, l10n.t('Which type of checkpoint?'), choices, draft.type);
    return answer === undefined || answer === back ? answer : { ...draft, type: answer };
  };
  const askName: Step<Draft> = async (draft, head) => {
    const answer = await context.hosts.steps.input(head, {
      prompt: l10n.t('Name of the checkpoint'),
      placeholder: l10n.t('What will it be good for?'),
      value: draft.name,
      check: (text) => {
        const problem = nameProblem(text);
        return problem && nameProblemText(problem);
      },
    });
    return answer === undefined || answer === back ? answer : { ...draft, name: trimmedName(answer) };
  };
  // Of one that does not run both types are the same, and several are named by the moment.
  const differ = targets.some(({ vm }) => mustBeSaved(vm.state));
  const steps = [...(differ ? [askType] : []), ...(targets.length === 1 ? [askName] : [])];
  return runSteps(title, { type, name }, () => steps);
}

async function makeOne(context: CommandContext, target: VmTarget, { type, name }: Draft): Promise<void> {
  const { vm } = target;
  const outcome = await runCheckpointWork(context, target, {
    change: { kind: 'create', type, name: name === '' ? suggestedName(vm.name, Date.now()) : name },
    title: l10n.t('Creating a checkpoint of {0}', vm.name),
    notDone: l10n.t('No checkpoint of {0} was made.', vm.name),
    unknown: l10n.t('It is not known whether a checkpoint of {0} was made.', vm.name),
    undone: l10n.t('The checkpoint keeps the name that the host gives it.'),
  });
  if (outcome?.made === undefined) return;
  const { made, settingLeft } = outcome;
  // Its row is below one that may have had none below it, and VS Code leaves that closed.
  if (made.checkpoint !== undefined) context.revealCheckpoint(target.hostId, vm.id, made.checkpoint.id);
  const sentences = [
    verdictText(vm.name, type, made),
    ...(settingLeft === undefined ? [] : [settingLeftText(vm.name)]),
  ];
  // What is as it was asked for needs no answer: the row shows it.
  const isPlain = (made.verdict === 'asWanted' || made.verdict === 'noDifference') && !made.unnamed;
  if (isPlain && settingLeft === undefined) context.ui.mention(sentences.join(' '));
  else context.ui.inform(sentences.join(' '));
}

function verdictText(vmName: string, type: WantedType, { checkpoint, verdict, unnamed }: MadeCheckpoint): string {
  const name = checkpoint === undefined ? '' : checkpointName(checkpoint);
  const told = unnamed && checkpoint !== undefined ? ` ${l10n.t('It kept the name that the host gave it.')}` : '';
  return madeText(vmName, type, name, verdict) + told;
}

function madeText(vmName: string, type: WantedType, name: string, verdict: MadeCheckpoint['verdict']): string {
  switch (verdict) {
    case 'asWanted':
      return type === 'standard'
        ? l10n.t('Standard checkpoint of {0} made: {1}.', vmName, name)
        : l10n.t('Production checkpoint of {0} made: {1}.', vmName, name);
    case 'noDifference':
      return l10n.t('Checkpoint of {0} made: {1}.', vmName, name);
    case 'fellBack':
      return l10n.t(
        'The checkpoint {1} of {0} became a standard one: the guest could not bring its files to rest. Check that its service Backup (VSS) is enabled and answers.',
        vmName,
        name,
      );
    case 'withoutMemory':
      return l10n.t('The checkpoint {1} of {0} was made, but the host kept no memory in it.', vmName, name);
    case 'unknown':
      return l10n.t(
        'A checkpoint of {0} was made. The host does not tell which type it became: look at its row.',
        vmName,
      );
    default:
      return assertNever(verdict);
  }
}
