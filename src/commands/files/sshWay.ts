// Files get into the VMs of another computer by ssh only: its host would look for them on itself. Says so, and offers the
// command.
import * as l10n from '@vscode/l10n';
import { defaultFolders, pathStyle } from '../../domain/files/guestPaths';
import { guestFamily } from '../../domain/health/guestFamily';
import { vmAddress } from '../../domain/vmAddress';
import type { VmRecord } from '../../domain/vm';
import type { CommandContext } from '../commandContext';
import type { VmTarget } from '../targets';

/** @param paths of this computer; none when the person was not asked yet */
export async function offerSsh(context: CommandContext, target: VmTarget, paths: readonly string[]): Promise<void> {
  const { hostName, vm } = target;
  const command = scpCommand(vm, paths, context.hosts.platform);
  const copyCommand = l10n.t('Copy scp Command');
  const what = l10n.t(
    'Hyper-V copies files from the host itself, and {0} is another computer. Copy them straight into {1} by ssh, when it has an SSH server.',
    hostName,
    vm.name,
  );
  if (command === undefined) {
    context.ui.inform([what, l10n.t('{0} reports no address.', vm.name)].join(' '));
    return;
  }
  if ((await context.ui.question(what, copyCommand)) !== copyCommand) return;
  await context.ui.copy(command);
  context.ui.mention(l10n.t('The command is on the clipboard. Put the name of a user of {0} into it.', vm.name));
}

/** undefined without an address. What the guest says of itself is checked: it becomes part of a command. */
export function scpCommand(vm: VmRecord, paths: readonly string[], platform: NodeJS.Platform): string | undefined {
  const address = vmAddress(vm);
  if (address === undefined || !/^[0-9a-f.:]+$/i.test(address)) return undefined;
  const host = address.includes(':') ? `[${address}]` : address;
  const style = pathStyle(guestFamily(vm.guest.osName));
  const folder = style === 'windows' ? defaultFolders.windows.replaceAll('\\', '/') : defaultFolders.linux;
  const sources = paths.length === 0 ? [l10n.t('file')] : paths;
  return ['scp', '-r', ...[...sources, `user@${host}:${folder}/`].map((word) => quoted(word, platform))].join(' ');
}

/** For PowerShell on Windows, for a POSIX shell elsewhere; a dash in front would be an option. */
function quoted(word: string, platform: NodeJS.Platform): string {
  const text = word.startsWith('-') ? `./${word}` : word;
  return platform === 'win32'
    ? `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
