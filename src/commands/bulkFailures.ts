// What a person can do about the failures of a command for many VMs or files: try them again, all or some, see where they
// are, or read the log. Used by bulkRun.ts, shutDown.ts and files/copyFiles.ts.
import * as l10n from '@vscode/l10n';
import type { VmRecord } from '../domain/vm';
import { comeToRest, isMoving } from './comeToRest';
import type { CommandContext } from './commandContext';
import type { VmTarget } from './targets';
import type { ManyChoice } from './ui';

export interface BulkFailure<T extends VmTarget> {
  readonly target: T;
  /** What failed and where it is, when that is not a VM and its host. */
  readonly label?: string;
  readonly description?: string;
  /** Failures of the same cause stand together. */
  readonly cause: string;
  /** The reason and the next step. */
  readonly detail: string;
  /** Whether it makes sense as it is; what is not known should be looked at first. */
  readonly mayRetry: boolean;
}

export interface BulkReport<T extends VmTarget> {
  /** What was being done. */
  readonly title: string;
  readonly message: string;
  /** Whether it can be done to a VM as it is by then. */
  readonly isPossible: (vm: VmRecord) => boolean;
  readonly failures: readonly BulkFailure<T>[];
  /** Does it to those which the person chose. */
  readonly again: (targets: readonly T[]) => Promise<void>;
}

/** Resolves when the person has answered and what they chose has ended. */
export async function tellFailures<T extends VmTarget>(context: CommandContext, report: BulkReport<T>): Promise<void> {
  const { failures, message } = report;
  const retryable = failures.filter(({ mayRetry }) => mayRetry).map(({ target }) => target);
  const retry = l10n.t('Retry');
  const select = l10n.t('Select Failures…');
  const showLog = l10n.t('Show Log');
  const pressed = await context.ui.error(message, ...(retryable.length > 0 ? [retry] : []), select, showLog);
  if (pressed === retry) await tryAgain(context, report, retryable);
  if (pressed === select) await selectFailures(context, report);
  if (pressed === showLog) context.ui.showLog();
}

async function selectFailures<T extends VmTarget>(context: CommandContext, report: BulkReport<T>): Promise<void> {
  const texts = {
    title: l10n.t('Failures: {0}', report.title),
    placeholder: l10n.t('Which shall be tried again?'),
    show: l10n.t('Show in the View'),
  };
  const picked = await context.ui.pickMany(texts, choicesOf(report.failures), (target) => {
    show(context, target);
  });
  if (picked !== undefined && picked.length > 0) await tryAgain(context, report, picked);
}

/** Causes with most failures first. */
function choicesOf<T extends VmTarget>(failures: readonly BulkFailure<T>[]): ManyChoice<T>[] {
  const groups = new Map<string, BulkFailure<T>[]>();
  for (const failure of failures) {
    const group = groups.get(failure.cause);
    if (group === undefined) groups.set(failure.cause, [failure]);
    else group.push(failure);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([cause, group]) =>
      group.map(({ target, label, description, detail, mayRetry }) => ({
        label: label ?? target.vm.name,
        description: description ?? target.hostName,
        detail,
        group: l10n.t('{0} · {1}', group.length, cause),
        picked: mayRetry,
        value: target,
      })),
    );
}

function show({ store, ui, reveal }: CommandContext, { hostId, hostName, vm }: VmTarget): void {
  if (store.vm(hostId, vm.id) === undefined) ui.inform(l10n.t('{0} is no longer on {1}.', vm.name, hostName));
  else reveal(hostId, vm.id);
}

/** What is tried again is another VM by now, perhaps one that is where it should be. */
async function tryAgain<T extends VmTarget>(
  context: CommandContext,
  { isPossible, again }: BulkReport<T>,
  chosen: readonly T[],
): Promise<void> {
  const { store, ui } = context;
  const moving = chosen.filter((target) => isMoving(context, target));
  if (moving.length > 0 && !(await comeToRest(context, moving))) return;
  const possible = chosen.flatMap((target) => {
    const vm = store.vm(target.hostId, target.vm.id);
    return vm === undefined || !isPossible(vm) ? [] : [{ ...target, vm }];
  });
  const rest = chosen.length - possible.length;
  if (rest > 0)
    ui.inform(l10n.t('{0} of {1} were not tried again: their state does not allow it now.', rest, chosen.length));
  if (possible.length > 0) await again(possible);
}
