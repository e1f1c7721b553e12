// One save: looks whether the host still has what the draft was made from, asks, and puts the outcome into sentences.
import { countChanges } from '../domain/kvp/changes';
import { outdatedKeys } from '../domain/kvp/plan';
import { editableKvpPools } from '../domain/kvp/pools';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmId } from '../domain/vm';
import type { HostService } from '../hyperv/hostService';
import type { PageTarget, ReportedOutcome, SavePlans, SaveResult } from './messages';
import { outcomeText } from './texts';

export interface SaveContext {
  readonly service: Pick<HostService, 'readKvp' | 'applyKvp'>;
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
export async function savePlans({ service, target, vmId, signal }: SaveContext, plans: SavePlans): Promise<Saved> {
  const before = await service.readKvp(target.hostId, vmId, signal);
  const outdated = editableKvpPools.flatMap((pool) => {
    const plan = plans[pool];
    return plan === undefined ? [] : outdatedKeys(plan, before.pools[pool]);
  });
  if (outdated.length > 0) return { result: { kind: 'outdated', keys: outdated }, reading: before };
  const outcomes: Record<EditableKvpPool, readonly ReportedOutcome[]> = { external: [], hostOnly: [] };
  let reading: KvpReading | undefined = before;
  for (const pool of editableKvpPools) {
    const plan = plans[pool];
    if (plan === undefined || countChanges(plan.changes) === 0) continue;
    const applied = await service.applyKvp(target.hostId, vmId, pool, plan.changes, signal);
    reading = applied.reading ?? undefined;
    outcomes[pool] = applied.outcomes.map((outcome) => ({ ...outcome, text: outcomeText(outcome, target) }));
  }
  return { result: { kind: 'done', outcomes }, reading };
}
