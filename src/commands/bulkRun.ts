// Does one thing to many VMs: so many at a time on each host, hosts beside each other, one progress with counts, one
// summary. Used by runOnEach.ts.
import { actionRefusal } from '../domain/allowedActions';
import { aborted } from './aborted';
import { attempt, isWorthTelling } from './attempt';
import type { FailedTarget, Work } from './attempt';
import { tellFailures } from './bulkFailures';
import { bulkMessage } from './bulkMessage';
import { bulkProgress, bulkSummary, settledOf, waitingText } from './bulkTexts';
import type { Tally } from './bulkTexts';
import { HostTurns } from './bulkTurns';
import type { CommandContext } from './commandContext';
import { cameTrue, canRetry, causeOf, failureDetail, isOpen } from './failureTexts';
import { logFailure } from './logFailure';
import type { VmTarget } from './targets';

/**
 * Resolves when everything that was sent has been answered, before the person has answered the report.
 * @param again does it to those which the person chose to try again
 */
export async function runOnMany<T extends VmTarget>(
  context: CommandContext,
  targets: readonly T[],
  work: Work<T>,
  again: (targets: readonly T[]) => Promise<void>,
): Promise<void> {
  const title = work.title(targets);
  const run = new BulkRun(context, targets, work);
  await run.carryOut(title);
  const { failed, tally, cancelled } = run;
  for (const { failure } of failed) logFailure(context, failure, title);
  const summary = bulkSummary(work.action, tally, cancelled);
  const bad = failed.filter(({ failure }) => !cameTrue(failure));
  if (bad.length === 0) {
    // The rows show what went well; what was left undone they do not.
    if (tally.notAsked > 0 || cancelled) context.ui.inform(summary);
    else context.ui.mention(summary);
    return;
  }
  void tellFailures(context, {
    title,
    message: bulkMessage(
      summary,
      bad.map(({ failure }) => failure),
    ),
    isPossible: (vm) => actionRefusal(vm, work.action) === undefined,
    failures: bad.map(({ target, failure }) => ({
      target,
      cause: causeOf(failure),
      detail: failureDetail(failure),
      mayRetry: canRetry(failure),
    })),
    again,
  });
}

class BulkRun<T extends VmTarget> {
  /** Also those of which it turned out that they were carried out. */
  readonly failed: FailedTarget<T>[] = [];
  readonly tally: { -readonly [K in keyof Tally]: number };
  cancelled = false;
  readonly #turns = new HostTurns();

  constructor(
    private readonly context: CommandContext,
    private readonly targets: readonly T[],
    private readonly work: Work<T>,
  ) {
    this.tally = { total: targets.length, done: 0, failed: 0, unknown: 0, notAsked: 0 };
  }

  async carryOut(title: string): Promise<void> {
    const { ui } = this.context;
    let show = (): void => undefined;
    let all: Promise<unknown> = Promise.resolve();
    await ui.progress({ title, cancellable: true }, async (tell, signal) => {
      show = () => {
        tell(bulkProgress(this.tally), settledOf(this.tally) / this.tally.total);
      };
      show();
      all = Promise.all(
        this.targets.map(async (target) => {
          this.#count(target, await this.#attempt(target, signal));
          show();
        }),
      );
      await Promise.race([all, aborted(signal)]);
      this.cancelled = signal.aborted;
    });
    if (settledOf(this.tally) === this.tally.total) return;
    // VS Code takes a progress away as soon as it is cancelled.
    await ui.progress({ title, cancellable: false }, async (tell) => {
      show = () => {
        tell(waitingText(this.tally));
      };
      show();
      await all;
    });
  }

  async #attempt(target: T, signal: AbortSignal): Promise<FailedTarget<T> | 'notAsked' | undefined> {
    try {
      return await this.#turns.run(target.hostId, signal, () =>
        attempt(this.context, target, this.work, { withdraw: signal }),
      );
    } catch {
      // Its turn did not come before the person left.
      return 'notAsked';
    }
  }

  #count(target: T, result: FailedTarget<T> | 'notAsked' | undefined): void {
    const { tally } = this;
    if (result === undefined) {
      tally.done += 1;
      return;
    }
    this.work.onFailure?.(target);
    if (result === 'notAsked' || !isWorthTelling(result.failure)) tally.notAsked += 1;
    else {
      this.failed.push(result);
      if (cameTrue(result.failure)) tally.done += 1;
      else if (isOpen(result.failure)) tally.unknown += 1;
      else tally.failed += 1;
    }
  }
}
