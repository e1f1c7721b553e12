// Finds VMs of all hosts by what is typed, in slices: ten thousand of them must not hold up the next letter.
import { queryOf, rankOf } from '../domain/vmFilter';
import type { Searchable } from '../domain/vmFilter';
import type { VmRecord } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { HostRecord } from '../hyperv/hostStore';
import { searchableVm } from '../views/vmSearch';
import { compareVms } from '../views/vmOrder';

/** Enough to look through; who has not found it by then types another letter. */
export const mostShown = 200;

/** Half a frame of the screen; a host is looked through at one go, which takes as much again for 500 VMs. */
const sliceMs = 8;

export interface Candidate {
  readonly hostId: HostId;
  readonly hostName: string;
  readonly vm: VmRecord;
  readonly words: Searchable;
}

export interface Found {
  /** At most {@link mostShown}, the best first. */
  readonly best: readonly Candidate[];
  /** How many match. */
  readonly matching: number;
  /** How many were looked through. */
  readonly all: number;
}

/** Remembers each host's VMs in the order of the tree with what they are found by, until one of them changes. */
export class VmIndex {
  readonly #known = new Map<HostId, { readonly host: HostRecord; readonly candidates: readonly Candidate[] }>();

  of(host: HostRecord): readonly Candidate[] {
    const { id: hostId, name: hostName } = host.definition;
    const known = this.#known.get(hostId);
    if (known?.host.vms === host.vms && known.host.definition.name === hostName) return known.candidates;
    const vms = [...host.vms.values()].sort(compareVms);
    const candidates = vms.map((vm) => ({ hostId, hostName, vm, words: searchableVm(vm, hostName) }));
    this.#known.set(hostId, { host, candidates });
    return candidates;
  }
}

/** Between two hosts, lets everything else in the window go on when enough time was used. */
export interface Slices {
  /** False when nobody wants the result any more. */
  readonly goOn: () => Promise<boolean>;
}

export function slices(
  isWanted: () => boolean,
  now: () => number = () => performance.now(),
  pause: () => Promise<void> = nextTurn,
): Slices {
  let began = now();
  return {
    goOn: async () => {
      if (now() - began >= sliceMs) {
        await pause();
        began = now();
      }
      return isWanted();
    },
  };
}

/** Lets input and answers of hosts come in. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Better ranks first, running ones before others of the same rank, then in the order of the tree.
 * @param hosts those whose VMs can be trusted
 * @returns undefined when nobody wants it any more
 */
export async function searchVms(
  hosts: readonly HostRecord[],
  index: VmIndex,
  text: string,
  { goOn }: Slices,
): Promise<Found | undefined> {
  const query = queryOf(text);
  const byRank: Candidate[][] = [];
  let matching = 0;
  let all = 0;
  for (const host of hosts) {
    if (!(await goOn())) return undefined;
    const candidates = index.of(host);
    all += candidates.length;
    for (const candidate of candidates) {
      const rank = rankOf(query, candidate.words);
      if (rank === undefined) continue;
      matching++;
      const place = (byRank[rank * 2 + (candidate.vm.state === 'running' ? 0 : 1)] ??= []);
      if (place.length < mostShown) place.push(candidate);
    }
  }
  return { best: byRank.flat().slice(0, mostShown), matching, all };
}
