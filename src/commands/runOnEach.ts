// Does one thing to one or many, with one progress and one report of what failed; used by all commands that change VMs.
import * as l10n from '@vscode/l10n';
import type { VmAction } from '../domain/allowedActions';
import { HyperVError } from '../domain/errors';
import type { VmRecord } from '../domain/vm';
import { judgePower, lookAfter } from './aftermath';
import type { Aftermath, Verdict } from './aftermath';
import type { CommandContext } from './commandContext';
import { canRetry, cameTrue, cameTrueMessage, failureMessage } from './failureTexts';
import type { Failure } from './failureTexts';
import type { VmTarget } from './targets';

export interface Work<T extends VmTarget> {
  readonly action: VmAction;
  /** Shown while it lasts. */
  readonly title: string;
  /** Resolves when the host has said that it is done. */
  readonly run: (target: T) => Promise<unknown>;
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

interface FailedTarget<T> {
  readonly target: T;
  readonly failure: Failure;
}

/**
 * All at once: sessions keep the order of changes to one VM and limit how much a host does at a time.
 * Resolves before the person has answered the report.
 */
export async function runOnEach<T extends VmTarget>(
  context: CommandContext,
  targets: readonly T[],
  work: Work<T>,
): Promise<void> {
  if (targets.length === 0) return;
  const failed = await context.ui.progress({ title: work.title, cancellable: false }, (tell) =>
    attempt(context, targets, work, tell),
  );
  for (const { target, failure } of failed) {
    work.onFailure?.(target);
    const text = l10n.t('{0} on {1}: {2}', failure.vmName, failure.hostName, work.title);
    context.log.error(text, failure.error);
  }
  // The window closes, or the host was taken away: nobody waits for a report.
  const worthTelling = failed.filter(({ failure }) => !HyperVError.is(failure.error, 'cancelled'));
  const good = worthTelling.filter(({ failure }) => cameTrue(failure));
  if (good.length > 0) context.ui.inform(cameTrueMessage(good.map(({ failure }) => failure)));
  const bad = worthTelling.filter(({ failure }) => !cameTrue(failure));
  if (bad.length > 0) void report(context, bad, targets.length, work);
}

async function attempt<T extends VmTarget>(
  context: CommandContext,
  targets: readonly T[],
  work: Work<T>,
  tell: (message: string) => void,
): Promise<FailedTarget<T>[]> {
  const startedAtMs = performance.now();
  const results = await Promise.all(
    targets.map(async (target) => {
      try {
        await work.run(target);
        return undefined;
      } catch (error) {
        const { hostName, vm } = target;
        const aftermath = await aftermathOf(context, target, work, error, startedAtMs, tell);
        const headline = work.headline?.(target);
        const words = work.proof?.words(target);
        return {
          target,
          failure: { hostName, vmName: vm.name, action: work.action, error, headline, aftermath, words },
        };
      }
    }),
  );
  return results.filter((result) => result !== undefined);
}

/** What the host says now, when nobody knows what became of the request; the progress is shown as long. */
async function aftermathOf<T extends VmTarget>(
  context: CommandContext,
  target: T,
  { action, proof }: Work<T>,
  error: unknown,
  startedAtMs: number,
  tell: (message: string) => void,
): Promise<Aftermath | undefined> {
  // The window closes, or the host was taken away: there is nobody to ask and nobody to tell.
  if (!HyperVError.is(error) || error.outcome !== 'unknown' || error.reason === 'cancelled') return undefined;
  tell(l10n.t('reading the state again'));
  return lookAfter(context, target, (after) =>
    proof === undefined
      ? judgePower(action, target.vm, after, performance.now() - startedAtMs)
      : proof.judge(target, after),
  );
}

async function report<T extends VmTarget>(
  context: CommandContext,
  failed: readonly FailedTarget<T>[],
  attempts: number,
  work: Work<T>,
): Promise<void> {
  const message = failureMessage(
    failed.map(({ failure }) => failure),
    attempts,
  );
  const again = failed.filter(({ failure }) => canRetry(failure)).map(({ target }) => target);
  const retry = l10n.t('Retry');
  const showLog = l10n.t('Show Log');
  const pressed = await context.ui.error(message, ...(again.length > 0 ? [retry] : []), showLog);
  if (pressed === retry) await runOnEach(context, again, work);
  if (pressed === showLog) context.ui.showLog();
}
