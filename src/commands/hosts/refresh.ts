// Refresh and Retry Host: both read hosts anew; a failure becomes the host's row, never a notification.
import * as l10n from '@vscode/l10n';
import type { HostId } from '../../hyperv/hosts';
import type { CommandContext } from '../commandContext';
import { nodesOf } from '../targets';

/** From the title bar and the palette: all hosts. Hosts do not wait for each other. */
export async function refresh(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const hostIds = hostsOf(context, args) ?? context.store.hosts().map(({ definition }) => definition.id);
  await Promise.all(hostIds.map((hostId) => context.service.refresh(hostId)));
}

/** Forgets what failed before and tries at once. */
export async function retryHost(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const hostIds = hostsOf(context, args) ?? (await pickFailedHost(context));
  await Promise.all(hostIds.map((hostId) => context.service.retry(hostId)));
}

function hostsOf(context: CommandContext, args: readonly unknown[]): HostId[] | undefined {
  const nodes = nodesOf(args, context.selection);
  return nodes && [...new Set(nodes.map(({ hostId }) => hostId))];
}

async function pickFailedHost(context: CommandContext): Promise<HostId[]> {
  const failed = context.store.hosts().filter(({ status }) => status.kind === 'failed');
  if (failed.length === 0) {
    context.ui.inform(l10n.t('No host has failed.'));
    return [];
  }
  const texts = { title: l10n.t('Retry Host'), placeholder: l10n.t('Which host shall be tried again?') };
  const choices = failed.map(({ definition }) => ({ label: definition.name, icon: 'server', value: definition.id }));
  const picked = await context.ui.pick(texts, choices);
  return picked === undefined ? [] : [picked];
}
