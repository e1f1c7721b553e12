// Ends the use of Guest Services after a copy, and tells of those that could not be disabled again.
import * as l10n from '@vscode/l10n';
import type { HyperVError } from '../../domain/errors';
import { errorText } from '../../domain/errorTexts';
import { firstNames, namesInSentence } from '../bulkNames';
import type { CommandContext } from '../commandContext';
import type { VmTarget } from '../targets';
import type { ServiceUse } from './serviceUse';

interface StillEnabled {
  readonly target: VmTarget;
  readonly error: HyperVError;
}

/** Never rejects. Resolves before the person has answered what is told. */
export async function endUses(context: CommandContext, uses: ServiceUse, targets: readonly VmTarget[]): Promise<void> {
  const end = async (target: VmTarget): Promise<StillEnabled[]> => {
    const error = await uses.end(context, target);
    if (error === undefined) return [];
    context.log.error(
      l10n.t('{0} on {1}: Guest Services was not disabled again.', target.vm.name, target.hostName),
      error,
    );
    return [{ target, error }];
  };
  // Beside each other: a host that is gone may take a minute to be given up.
  const endAll = async (): Promise<StillEnabled[]> => (await Promise.all(targets.map(end))).flat();
  const title = l10n.t('Disabling Guest Services again');
  const still = targets.some((target) => uses.isOwed(target))
    ? await context.ui.progress({ title, cancellable: false }, endAll)
    : await endAll();
  if (still.length > 0) void tell(context, uses, still);
}

async function tell(context: CommandContext, uses: ServiceUse, still: readonly StillEnabled[]): Promise<void> {
  const retry = l10n.t('Retry');
  const showLog = l10n.t('Show Log');
  const pressed = await context.ui.error(stillText(still), retry, showLog);
  if (pressed === showLog) context.ui.showLog();
  if (pressed !== retry) return;
  const targets = still.map(({ target }) => target);
  // A copy that has begun meanwhile keeps it.
  for (const target of targets) uses.begin(target, true);
  await endUses(context, uses, targets);
}

function stillText(still: readonly StillEnabled[]): string {
  const [first] = still;
  if (first === undefined) return '';
  const { vm, hostName } = first.target;
  const { what } = errorText(first.error, { hostName, vmName: vm.name });
  const names = firstNames(
    still.map(({ target }) => target.vm.name),
    namesInSentence,
  );
  const isUnknown = still.some(({ error }) => error.outcome === 'unknown');
  return [
    isUnknown
      ? l10n.t('Guest Services may still be enabled for {0}.', names.join(', '))
      : l10n.t('Guest Services is still enabled for {0}.', names.join(', ')),
    what,
    l10n.t('Retry, or untick it below the virtual machine.'),
  ].join(' ');
}
