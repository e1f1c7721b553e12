// Copies planned files into one or several VMs: VMs beside each other, the files of each one after the other, with one
// progress and a way out.
import * as l10n from '@vscode/l10n';
import { copyCause, endsCopy, needsLook } from '../../domain/files/failureCause';
import type { CopyCause } from '../../domain/files/failureCause';
import type { PlannedFile } from '../../domain/files/plan';
import { bytesText } from '../../domain/bytesText';
import { HyperVError } from '../../domain/errors';
import { aborted } from '../aborted';
import { HostTurns } from '../bulkTurns';
import type { CommandContext } from '../commandContext';
import type { VmTarget } from '../targets';
import type { ServiceWish } from './destination';
import { CopyProgress } from './progress';
import type { ServiceUse } from './serviceUse';

/** One file for one VM. */
export interface FileTarget extends VmTarget {
  readonly file: PlannedFile;
}

export interface FailedFile {
  readonly target: FileTarget;
  readonly cause: Exclude<CopyCause, 'cancelled'>;
  readonly error: HyperVError;
}

export interface CopyResult {
  readonly copied: readonly FileTarget[];
  readonly failed: readonly FailedFile[];
  /** Not copied, as the person cancelled. */
  readonly left: readonly FileTarget[];
  /** Those of them that were on their way. */
  readonly cut: readonly FileTarget[];
  /** Whether the person cancelled, even too late. */
  readonly isCancelled: boolean;
}

export interface CopyOptions {
  readonly title: string;
  readonly overwrite: boolean;
  readonly wish: ServiceWish;
  readonly uses: ServiceUse;
}

/** Copies into so many VMs of a host at a time: all of them read from its disks. */
const vmsPerHost = 4;

/** Never rejects. */
export async function copyAll(
  context: CommandContext,
  targets: readonly FileTarget[],
  options: CopyOptions,
): Promise<CopyResult> {
  const run = new CopyRun(context, targets, options);
  await run.carryOut();
  return run;
}

class CopyRun implements CopyResult {
  readonly copied: FileTarget[] = [];
  readonly failed: FailedFile[] = [];
  readonly left: FileTarget[] = [];
  readonly cut: FileTarget[] = [];
  isCancelled = false;
  readonly #turns = new HostTurns(vmsPerHost);
  readonly #progress: CopyProgress;

  constructor(
    private readonly context: CommandContext,
    private readonly targets: readonly FileTarget[],
    private readonly options: CopyOptions,
  ) {
    this.#progress = new CopyProgress(targets.map(({ file }) => file));
  }

  async carryOut(): Promise<void> {
    const { title } = this.options;
    let all: Promise<unknown> = Promise.resolve();
    await this.context.ui.progress({ title, cancellable: true }, async (report, signal) => {
      this.#progress.report = report;
      all = Promise.all(byVm(this.targets).map((group) => this.#inTurn(group, signal)));
      await Promise.race([all, aborted(signal)]);
      this.isCancelled = signal.aborted;
    });
    if (!this.isCancelled) return;
    // VS Code takes a progress away as soon as it is cancelled; the host may still be at it.
    await this.context.ui.progress({ title, cancellable: false }, async (report) => {
      this.#progress.report = () => undefined;
      report(l10n.t('cancelling'));
      await all;
    });
  }

  async #inTurn(group: readonly [FileTarget, ...FileTarget[]], signal: AbortSignal): Promise<void> {
    try {
      await this.#turns.run(group[0].hostId, signal, () => this.#copyGroup(group, signal));
    } catch {
      // Its turn did not come before the person left.
      this.left.push(...group);
    }
  }

  async #copyGroup(group: readonly [FileTarget, ...FileTarget[]], signal: AbortSignal): Promise<void> {
    const [first] = group;
    const { uses, wish } = this.options;
    try {
      await uses.enable(this.context, first, wish, signal, () => {
        this.#progress.report(l10n.t('enabling Guest Services of {0}', first.vm.name));
      });
    } catch (error) {
      await this.#failedAt(group, 0, HyperVError.from(error), signal);
      return;
    }
    await this.#copyEach(group, signal);
  }

  async #copyEach(group: readonly FileTarget[], signal: AbortSignal): Promise<void> {
    for (const [at, target] of group.entries()) {
      if (signal.aborted) {
        this.left.push(...group.slice(at));
        return;
      }
      try {
        await this.#copyOne(target, signal);
      } catch (error) {
        const failure = HyperVError.from(error);
        if (failure.reason === 'cancelled' && failure.outcome === 'none') this.cut.push(target);
        if (await this.#failedAt(group, at, failure, signal)) return;
      }
    }
  }

  async #copyOne(target: FileTarget, signal: AbortSignal): Promise<void> {
    const { hostId, hostName, vm, file } = target;
    const { source, destination, bytes } = file;
    const key = keyOf(target);
    let isCopied = false;
    try {
      await this.context.details.copyFile(
        hostId,
        vm.id,
        { source, destination, bytes, overwrite: this.options.overwrite },
        {
          signal,
          onProgress: (percent) => {
            this.#progress.counted(key, file, percent);
          },
        },
      );
      isCopied = true;
      this.copied.push(target);
      this.context.log.info(
        l10n.t('{0} on {1}: {2} was copied to {3} ({4}).', vm.name, hostName, source, destination, bytesText(bytes)),
      );
    } finally {
      this.#progress.ended(key, file, isCopied);
    }
  }

  /** @returns whether the files after it were given up as well */
  async #failedAt(group: readonly FileTarget[], at: number, error: HyperVError, signal: AbortSignal): Promise<boolean> {
    const [target, ...others] = group.slice(at);
    if (target === undefined) return true;
    const { hostId, hostName, vm, file } = target;
    const said = copyCause(error, undefined);
    const after = needsLook(said) ? await this.context.service.readVm(hostId, vm.id).catch(() => undefined) : undefined;
    const service = after?.services.guestServiceInterface;
    const cause = copyCause(error, after && service && { state: after.state, service });
    this.context.log.error(
      l10n.t('{0} on {1}: {2} was not copied to {3}.', vm.name, hostName, file.source, file.destination),
      error,
    );
    if (cause === 'cancelled') {
      this.left.push(target, ...others);
      return true;
    }
    this.failed.push({ target, cause, error });
    if (!endsCopy(cause) && !isOfAll(error)) return false;
    // Of what was not begun it is known that it is not there.
    const known = new HyperVError(error.reason, error.message, 'none', error.detail, { cause: error });
    const causeOfRest = cause === 'unknown' ? copyCause(known, undefined) : cause;
    if (signal.aborted || causeOfRest === 'cancelled') this.left.push(...others);
    else this.failed.push(...others.map((other) => ({ target: other, cause: causeOfRest, error: known })));
    return true;
  }
}

/** Whether it is the host or the way to it that failed, and not the file. */
function isOfAll({ detail }: HyperVError): boolean {
  return detail.errorId?.startsWith('Hv.job') !== true;
}

export function byVm(targets: readonly FileTarget[]): (readonly [FileTarget, ...FileTarget[]])[] {
  const groups = new Map<string, [FileTarget, ...FileTarget[]]>();
  for (const target of targets) {
    const group = groups.get(keyOf(target));
    if (group === undefined) groups.set(keyOf(target), [target]);
    else group.push(target);
  }
  return [...groups.values()];
}

function keyOf({ hostId, vm }: VmTarget): string {
  return `${hostId}\n${vm.id}`;
}
