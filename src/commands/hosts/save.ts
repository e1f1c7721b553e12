// Writes a change of the hosts into the person's settings. What cannot be written is told, and can be tried again.
import * as l10n from '@vscode/l10n';
import type { HostId } from '../../hyperv/hosts';
import type { HostsEdit } from '../../hyperv/hostsEdit';
import type { CommandContext } from '../commandContext';
import { forgetUnused } from './unusedPasswords';

/**
 * Resolves before the person has answered what is told.
 * @param concerned hosts that may be named no more afterwards
 */
export async function saveHosts(
  context: CommandContext,
  edit: HostsEdit,
  concerned: readonly HostId[] = [],
): Promise<void> {
  const { setting } = context.hosts;
  const list = setting.read() ?? [];
  if (!Array.isArray(list)) {
    const message = l10n.t('The setting hyperv.hosts is not a list. Correct it first; nothing was changed.');
    void tell(context, message, edit, concerned);
    return;
  }
  const changed = edit(list as readonly unknown[]);
  try {
    if (changed !== undefined) await setting.write(changed);
  } catch (error) {
    context.log.error('The setting hyperv.hosts was not written.', error);
    const message = error instanceof Error ? error.message : String(error);
    const text = l10n.t('The settings could not be written, so the hosts stay as they were. {0}', message);
    void tell(context, text, edit, concerned);
    return;
  }
  await forgetUnused(context, changed ?? list, concerned);
}

async function tell(
  context: CommandContext,
  message: string,
  edit: HostsEdit,
  concerned: readonly HostId[],
): Promise<void> {
  const retry = l10n.t('Retry');
  const openSettings = l10n.t('Open Settings');
  const pressed = await context.ui.error(message, retry, openSettings);
  if (pressed === retry) await saveHosts(context, edit, concerned);
  if (pressed !== openSettings) return;
  await context.hosts.setting.open();
  // What was typed is not lost while the file is being mended.
  await tell(context, message, edit, concerned);
}
