// Which hosts of the settings a command is for: those of the rows it was called on, or one that a person picks.
import * as l10n from '@vscode/l10n';
import { isRemote } from '../../hyperv/hostOrder';
import type { RemoteHostDefinition } from '../../hyperv/hostOrder';
import { hostIcon, wayText } from '../../views/presentationHost';
import type { CommandContext } from '../commandContext';
import { nodesOf } from '../targets';
import type { PickTexts } from '../ui';

/** Empty when there is nothing to do; the person was told. */
export async function pickRemoteHosts(
  context: CommandContext,
  args: readonly unknown[],
  texts: PickTexts,
  isEligible: (definition: RemoteHostDefinition) => boolean,
): Promise<readonly RemoteHostDefinition[]> {
  const candidates = context.store.hosts().flatMap((host) => {
    const { definition } = host;
    return isRemote(definition) && isEligible(definition) ? [{ host, definition }] : [];
  });
  const nodes = nodesOf(args, context.selection);
  if (nodes !== undefined) {
    const ids = new Set(nodes.map(({ hostId }) => hostId));
    return candidates.filter(({ definition }) => ids.has(definition.id)).map(({ definition }) => definition);
  }
  if (candidates.length === 0) {
    context.ui.inform(l10n.t('No host of the settings can be chosen for this. Run Add Host… to add one.'));
    return [];
  }
  const picked = await context.ui.pick(
    texts,
    candidates.map(({ host, definition }) => ({
      label: definition.name,
      description: wayText(definition),
      icon: hostIcon(host),
      value: definition,
    })),
  );
  return picked === undefined ? [] : [picked];
}
