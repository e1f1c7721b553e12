// Remove Host, Move Host Up, Move Host Down and Forget Password. They change the settings or the stored password of this
// computer, and nothing on a host.
import * as l10n from '@vscode/l10n';
import { moveOf } from '../../hyperv/hostOrder';
import { moving, removing } from '../../hyperv/hostsEdit';
import type { CommandContext } from '../commandContext';
import { saveHosts } from './save';
import { pickRemoteHosts } from './targets';

export async function removeHost(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Remove Host'), placeholder: l10n.t('Which host shall no longer be shown?') };
  const chosen = await pickRemoteHosts(context, args, texts, () => true);
  const [first] = chosen;
  if (first === undefined) return;
  const question =
    chosen.length === 1
      ? l10n.t('Remove {0} from the view?', first.name)
      : l10n.t('Remove {0} hosts from the view?', chosen.length);
  const detail = [
    ...(chosen.length === 1 ? [] : chosen.map(({ name }) => name)),
    l10n.t('Its entry leaves the settings. On the host and its virtual machines nothing is changed.'),
  ].join('\n');
  if (!(await context.ui.confirm(question, detail, l10n.t('Remove')))) return;
  const ids = chosen.map(({ id }) => id);
  await saveHosts(context, removing(ids), ids);
}

export async function moveHost(context: CommandContext, by: -1 | 1, ...args: readonly unknown[]): Promise<void> {
  const direction = by === -1 ? 'up' : 'down';
  const texts = {
    title: by === -1 ? l10n.t('Move Host Up') : l10n.t('Move Host Down'),
    placeholder: l10n.t('Which host?'),
  };
  const hosts = context.store.hosts();
  const [host] = await pickRemoteHosts(context, args, texts, ({ id }) => moveOf(hosts, id)[direction]);
  if (host !== undefined) await saveHosts(context, moving(host.id, by));
}

export async function forgetPassword(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Forget Password'), placeholder: l10n.t('The password of which host?') };
  for (const { id, name } of await pickRemoteHosts(context, args, texts, ({ kind }) => kind === 'winrm')) {
    await context.hosts.forgetPassword(id);
    context.ui.mention(l10n.t('No password is kept for {0}.', name));
  }
}
