// After a change of which nobody knows whether it happened: looks at the VM once more, and says how much that proves.
// Used by attempt.ts; the words are in aftermathTexts.ts.
import type { VmAction } from '../domain/allowedActions';
import { isTransitional } from '../domain/powerStates';
import type { VmState } from '../domain/powerStates';
import type { VmId, VmRecord } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { CommandContext } from './commandContext';

/** A session comes back within seconds; a host that does not is better told than waited for. */
const lookMs = 10_000;

/** What the look says of the change. */
export type Verdict =
  /** The VM is where the change should bring it. */
  | 'done'
  /** The VM is still where it was, and does not move. */
  | 'notDone'
  /** Anything else: on its way, or in a state which does not tell. */
  | 'open';

export type Aftermath =
  | { readonly kind: 'seen'; readonly vm: VmRecord; readonly verdict: Verdict }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreachable' }
  /** The host was taken out of the view meanwhile, so that nobody looked. */
  | { readonly kind: 'removed' };

interface Target {
  readonly hostId: HostId;
  readonly vm: VmRecord;
}

/** @param judge says how much the VM as it is now proves; never rejects */
export async function lookAfter(
  { service }: Pick<CommandContext, 'service'>,
  { hostId, vm }: Target,
  judge: (after: VmRecord) => Verdict,
  signal: AbortSignal = AbortSignal.timeout(lookMs),
): Promise<Aftermath> {
  try {
    const after = await readWithin(service, hostId, vm.id, signal);
    return after === undefined ? { kind: 'gone' } : { kind: 'seen', vm: after, verdict: judge(after) };
  } catch {
    return { kind: 'unreachable' };
  }
}

/** Not every wait on the way ends with the signal, so it is raced as well. */
async function readWithin(
  service: Pick<CommandContext['service'], 'readVm'>,
  hostId: HostId,
  vmId: VmId,
  signal: AbortSignal,
): Promise<VmRecord | undefined> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(new Error('The host did not answer in time.'));
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    service
      .readVm(hostId, vmId, signal)
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', leave);
      });
  });
}

const goals: Partial<Record<VmAction, VmState>> = {
  start: 'running',
  resume: 'running',
  save: 'saved',
  pause: 'paused',
  turnOff: 'off',
};

/** Between the host's count of an uptime and our clock. */
const slackMs = 5_000;

/**
 * @param before as it was when the change was asked for
 * @param elapsedMs since then
 */
export function judgePower(action: VmAction, before: VmRecord, after: VmRecord, elapsedMs: number): Verdict {
  if (isTransitional(after.state) || after.state === 'unknown') return 'open';
  if (action === 'reset') return judgeReset(after, elapsedMs);
  const goal = goals[action];
  if (goal === undefined) return 'open';
  // Where it was already there nothing follows from finding it there.
  if (after.state === goal) return before.state === goal ? 'open' : 'done';
  return after.state === before.state ? 'notDone' : 'open';
}

/** It runs before and after; only how long it has been running tells. */
function judgeReset({ state, uptimeMs }: VmRecord, elapsedMs: number): Verdict {
  if (state !== 'running' || uptimeMs === null) return 'open';
  if (uptimeMs <= elapsedMs) return 'done';
  return uptimeMs > elapsedMs + slackMs ? 'notDone' : 'open';
}
