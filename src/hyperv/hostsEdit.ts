// Changes of the setting `hyperv.hosts` as a person wrote it: entries that are not used, and whatever stands in them,
// stay where they are. Pure.
import { hostIdOf } from './hostEntry';
import type { HostEntry } from './hostEntry';
import type { HostId } from './hosts';
import { parseHostsSetting } from './hostsSetting';

/** @returns undefined when there is nothing to change */
export type HostsEdit = (list: readonly unknown[]) => readonly unknown[] | undefined;

/** Does nothing when another window has added the host meanwhile. */
export function adding(entry: HostEntry): HostsEdit {
  return (list) => {
    const id = hostIdOf(entry);
    return parseHostsSetting(list).hosts.some(({ definition }) => definition.id === id) ? undefined : [...list, entry];
  };
}

/** Adds the entry when the host is no longer there. */
export function replacing(id: HostId, entry: HostEntry): HostsEdit {
  return (list) => {
    const index = parseHostsSetting(list).hosts.find(({ definition }) => definition.id === id)?.index;
    return index === undefined ? [...list, entry] : list.with(index, entry);
  };
}

/** Second entries for the same hosts go as well: they would take the place of the first. */
export function removing(ids: readonly HostId[]): HostsEdit {
  return (list) => {
    const { hosts, problems } = parseHostsSetting(list);
    const gone = new Set([
      ...hosts.filter(({ definition }) => ids.includes(definition.id)).map(({ index }) => index),
      ...problems.flatMap((problem) =>
        problem.kind === 'duplicate' && ids.includes(problem.id) ? [problem.index] : [],
      ),
    ]);
    return gone.size === 0 ? undefined : list.filter((_, index) => !gone.has(index));
  };
}

/** Changes places with the host that is shown before or after it. */
export function moving(id: HostId, by: -1 | 1): HostsEdit {
  return (list) => {
    const { hosts } = parseHostsSetting(list);
    const place = hosts.findIndex(({ definition }) => definition.id === id);
    const from = hosts[place]?.index;
    const to = place < 0 ? undefined : hosts[place + by]?.index;
    if (from === undefined || to === undefined) return undefined;
    return list.with(from, list[to]).with(to, list[from]);
  };
}
