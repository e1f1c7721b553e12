// Turn Off: cuts the power, after a person said so with the VM's name before their eyes.
import * as l10n from '@vscode/l10n';
import type { CommandContext } from './commandContext';
import { runOnEach } from './runOnEach';
import { resolveVms } from './targets';
import type { VmTarget } from './targets';

export async function turnOff(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Turn Off'), placeholder: l10n.t('Which virtual machine shall lose its power?') };
  await confirmAndTurnOff(context, await resolveVms(context, args, 'turnOff', texts));
}

/** Also the way from *Shut Down* to here, when a guest does not go down and a person chooses so. */
export async function confirmAndTurnOff(context: CommandContext, targets: readonly VmTarget[]): Promise<void> {
  if (targets.length === 0) return;
  const detail = [...names(targets), l10n.t('Unsaved data in the guest is lost, and its files may be damaged.')];
  if (!(await context.ui.confirm(question(targets), detail.join('\n'), l10n.t('Turn Off')))) return;
  await runOnEach(context, targets, {
    action: 'turnOff',
    title: title(targets),
    run: ({ hostId, vm }) => context.service.change(hostId, 'vm.turnOff', { id: vm.id }),
  });
}

function question(targets: readonly VmTarget[]): string {
  const [first] = targets;
  if (first !== undefined && targets.length === 1) return l10n.t('Turn off {0} on {1}?', first.vm.name, first.hostName);
  return l10n.t('Turn off {0} virtual machines?', targets.length);
}

/** One name is in the question already. */
function names(targets: readonly VmTarget[]): string[] {
  if (targets.length === 1) return [];
  return targets.map(({ vm, hostName }) => l10n.t('{0} on {1}', vm.name, hostName));
}

function title(targets: readonly VmTarget[]): string {
  const [first] = targets;
  if (first !== undefined && targets.length === 1) return l10n.t('Turning off {0}', first.vm.name);
  return l10n.t('Turning off {0} virtual machines', targets.length);
}
