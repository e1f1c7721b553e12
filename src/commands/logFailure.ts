// Every request that failed has a line in the log, also when a message names only the first ones.
import * as l10n from '@vscode/l10n';
import type { CommandContext } from './commandContext';
import type { Failure } from './failureTexts';

/** @param title what was being done */
export function logFailure({ log }: Pick<CommandContext, 'log'>, failure: Failure, title: string): void {
  log.error(l10n.t('{0} on {1}: {2}', failure.vmName, failure.hostName, title), failure.error);
}
