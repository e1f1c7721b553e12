// An integration service as a row with a checkbox: what the host allows (ticked) and what the guest does (words).
import * as l10n from '@vscode/l10n';
import { allowedActions } from '../domain/allowedActions';
import { isFailing } from '../domain/integrationServices';
import type { IntegrationServiceKey, IntegrationServiceState } from '../domain/integrationServices';
import type { VmRecord } from '../domain/vm';
import { serviceContextValue } from './contextValue';
import { escapeMarkdown, joinFacts } from './row';
import type { Row, RowCheckbox } from './row';
import { serviceGuestPart, serviceNextStep, timeSourceAdvice } from './serviceAdvice';
import { serviceLoss, servicePurpose, serviceShortLoss } from './servicePurpose';
import { guestStatusText, serviceFacts, serviceName } from './serviceTexts';

export function serviceRow(vm: VmRecord, key: IntegrationServiceKey): Row {
  if (vm.partial === true) return unreadRow(vm, key);
  const state = vm.services[key];
  const checkbox = serviceCheckbox(vm, key);
  return {
    label: serviceName(key),
    description: serviceDescription(state, key),
    contextValue: serviceContextValue(vm, key),
    accessibilityLabel: joinFacts([
      l10n.t('{0} for {1}', serviceName(key), vm.name),
      state.enabled === false ? l10n.t('disabled. {0}', serviceLoss(key)) : serviceFacts(state),
    ]),
    children: 'none',
    ...serviceIcon(state),
    ...(checkbox === undefined ? {} : { checkbox }),
  };
}

/** Without a box and a sign: whether the service is enabled is not known yet. */
function unreadRow(vm: VmRecord, key: IntegrationServiceKey): Row {
  const description = l10n.t('reading…');
  return {
    label: serviceName(key),
    description,
    contextValue: serviceContextValue(vm, key),
    accessibilityLabel: joinFacts([l10n.t('{0} for {1}', serviceName(key), vm.name), description]),
    children: 'none',
  };
}

/**
 * What the box does not say: the guest's word of a service that is enabled, and what is missing while it is not. The
 * guest's half of a disabled service goes on saying OK, which would only mislead.
 */
function serviceDescription(state: IntegrationServiceState, key: IntegrationServiceKey): string {
  if (state.enabled === null) return l10n.t('not reported');
  return state.enabled ? (guestStatusText(state) ?? '') : serviceShortLoss(key);
}

/**
 * None where the box and the words say it all. "No contact" is normal while a guest starts and for ever without its part,
 * so only a guest that fails or fell silent gets a sign.
 */
function serviceIcon({ enabled, status }: IntegrationServiceState): Pick<Row, 'icon'> {
  if (enabled === null) return { icon: 'question' };
  return enabled && isFailing(status) ? { icon: 'warning' } : {};
}

/** None for a service which the host did not report. */
function serviceCheckbox(vm: VmRecord, key: IntegrationServiceKey): RowCheckbox | undefined {
  const { enabled } = vm.services[key];
  if (enabled === null) return undefined;
  const name = serviceName(key);
  return {
    checked: enabled,
    tooltip: checkboxTooltip(vm, key, enabled),
    accessibilityLabel: enabled
      ? l10n.t('{0} for {1}, enabled', name, vm.name)
      : l10n.t('{0} for {1}, disabled', name, vm.name),
  };
}

function checkboxTooltip(vm: VmRecord, key: IntegrationServiceKey, enabled: boolean): string {
  if (!allowedActions(vm).has('toggleService')) {
    return l10n.t('Services can be changed while the virtual machine is running or off.');
  }
  return enabled ? l10n.t('Disable {0}', serviceName(key)) : l10n.t('Enable {0}', serviceName(key));
}

/** Markdown; made late, when somebody points at the row. */
export function serviceTooltip(vm: VmRecord, key: IntegrationServiceKey): string {
  const state = vm.services[key];
  const lines = [
    servicePurpose(key),
    serviceLoss(key),
    key === 'timeSynchronization' ? timeSourceAdvice(state) : undefined,
    serviceGuestPart(key),
    serviceNextStep(state),
    state.enabled === true && state.status !== 'ok' && state.reason !== null
      ? l10n.t('The host says: {0}', state.reason)
      : undefined,
  ].filter((line) => line !== undefined);
  const facts = vm.partial ? l10n.t('reading…') : serviceFacts(state);
  const title = `**${escapeMarkdown(serviceName(key))}** ${escapeMarkdown(facts)}`;
  return [title, ...lines.map(escapeMarkdown)].join('\n\n');
}
