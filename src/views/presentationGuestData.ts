// The row *Guest Data* below a VM: opens a list of what the guest reports.
import * as l10n from '@vscode/l10n';
import type { VmRecord } from '../domain/vm';
import { commands } from '../manifest';
import { guestDataContextValue } from './contextValue';
import { guestDataLines, guestDataSilence } from './guestDataTexts';
import { escapeMarkdown, joinFacts } from './row';
import type { Row } from './row';

export function guestDataRow(vm: VmRecord): Row {
  const silence = guestDataSilence(vm);
  const description = silence === undefined ? (vm.guest.osName ?? '') : l10n.t('unknown');
  return {
    label: l10n.t('Guest Data'),
    description,
    icon: 'note',
    contextValue: guestDataContextValue,
    accessibilityLabel: joinFacts([l10n.t('Guest data of {0}', vm.name), silence ?? description]),
    children: 'none',
    opens: commands.showGuestData,
  };
}

/** Markdown; made late, when somebody points at the row. */
export function guestDataTooltip(vm: VmRecord): string {
  const silence = guestDataSilence(vm);
  const lines =
    silence === undefined
      ? guestDataLines(vm).map(({ name, value }) => `${name}: ${value ?? l10n.t('unknown')}`)
      : [silence];
  return [`**${escapeMarkdown(l10n.t('Guest data of {0}', vm.name))}**`, ...lines.map(escapeMarkdown)].join('  \n');
}
