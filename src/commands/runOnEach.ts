// Does one thing to one or many and reports what failed; used by all commands that change VMs. Many are in bulkRun.ts.
import * as l10n from '@vscode/l10n';
import { attempt, isWorthTelling } from './attempt';
import type { FailedTarget, Work } from './attempt';
import { runOnMany } from './bulkRun';
import type { CommandContext } from './commandContext';
import { canRetry, cameTrue, cameTrueMessage, failureMessage } from './failureTexts';
import { logFailure } from './logFailure';
import { vmCount } from './targets';
import type { VmTarget } from './targets';

/** Resolves before the person has answered the report. */
export async function runOnEach<T extends VmTarget>(
  context: CommandContext,
  targets: readonly T[],
  work: Work<T>,
): Promise<void> {
  if (targets.length === 0) return;
  if (vmCount(targets) === 1) await runOnOneVm(context, targets, work);
  else await runOnMany(context, targets, work, (chosen) => runOnEach(context, chosen, work));
}

/** All at once: a session keeps the order of changes to one VM. */
async function runOnOneVm<T extends VmTarget>(
  context: CommandContext,
  targets: readonly T[],
  work: Work<T>,
): Promise<void> {
  const title = work.title(targets);
  const results = await context.ui.progress({ title, cancellable: false }, (tell) => {
    const onReading = (): void => {
      tell(l10n.t('reading the state again'));
    };
    return Promise.all(targets.map((target) => attempt(context, target, work, { onReading })));
  });
  const failed = results.filter((result) => result !== undefined);
  for (const { target, failure } of failed) {
    work.onFailure?.(target);
    logFailure(context, failure, title);
  }
  const worthTelling = failed.filter(({ failure }) => isWorthTelling(failure));
  const good = worthTelling.filter(({ failure }) => cameTrue(failure));
  if (good.length > 0) context.ui.inform(cameTrueMessage(good.map(({ failure }) => failure)));
  const bad = worthTelling.filter(({ failure }) => !cameTrue(failure));
  if (bad.length > 0) void report(context, bad, targets.length, work);
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
