// Does one thing to one or many, with one progress and one report of what failed; used by all commands that change VMs.
import * as l10n from '@vscode/l10n';
import type { VmAction } from '../domain/allowedActions';
import { HyperVError } from '../domain/errors';
import type { CommandContext } from './commandContext';
import { canRetry, failureMessage } from './failureTexts';
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
  const failed = await context.ui.progress({ title: work.title, cancellable: false }, () => attempt(targets, work));
  for (const { target, failure } of failed) {
    work.onFailure?.(target);
    const text = l10n.t('{0} on {1}: {2}', failure.vmName, failure.hostName, work.title);
    context.log.error(text, failure.error);
  }
  // The window closes, or the host was taken away: nobody waits for a report.
  const worthTelling = failed.filter(({ failure }) => !HyperVError.is(failure.error, 'cancelled'));
  if (worthTelling.length > 0) void report(context, worthTelling, targets.length, work);
}

async function attempt<T extends VmTarget>(targets: readonly T[], work: Work<T>): Promise<FailedTarget<T>[]> {
  const results = await Promise.all(
    targets.map(async (target) => {
      try {
        await work.run(target);
        return undefined;
      } catch (error) {
        const { hostName, vm } = target;
        const headline = work.headline?.(target);
        return { target, failure: { hostName, vmName: vm.name, action: work.action, error, headline } };
      }
    }),
  );
  return results.filter((result) => result !== undefined);
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
