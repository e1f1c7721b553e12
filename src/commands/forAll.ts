// The question before something is done to all VMs of a group: whoever calls a command on one row does not see them.
import * as l10n from '@vscode/l10n';
import { firstNames, namesInModal } from './bulkNames';
import type { VmTarget } from './targets';
import type { CommandUi } from './ui';

export interface ForAllTexts {
  /** @param who one VM by its name, or how many there are */
  readonly question: (who: string) => string;
  /** On the button. */
  readonly button: string;
  /** What happens then, where the question does not say it. */
  readonly note?: string;
}

/** @param of how many VMs there are, with those that are left out as their state does not allow it */
export async function confirmForAll(
  ui: CommandUi,
  { question, button, note }: ForAllTexts,
  targets: readonly VmTarget[],
  of: number,
): Promise<boolean> {
  const names = targets.map(({ vm, hostName }) => l10n.t('{0} on {1}', vm.name, hostName));
  const [only] = names;
  const who = only !== undefined && names.length === 1 ? only : l10n.t('{0} virtual machines', names.length);
  const detail = [
    ...(names.length === 1 ? [] : firstNames(names, namesInModal)),
    ...(of > names.length
      ? [l10n.t('{0} of the {1} are left out: their state does not allow it.', of - names.length, of)]
      : []),
    ...(note === undefined ? [] : [note]),
  ];
  return ui.confirm(question(who), detail.join('\n'), button);
}
