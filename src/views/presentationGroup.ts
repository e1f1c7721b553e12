// A group of VMs as a row and as a tooltip.
import * as l10n from '@vscode/l10n';
import type { VmRecord } from '../domain/vm';
import { groupContextValue } from './contextValue';
import { vmDescription } from './presentationVm';
import { escapeMarkdown, joinFacts } from './row';
import type { Row } from './row';
import type { VmGroup } from './vmGroups';

/** @param sign whether one of its VMs needs attention: not how many, as a row that changes redraws those below it */
export function groupRow(group: VmGroup, hostName: string, sign: boolean): Row {
  const { title, icon, ids } = group;
  return {
    label: title,
    description: String(ids.length),
    icon: sign ? 'warning' : icon,
    contextValue: groupContextValue(group),
    accessibilityLabel: joinFacts([
      l10n.t('Group {0} on {1}', title, hostName),
      ids.length === 1 ? l10n.t('1 virtual machine') : l10n.t('{0} virtual machines', ids.length),
      sign ? l10n.t('needs attention') : undefined,
    ]),
    children: 'collapsed',
  };
}

/** Enough to see what is the matter; the filter shows all of them. */
const mostNamed = 10;

/**
 * Markdown; made late, when somebody points at the row.
 * @param troubled those of its VMs that need attention
 */
export function groupTooltip({ title, ids }: VmGroup, hostName: string, troubled: readonly VmRecord[]): string {
  const count = ids.length === 1 ? l10n.t('1 virtual machine') : l10n.t('{0} virtual machines', ids.length);
  const more = troubled.length - mostNamed;
  const lines = [
    joinFacts([hostName, count]),
    ...(troubled.length === 0 ? [] : [l10n.t('Needs attention:')]),
    ...troubled.slice(0, mostNamed).map((vm) => `${vm.name}: ${vmDescription(vm)}`),
    ...(more > 0 ? [l10n.t('and {0} more', more)] : []),
  ];
  return [`**${escapeMarkdown(title)}**`, ...lines.map(escapeMarkdown)].join('  \n');
}
