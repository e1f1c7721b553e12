// One change to one VM, from the request to what is known of it at the end. Used by runOnEach.ts for one VM and by bulkRun.ts
// for many.
import type { VmAction } from '../domain/allowedActions';
import { HyperVError } from '../domain/errors';
import type { VmRecord } from '../domain/vm';
import { judgePower, lookAfter } from './aftermath';
import type { Aftermath, Verdict } from './aftermath';
import type { CommandContext } from './commandContext';
import type { Failure } from './failureTexts';
import type { VmTarget } from './targets';

export interface Work<T extends VmTarget> {
  readonly action: VmAction;
  /** Shown while it lasts. */
  readonly title: (targets: readonly T[]) => string;
  /**
   * Resolves when the host has said that it is done.
   * @param withdraw takes back what was not sent yet; given where a person can cancel
   */
  readonly run: (target: T, withdraw?: AbortSignal) => Promise<unknown>;
  /** What did not happen to a target that failed, where the action alone does not say enough. */
  readonly headline?: (target: T) => string;
  /** For changes that the power state does not show: whether a VM shows that the change was done, and the words for it. */
  readonly proof?: {
    readonly judge: (target: T, after: VmRecord) => Verdict;
    readonly words: (target: T) => { readonly done: string; readonly notDone: string };
  };
  /** Called for each target that failed, before anybody is told. */
  readonly onFailure?: (target: T) => void;
}

export interface FailedTarget<T> {
  readonly target: T;
  readonly failure: Failure;
}

/** Whether there is something to tell: what was never sent to a host that is gone, or by a window that closes, is not. */
export function isWorthTelling({ error, aftermath }: Failure): boolean {
  return aftermath !== undefined || !HyperVError.is(error, 'cancelled');
}

export interface AttemptOptions {
  readonly withdraw?: AbortSignal;
  /** Told when the host has to be read to learn what became of the request. */
  readonly onReading?: () => void;
}

/** @returns undefined when it was done; never rejects */
export async function attempt<T extends VmTarget>(
  context: CommandContext,
  target: T,
  work: Work<T>,
  { withdraw, onReading }: AttemptOptions = {},
): Promise<FailedTarget<T> | undefined> {
  const startedAtMs = performance.now();
  try {
    await work.run(target, withdraw);
    return undefined;
  } catch (error) {
    const { hostName, vm } = target;
    const aftermath = await aftermathOf(context, target, work, error, startedAtMs, onReading);
    const headline = work.headline?.(target);
    const words = work.proof?.words(target);
    return {
      target,
      failure: { hostName, vmName: vm.name, action: work.action, error, headline, aftermath, words },
    };
  }
}

/** What the host says now, when nobody knows what became of the request. */
async function aftermathOf<T extends VmTarget>(
  context: CommandContext,
  target: T,
  { action, proof }: Work<T>,
  error: unknown,
  startedAtMs: number,
  onReading: (() => void) | undefined,
): Promise<Aftermath | undefined> {
  if (!HyperVError.is(error) || error.outcome !== 'unknown') return undefined;
  if (context.store.host(target.hostId) === undefined) return { kind: 'removed' };
  if (error.reason !== 'cancelled') onReading?.();
  const aftermath = await lookAfter(context, target, (after) =>
    proof === undefined
      ? judgePower(action, target.vm, after, performance.now() - startedAtMs)
      : proof.judge(target, after),
  );
  // The window closes: there is nobody to ask and nobody to tell.
  return aftermath.kind === 'unreachable' && error.reason === 'cancelled' ? undefined : aftermath;
}
