// Start: turns VMs on, or lets saved ones go on. The row shows the result.
import * as l10n from '@vscode/l10n';
import type { CommandContext } from './commandContext';
import { runOnEach } from './runOnEach';
import { resolveVms } from './targets';
import type { VmTarget } from './targets';

export async function start(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Start'), placeholder: l10n.t('Which virtual machine shall start?') };
  const targets = await resolveVms(context, args, 'start', texts);
  await runOnEach(context, targets, {
    action: 'start',
    title: title(targets),
    run: ({ hostId, vm }) => context.service.change(hostId, 'vm.start', { id: vm.id }),
  });
}

function title(targets: readonly VmTarget[]): string {
  const [first] = targets;
  if (first !== undefined && targets.length === 1) return l10n.t('Starting {0}', first.vm.name);
  return l10n.t('Starting {0} virtual machines', targets.length);
}
