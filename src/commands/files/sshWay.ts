// Files get into the VMs of another computer by ssh only: its host would look for them on itself. Says so, and offers the
// commands.
import * as l10n from '@vscode/l10n';
import { bracketed, usableAddresses } from '../../domain/connect/addresses';
import { defaultFolders, pathStyle } from '../../domain/files/guestPaths';
import { guestFamily } from '../../domain/health/guestFamily';
import type { VmRecord } from '../../domain/vm';
import { firstNames, namesInSentence } from '../bulkNames';
import type { CommandContext } from '../commandContext';
import type { VmTarget } from '../targets';
import { findPaths } from './sources';

/**
 * @param targets one at least
 * @param dropped addresses; undefined when the person is still to be asked
 */
export async function offerSsh(
  context: CommandContext,
  title: string,
  targets: readonly VmTarget[],
  dropped: readonly string[] | undefined,
): Promise<void> {
  const { ui } = context;
  const reachable = targets.filter(({ vm }) => guestAddress(vm) !== undefined);
  const others = targets.filter(({ vm }) => guestAddress(vm) === undefined);
  const copyCommand = l10n.t('Copy scp Command');
  const what = [
    ...whyNot(targets),
    ...(others.length > 0 ? [l10n.t('No address that can be reached: {0}.', namesOf(others))] : []),
  ].join(' ');
  if (reachable.length === 0) {
    ui.inform(what);
    return;
  }
  if ((await ui.offer(what, copyCommand)) !== copyCommand) return;
  const paths = await findPaths(context, title, dropped);
  if (paths === undefined) return;
  const commands = reachable.flatMap(({ vm }) => scpCommand(vm, paths, context.hosts.platform) ?? []);
  await ui.copy(commands.join('\n'));
  const names = namesOf(reachable);
  ui.mention(
    context.hosts.platform === 'win32'
      ? l10n.t('On the clipboard, for PowerShell of this computer. Put a user of {0} in place of “user”.', names)
      : l10n.t('On the clipboard, for a terminal of this computer. Put a user of {0} in place of “user”.', names),
  );
}

function whyNot(targets: readonly VmTarget[]): string[] {
  const hosts = [...new Set(targets.map(({ hostName }) => hostName))];
  return [
    hosts.length === 1
      ? l10n.t('Hyper-V copies files from the host itself, and {0} is another computer.', hosts.join(', '))
      : l10n.t('Hyper-V copies files from the host itself, and these are other computers: {0}.', hosts.join(', ')),
    l10n.t('Copy straight into {0} by ssh, where there is an SSH server.', namesOf(targets)),
  ];
}

function namesOf(targets: readonly VmTarget[]): string {
  return firstNames(
    targets.map(({ vm }) => vm.name),
    namesInSentence,
  ).join(', ');
}

/** What the guest says of itself becomes part of a command: only an address can be one. */
function guestAddress({ state, guest }: VmRecord): string | undefined {
  return state === 'running' ? usableAddresses(guest.addresses)[0] : undefined;
}

/** undefined without an address. */
export function scpCommand(vm: VmRecord, paths: readonly string[], platform: NodeJS.Platform): string | undefined {
  const address = guestAddress(vm);
  if (address === undefined) return undefined;
  const style = pathStyle(guestFamily(vm.guest.osName));
  const folder = style === 'windows' ? defaultFolders.windows.replaceAll('\\', '/') : defaultFolders.linux;
  const words = [...paths, `user@${bracketed(address)}:${folder}/`];
  return ['scp', '-r', ...words.map((word) => quoted(word, platform))].join(' ');
}

/** For PowerShell on Windows, for a POSIX shell elsewhere. Paths are absolute: none begins with a dash. */
function quoted(word: string, platform: NodeJS.Platform): string {
  return platform === 'win32'
    ? `'${word.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
