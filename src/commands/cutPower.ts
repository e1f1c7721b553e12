// Turn Off and Reset: cut the power, after a person said so with the VM's name before their eyes.
import * as l10n from '@vscode/l10n';
import { firstNames, namesInModal } from './bulkNames';
import type { CommandContext } from './commandContext';
import { runOnEach } from './runOnEach';
import { resolveVms } from './targets';
import type { VmTarget } from './targets';

export type PowerCut = 'turnOff' | 'reset';

export async function turnOff(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Turn Off'), placeholder: l10n.t('Which virtual machine shall lose its power?') };
  await confirmAndCutPower(context, 'turnOff', await resolveVms(context, args, 'turnOff', texts));
}

export async function reset(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Reset'), placeholder: l10n.t('Which virtual machine shall be reset?') };
  await confirmAndCutPower(context, 'reset', await resolveVms(context, args, 'reset', texts));
}

/** Also the way from *Shut Down* and *Restart Guest* to here, when a guest does not go down and a person chooses so. */
export async function confirmAndCutPower(
  context: CommandContext,
  cut: PowerCut,
  targets: readonly VmTarget[],
): Promise<void> {
  if (targets.length === 0) return;
  const detail = [...names(targets), loss(cut)].join('\n');
  if (!(await context.ui.confirm(question(cut, targets), detail, button(cut)))) return;
  await runOnEach(context, targets, {
    action: cut,
    title: (chosen) => title(cut, chosen),
    run: ({ hostId, vm }, withdraw) => context.service.change(hostId, `vm.${cut}`, { id: vm.id }, undefined, withdraw),
  });
}

function question(cut: PowerCut, targets: readonly VmTarget[]): string {
  const [first] = targets;
  if (first !== undefined && targets.length === 1) {
    return cut === 'reset'
      ? l10n.t('Reset {0} on {1}?', first.vm.name, first.hostName)
      : l10n.t('Turn off {0} on {1}?', first.vm.name, first.hostName);
  }
  return cut === 'reset'
    ? l10n.t('Reset {0} virtual machines?', targets.length)
    : l10n.t('Turn off {0} virtual machines?', targets.length);
}

/** One name is in the question already. */
function names(targets: readonly VmTarget[]): string[] {
  if (targets.length === 1) return [];
  return firstNames(
    targets.map(({ vm, hostName }) => l10n.t('{0} on {1}', vm.name, hostName)),
    namesInModal,
  );
}

function loss(cut: PowerCut): string {
  return cut === 'reset'
    ? l10n.t(
        'The power is cut and comes back at once. Unsaved data in the guest is lost, and its files may be damaged.',
      )
    : l10n.t('Unsaved data in the guest is lost, and its files may be damaged.');
}

function button(cut: PowerCut): string {
  return cut === 'reset' ? l10n.t('Reset') : l10n.t('Turn Off');
}

function title(cut: PowerCut, targets: readonly VmTarget[]): string {
  const [first] = targets;
  if (first !== undefined && targets.length === 1)
    return cut === 'reset' ? l10n.t('Resetting {0}', first.vm.name) : l10n.t('Turning off {0}', first.vm.name);
  return cut === 'reset'
    ? l10n.t('Resetting {0} virtual machines', targets.length)
    : l10n.t('Turning off {0} virtual machines', targets.length);
}
