// The evidence behind a service's verdict: what was seen, and by which class of the host. Facts only, no conclusions.
import * as l10n from '@vscode/l10n';
import { integrationServices } from '../integrationServices';
import type { IntegrationServiceKey } from '../integrationServices';
import type { VmRecord } from '../vm';

export interface Reason {
  /** Class of the host that said so; a name, not translated. */
  readonly source?: string;
  readonly text: string;
  /** What the host or the guest said, word for word: hostile until shown. */
  readonly quote?: string;
}

export function serviceReasons(vm: VmRecord, key: IntegrationServiceKey): readonly Reason[] {
  const definition = integrationServices.find((one) => one.key === key);
  const { enabled, status, secondary, reason } = vm.services[key];
  const reasons: Reason[] = [];
  if (definition === undefined) return reasons;
  if (enabled !== null) reasons.push({ source: definition.settingClass, text: `EnabledState ${enabled ? 2 : 3}` });
  // The status of a disabled service goes on saying OK: evidence of nothing.
  if (enabled === false || status === null) return reasons;
  const codes = secondary === null ? statusWord(status) : `${statusWord(status)}, ${secondary}`;
  reasons.push({ source: definition.componentClass, text: `OperationalStatus ${codes}` });
  if (reason !== null) reasons.push({ text: l10n.t('The host says:'), quote: reason });
  if (enabled === true && status === 'noContact') reasons.push(...silence(vm, key));
  return reasons;
}

/** The name of the number, as the provider's documentation has it; not translated. */
function statusWord(status: NonNullable<VmRecord['services']['vss']['status']>): string {
  const words = {
    ok: 'OK (2)',
    degraded: 'Degraded (3)',
    error: 'Error (6)',
    nonRecoverableError: 'Non-Recoverable Error (7)',
    noContact: 'No Contact (12)',
    lostCommunication: 'Lost Communication (13)',
    paused: 'Paused (15)',
    unknown: '(?)',
  } as const;
  return words[status];
}

/** What else is known of a guest that does not answer. */
function silence(vm: VmRecord, key: IntegrationServiceKey): Reason[] {
  const others = integrationServices.filter((one) => one.key !== key && isAnswering(vm, one.key));
  const { osName } = vm.guest;
  const kernelOnly = looksLikeMissingDaemons(vm)
    ? [{ text: l10n.t('Linux looks like this without its daemons: what the kernel does answers, the rest does not.') }]
    : [];
  return [
    ...kernelOnly,
    others.length > 0
      ? { text: l10n.t('The same guest answers for other services: {0} of 5.', others.length) }
      : { text: l10n.t('The guest answers for no other service either.') },
    osName === null
      ? { text: l10n.t('The guest did not say which system it is.') }
      : { text: l10n.t('The guest calls its system:'), quote: osName },
    vm.uptimeMs === null ? { text: l10n.t('How long it has run is not known.') } : { text: runText(vm.uptimeMs) },
  ];
}

const hourMs = 3_600_000;

/** Exact where it is short: a guest that is young may still come to answer. */
function runText(uptimeMs: number): string {
  if (uptimeMs < 2 * hourMs) return l10n.t('Minutes it has run: {0}.', Math.floor(uptimeMs / 60_000));
  return uptimeMs < 48 * hourMs
    ? l10n.t('Hours it has run: {0}.', Math.floor(uptimeMs / hourMs))
    : l10n.t('Days it has run: {0}.', Math.floor(uptimeMs / (24 * hourMs)));
}

/** Heartbeat and shutdown are the kernel's on Linux; data exchange, VSS and file copy are daemons of a package. */
export function looksLikeMissingDaemons(vm: VmRecord): boolean {
  const silent = (key: IntegrationServiceKey): boolean => vm.services[key].status === 'noContact';
  return isAnswering(vm, 'heartbeat') && isAnswering(vm, 'shutdown') && silent('keyValuePairExchange') && silent('vss');
}

function isAnswering(vm: VmRecord, key: IntegrationServiceKey): boolean {
  const { enabled, status } = vm.services[key];
  return enabled === true && (status === 'ok' || status === 'degraded');
}
