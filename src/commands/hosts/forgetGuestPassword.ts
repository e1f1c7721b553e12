// Forget Guest Password: of the virtual machines it was called on, or of those that a person picks among the ones for which
// something is kept. Some of these may be gone, or on a host that does not answer: their passwords go all the same.
import * as l10n from '@vscode/l10n';
import type { VmId } from '../../domain/vm';
import type { HostId } from '../../hyperv/hosts';
import { rowVm } from '../../hyperv/lastKnown';
import type { CommandContext } from '../commandContext';
import { nodesOf } from '../targets';
import type { Choice } from '../ui';

interface Guest {
  readonly hostId: HostId;
  readonly hostName: string;
  readonly vmId: VmId;
  /** The id, where nobody knows the name any more. */
  readonly name: string;
}

export async function forgetGuestPassword(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const { hosts, ui } = context;
  const chosen = calledOn(context, args) ?? (await pickKept(context));
  for (const { hostId, vmId } of chosen) await hosts.forgetGuestPassword(hostId, vmId);
  const [first, ...others] = chosen;
  if (first === undefined) return;
  ui.mention(
    others.length === 0
      ? l10n.t('No password is kept for {0}.', first.name)
      : l10n.t('No password is kept for these {0} virtual machines.', chosen.length),
  );
}

/** undefined when it was called on nothing. */
function calledOn(context: CommandContext, args: readonly unknown[]): readonly Guest[] | undefined {
  const nodes = nodesOf(args, context.selection);
  if (nodes === undefined) return undefined;
  const guests = nodes.flatMap((node) => ('vmId' in node ? (guestOf(context, node.hostId, node.vmId) ?? []) : []));
  return [...new Map(guests.map((guest) => [`${guest.hostId}\n${guest.vmId}`, guest])).values()];
}

async function pickKept(context: CommandContext): Promise<readonly Guest[]> {
  const { hosts, store, ui } = context;
  const kept: Guest[] = [];
  for (const { definition } of store.hosts()) {
    const ids = await hosts.guestsWithPassword(definition.id);
    const guests = ids.flatMap((vmId) => guestOf(context, definition.id, vmId) ?? []);
    kept.push(...guests.sort((a, b) => a.name.localeCompare(b.name)));
  }
  if (kept.length === 0) {
    ui.inform(l10n.t('No password of a guest is kept.'));
    return [];
  }
  const choices: Choice<readonly Guest[]>[] = kept.map((guest) => ({
    label: guest.name,
    icon: 'key',
    group: guest.hostName,
    value: [guest],
  }));
  if (kept.length > 1)
    choices.unshift({ label: l10n.t('All {0} Passwords of Guests', kept.length), icon: 'trash', value: kept });
  const texts = {
    title: l10n.t('Forget Guest Password'),
    placeholder: l10n.t('The password of which virtual machine?'),
  };
  return (await ui.pick(texts, choices)) ?? [];
}

function guestOf({ store }: CommandContext, hostId: HostId, vmId: VmId): Guest | undefined {
  const host = store.host(hostId);
  return host && { hostId, hostName: host.definition.name, vmId, name: rowVm(host, vmId)?.name ?? vmId };
}
