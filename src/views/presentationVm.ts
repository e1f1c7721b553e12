// A VM as a row and as a tooltip. Pure: the same record gives the same words.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { isTroubled } from '../domain/heartbeat';
import { integrationServiceKeys } from '../domain/integrationServices';
import type { VmRecord } from '../domain/vm';
import { vmAddress } from '../domain/vmAddress';
import type { HostDefinition } from '../hyperv/hosts';
import { vmContextValue } from './contextValue';
import { escapeMarkdown, joinFacts } from './row';
import type { Row } from './row';
import { heartbeatText, stateText } from './stateTexts';

/** @param host how it is reached, which decides by which ways its VMs are */
export function vmRow(vm: VmRecord, host?: HostDefinition['kind']): Row {
  const description = vmDescription(vm);
  return {
    label: vm.name,
    description,
    icon: vmIcon(vm),
    contextValue: vmContextValue(vm, host),
    accessibilityLabel: joinFacts([vm.name, description, disabledServices(vm)]),
    children: 'collapsed',
  };
}

/**
 * State, heartbeat and first address: never the uptime, which would redraw the row all the time. What calls for a look
 * comes first, as a narrow side bar cuts the rest.
 */
export function vmDescription(vm: VmRecord): string {
  if (vm.state !== 'running') return stateText(vm.state);
  const heartbeat = vm.heartbeat === null ? undefined : heartbeatText(vm.heartbeat);
  const facts = [stateText(vm.state), heartbeat];
  return joinFacts([...(isTroubled(vm.heartbeat) ? facts.reverse() : facts), vmAddress(vm)]);
}

export function vmIcon(vm: Pick<VmRecord, 'state' | 'heartbeat'>): string {
  switch (vm.state) {
    case 'running':
      return isTroubled(vm.heartbeat) ? 'warning' : 'vm-running';
    case 'off':
      return 'vm-outline';
    case 'saved':
      return 'vm';
    case 'paused':
      return 'debug-pause';
    case 'starting':
    case 'stopping':
    case 'saving':
    case 'pausing':
    case 'resuming':
    case 'resetting':
    case 'snapshotting':
      return 'sync';
    case 'unknown':
      return 'question';
    default:
      return assertNever(vm.state);
  }
}

function disabledServices(vm: VmRecord): string | undefined {
  const off = integrationServiceKeys.filter((key) => vm.services[key].enabled === false).length;
  return off === 0 ? undefined : l10n.t('{0} of {1} services disabled', off, integrationServiceKeys.length);
}

/** Markdown; made late, when somebody points at the row. */
export function vmTooltip(vm: VmRecord, hostName: string): string {
  const { guest } = vm;
  const rows: readonly (readonly [string, string | number | null])[] = [
    [l10n.t('Host'), hostName],
    [l10n.t('State'), vmDescription(vm)],
    [l10n.t('Started'), vm.uptimeMs === null ? null : uptimeText(vm.uptimeMs)],
    [l10n.t('Guest'), joinFacts([guest.osName, guest.osVersion])],
    [l10n.t('Name in the guest'), guest.fullyQualifiedDomainName],
    [l10n.t('Addresses'), guest.addresses.join(', ')],
    [l10n.t('Processors'), vm.processors],
    [l10n.t('Memory'), vm.memoryMB === null ? null : l10n.t('{0} MB', vm.memoryMB)],
    [l10n.t('Configuration version'), vm.configurationVersion],
    [l10n.t('Notes'), vm.notes],
    [l10n.t('Id'), vm.id],
    [l10n.t('Everything else'), vm.partial ? l10n.t('reading…') : null],
  ];
  const lines = rows
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${escapeMarkdown(name)}: ${escapeMarkdown(String(value))}`);
  return [`**${escapeMarkdown(vm.name)}**`, ...lines].join('  \n');
}

const minuteMs = 60_000;

/** Coarse on purpose: a tooltip is not a clock. */
function uptimeText(uptimeMs: number): string {
  const minutes = Math.floor(uptimeMs / minuteMs);
  if (minutes < 60) return l10n.t('{0} min ago', minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? l10n.t('{0} h ago', hours) : l10n.t('{0} days ago', Math.floor(hours / 24));
}
