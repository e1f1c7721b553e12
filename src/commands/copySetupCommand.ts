// Copy Setup Command: the command that makes Hyper-V on a host usable, for a person to run over there. Never run by us.
import * as l10n from '@vscode/l10n';
import { setupCommand } from '../domain/readinessTexts';
import type { CommandContext } from './commandContext';
import { nodesOf } from './targets';

/** Of the host of the row it was called on, or of the first host which a command helps. */
export async function copySetupCommand(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const { store, ui } = context;
  const hostIds = nodesOf(args, context.selection)?.map(({ hostId }) => hostId);
  const [found] = store.hosts().flatMap(({ definition, probe }) => {
    if (hostIds !== undefined && !hostIds.includes(definition.id)) return [];
    const command = setupCommand(probe);
    return command === undefined ? [] : [{ command, definition }];
  });
  if (found === undefined) {
    ui.inform(l10n.t('No command helps at the moment.'));
    return;
  }
  const { command, definition } = found;
  await ui.copy(command);
  ui.mention(
    definition.kind === 'local'
      ? l10n.t('Copied: {0}', command)
      : l10n.t('Copied, to be run on {0}: {1}', definition.name, command),
  );
}
