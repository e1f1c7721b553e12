// Copy Setup Command: the command that makes Hyper-V on this computer usable, for a person to run. Never run by us.
import * as l10n from '@vscode/l10n';
import { unreadiness } from '../domain/readiness';
import { remedyCommand } from '../domain/readinessTexts';
import type { CommandContext } from './commandContext';

export async function copySetupCommand({ store, ui }: CommandContext): Promise<void> {
  const [command] = store.hosts().flatMap(({ probe }) => {
    const cause = probe && unreadiness(probe);
    return (cause && remedyCommand(cause, probe)) ?? [];
  });
  if (command === undefined) {
    ui.inform(l10n.t('No command helps at the moment.'));
    return;
  }
  await ui.copy(command);
  ui.mention(l10n.t('Copied: {0}', command));
}
