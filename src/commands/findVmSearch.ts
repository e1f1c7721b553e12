// Finds VMs of all hosts by what is typed, in slices: ten thousand of them must not hold up the next letter.
import { queryOf, rankOf } from '../domain/vmFilter';
import type { Searchable } from '../domain/vmFilter';
import type { VmId, VmRecord } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { HostRecord } from '../hyperv/hostStore';
import { nextTurn } from '../hyperv/nextTurn';
import { searchableVm } from '../views/vmSearch';
import { vmsInOrder } from '../views/vmOrder';

/** Enough to look through; who has not found it by then types another letter. */
export const mostShown = 200;

/** Half a frame of the screen. */
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

/** Between two steps, lets everything else in the window go on when enough time was used. */
export interface Slices {
  readonly pause: () => Promise<void>;
  /** Pauses as well. False when nobody wants the result any more. */
  readonly goOn: () => Promise<boolean>;
}

export function slices(
  isWanted: () => boolean,
  now: () => number = () => performance.now(),
  turn: () => Promise<void> = nextTurn,
): Slices {
  let began = now();
  const pause = async (): Promise<void> => {
    if (now() - began < sliceMs) return;
    await turn();
    began = now();
  };
  return {
    pause,
    goOn: async () => {
      await pause();
      return isWanted();
    },
  };
}

/** VMs between two looks at the clock: 500 are indexed in 2 to 5 ms, put in order in 2 ms and matched in less than one. */
const step = 500;

/**
 * Remembers each host's VMs in the order of the tree with what they are found by, until one of them changes. Of use for
 * whatever is typed next, so it is finished even when another letter comes.
 */
export class VmIndex {
  readonly #known = new Map<HostId, { readonly host: HostRecord; readonly candidates: readonly Candidate[] }>();

  async of(host: HostRecord, { pause }: Pick<Slices, 'pause'>): Promise<readonly Candidate[]> {
    const { id: hostId, name: hostName } = host.definition;
    const known = this.#known.get(hostId);
    if (known?.host.vms === host.vms && known.host.definition.name === hostName) return known.candidates;
    const before = known?.candidates.map(({ vm }) => vm.id) ?? [];
    const candidates: Candidate[] = [];
    for (const vm of await inOrder(host.vms, before, pause)) {
      if (candidates.length % step === 0) await pause();
      candidates.push({ hostId, hostName, vm, words: searchableVm(vm, hostName) });
    }
    this.#known.set(hostId, { host, candidates });
    return candidates;
  }
}

/** As {@link vmsInOrder}, where those that are new are put among the others some at a time. */
async function inOrder(
  vms: HostRecord['vms'],
  before: readonly VmId[],
  pause: Slices['pause'],
): Promise<readonly VmRecord[]> {
  const known = new Set(before);
  const added = [...vms.keys()].filter((id) => !known.has(id));
  let ordered = vmsInOrder(vms, before, []);
  for (let begin = 0; begin < added.length; begin += step) {
    await pause();
    const ids = ordered.map(({ id }) => id);
    ordered = vmsInOrder(vms, ids, added.slice(begin, begin + step));
  }
  return ordered;
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
  { goOn, pause }: Slices,
): Promise<Found | undefined> {
  const query = queryOf(text);
  const byRank: Candidate[][] = [];
  let matching = 0;
  let all = 0;
  for (const host of hosts) {
    const candidates = await index.of(host, { pause });
    all += candidates.length;
    for (const [at, candidate] of candidates.entries()) {
      if (at % step === 0 && !(await goOn())) return undefined;
      const rank = rankOf(query, candidate.words);
      if (rank === undefined) continue;
      matching++;
      const place = (byRank[rank * 2 + (candidate.vm.state === 'running' ? 0 : 1)] ??= []);
      if (place.length < mostShown) place.push(candidate);
    }
  }
  return { best: byRank.flat().slice(0, mostShown), matching, all };
}
