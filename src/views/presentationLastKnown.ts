// Rows of VMs as they were last seen, while their host has not answered: the same names and places as true rows, without
// the signs of a state, without boxes and menus.
import * as l10n from '@vscode/l10n';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import type { VmRecord } from '../domain/vm';
import type { LastKnown } from '../hyperv/lastKnown';
import { lastKnownContextValue } from './contextValue';
import { escapeMarkdown, joinFacts } from './row';
import type { Row } from './row';
import { serviceName } from './serviceTexts';
import { stateText } from './stateTexts';

/** Dimmed, and the same for all: the pictures of states would be taken for true. */
const lastKnownIcon = 'history';

export function lastKnownVmRow(vm: VmRecord): Row {
  return lastKnownRow(vm.name, vm.name, stateText(vm.state), 'collapsed');
}

export function lastKnownServiceRow(vm: VmRecord, key: IntegrationServiceKey): Row {
  const name = serviceName(key);
  return lastKnownRow(name, l10n.t('{0} for {1}', name, vm.name), enabledText(vm.services[key].enabled), 'none');
}

function lastKnownRow(label: string, spoken: string, fact: string, children: Row['children']): Row {
  const description = l10n.t('last known: {0}', fact);
  return {
    label,
    description,
    icon: lastKnownIcon,
    contextValue: lastKnownContextValue,
    accessibilityLabel: joinFacts([spoken, description]),
    children,
  };
}

function enabledText(enabled: boolean | null): string {
  if (enabled === null) return l10n.t('not reported');
  return enabled ? l10n.t('enabled') : l10n.t('disabled');
}

/** Markdown; made late, when somebody points at the row. */
export function lastKnownTooltip(vm: VmRecord, { seenAtMs }: LastKnown): string {
  return [
    `**${escapeMarkdown(vm.name)}**`,
    escapeMarkdown(joinFacts([l10n.t('last known: {0}', stateText(vm.state)), seenText(seenAtMs)])),
    escapeMarkdown(l10n.t('The host has not answered since, so nobody knows what the virtual machine does now.')),
  ].join('\n\n');
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(name) ?? new Intl.DateTimeFormat(undefined, options);
  formats.set(name, known);
  return known;
}

/** `last seen 14:32`; with the day when that was not today. */
export function seenText(seenAtMs: number, nowMs = Date.now()): string {
  const isToday = new Date(seenAtMs).toDateString() === new Date(nowMs).toDateString();
  const time = isToday
    ? format('time', { timeStyle: 'short' })
    : format('day', { dateStyle: 'medium', timeStyle: 'short' });
  return l10n.t('last seen {0}', time.format(seenAtMs));
}
