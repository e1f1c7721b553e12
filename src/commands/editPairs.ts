// Edit Key-Value Pairs: opens the editor of one VM's data exchange pairs.
import * as l10n from '@vscode/l10n';
import type { CommandContext } from './commandContext';
import { resolveVmsWhere } from './targets';

export async function editPairs(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Edit Key-Value Pairs'), placeholder: l10n.t('Of which virtual machine?') };
  for (const { hostId, hostName, vm } of await resolveVmsWhere(context, args, texts, { isAllowed: () => true })) {
    await context.openPairs({ hostId, hostName, vmId: vm.id, vmName: vm.name }, vm.id);
  }
}
