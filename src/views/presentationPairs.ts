// The row *Key-Value Pairs* below a VM: opens their editor, and says in passing what the guest reports of itself.
import * as l10n from '@vscode/l10n';
import type { VmRecord } from '../domain/vm';
import { commands } from '../manifest';
import { pairsContextValue } from './contextValue';
import { guestDataLines, guestDataSilence } from './guestDataTexts';
import { escapeMarkdown, joinFacts } from './row';
import type { Row } from './row';

export function pairsRow(vm: VmRecord): Row {
  const silence = guestDataSilence(vm);
  const description =
    silence === undefined ? (vm.guest.osName ?? '') : vm.partial ? l10n.t('reading…') : l10n.t('unknown');
  return {
    label: l10n.t('Key-Value Pairs'),
    description,
    icon: 'note',
    contextValue: pairsContextValue,
    accessibilityLabel: joinFacts([l10n.t('Key-value pairs of {0}', vm.name), silence ?? description]),
    children: 'none',
    opens: commands.editPairs,
  };
}

/** Markdown; made late, when somebody points at the row. */
export function pairsTooltip(vm: VmRecord): string {
  const silence = guestDataSilence(vm);
  const lines =
    silence === undefined
      ? guestDataLines(vm).map(({ name, value }) => `${name}: ${value ?? l10n.t('unknown')}`)
      : [silence];
  return [`**${escapeMarkdown(l10n.t('What the guest of {0} reports', vm.name))}**`, ...lines.map(escapeMarkdown)].join(
    '  \n',
  );
}
