// Passwords are kept by the address of a host: one that the settings no longer name would be kept for ever.
import { parseHostsSetting } from '../../hyperv/hostsSetting';
import type { HostId } from '../../hyperv/hosts';
import type { CommandContext } from '../commandContext';

/**
 * Forgets the passwords of those hosts which are not in the list; never rejects.
 * @param list the setting, which may be anything
 */
export async function forgetUnused(
  { hosts, log }: Pick<CommandContext, 'hosts' | 'log'>,
  list: unknown,
  hostIds: Iterable<HostId>,
): Promise<void> {
  const named = new Set(parseHostsSetting(list).hosts.map(({ definition }) => definition.id));
  for (const hostId of new Set(hostIds)) {
    if (named.has(hostId)) continue;
    try {
      await hosts.forgetPassword(hostId);
    } catch (error) {
      log.error(`The password of ${hostId} was not forgotten.`, error);
    }
  }
}
