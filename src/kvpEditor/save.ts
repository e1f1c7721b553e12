// One save: looks whether the host still has what the draft was made from, asks, and puts the outcome into sentences.
import { HyperVError } from '../domain/errors';
import type { HyperVErrorReason } from '../domain/errors';
import { countChanges } from '../domain/kvp/changes';
import type { KvpChanges, KvpPairOutcome } from '../domain/kvp/changes';
import { outdatedKeys } from '../domain/kvp/plan';
import { editableKvpPools } from '../domain/kvp/pools';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmId } from '../domain/vm';
import type { VmDetails } from '../hyperv/vmDetails';
import type { PageTarget, ReportedOutcome, SavePlans, SaveResult } from './messages';
import { outcomeText } from './texts';

export interface SaveContext {
  readonly details: Pick<VmDetails, 'readKvp' | 'applyKvp'>;
  readonly target: PageTarget;
  readonly vmId: VmId;
  readonly signal: AbortSignal;
}

export interface Saved {
  readonly result: SaveResult;
  /** What the host has now; undefined when it could not be read. */
  readonly reading: KvpReading | undefined;
}

/** @throws HyperVError when nothing was asked */
export async function savePlans({ details, target, vmId, signal }: SaveContext, plans: SavePlans): Promise<Saved> {
  const before = await details.readKvp(target.hostId, vmId, signal);
  const outdated = editableKvpPools.flatMap((pool) => {
    const plan = plans[pool];
    return plan === undefined ? [] : outdatedKeys(plan, before.pools[pool]);
  });
  if (outdated.length > 0) return { result: { kind: 'outdated', keys: outdated }, reading: before };
  const outcomes: Record<EditableKvpPool, readonly ReportedOutcome[]> = { external: [], hostOnly: [] };
  let reading: KvpReading | undefined = before;
  let stopped: HyperVErrorReason | undefined;
  let wasAsked = false;
  for (const pool of editableKvpPools) {
    const plan = plans[pool];
    if (plan === undefined || countChanges(plan.changes) === 0) continue;
    let all: readonly KvpPairOutcome[];
    try {
      if (stopped === undefined) {
        const applied = await details.applyKvp(target.hostId, vmId, pool, plan.changes, signal);
        reading = applied.reading ?? undefined;
        all = applied.outcomes;
        // Whoever lost the session once looks at what came of it before more is asked.
        stopped = all.find(({ reason }) => reason === 'sessionLost')?.reason;
      } else all = notTried(plan.changes, stopped);
    } catch (error) {
      // What became of the pool before this one must be told all the same.
      if (!wasAsked) throw error;
      all = notTried(plan.changes, HyperVError.from(error).reason);
    }
    wasAsked = true;
    outcomes[pool] = all.map((outcome) => ({ ...outcome, text: outcomeText(outcome, target) }));
  }
  return { result: { kind: 'done', outcomes }, reading };
}

function notTried({ add, change, remove }: KvpChanges, reason: HyperVErrorReason): KvpPairOutcome[] {
  const of = (verb: KvpPairOutcome['verb'], all: readonly { readonly key: string }[]): KvpPairOutcome[] =>
    all.map(({ key }) => ({ verb, key, outcome: 'notTried', reason }));
  return [...of('add', add), ...of('change', change), ...of('remove', remove)];
}
