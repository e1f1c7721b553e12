// Show Guest Data: a list, to read and to copy from, of what the guest of one VM reports through data exchange.
import * as l10n from '@vscode/l10n';
import { guestDataLines, guestDataSilence } from '../views/guestDataTexts';
import type { CommandContext } from './commandContext';
import { resolveVmsWhere } from './targets';

export async function showGuestData(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Show Guest Data'), placeholder: l10n.t('Of which virtual machine?') };
  const [target] = await resolveVmsWhere(context, args, texts, { isAllowed: () => true });
  if (target === undefined) return;
  const { vm, hostName } = target;
  const picked = await context.ui.pick(
    {
      title: l10n.t('What the guest of {0} on {1} reports', vm.name, hostName),
      placeholder: guestDataSilence(vm) ?? l10n.t('Choose a line to copy it'),
    },
    guestDataLines(vm).map(({ name, value }) => ({
      label: name,
      description: value ?? l10n.t('unknown'),
      value,
    })),
  );
  if (picked === undefined || picked === null) return;
  await context.ui.copy(picked);
  context.ui.mention(l10n.t('Copied: {0}', picked));
}
