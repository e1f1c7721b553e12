// What a guest reports through data exchange, as lines to read, and why there may be nothing. Used by the row
// *Key-Value Pairs*.
import * as l10n from '@vscode/l10n';
import type { VmRecord } from '../domain/vm';

export interface GuestDataLine {
  readonly name: string;
  /** null: the guest did not say. */
  readonly value: string | null;
}

/** Always the same lines in the same order. */
export function guestDataLines(vm: VmRecord): readonly GuestDataLine[] {
  // What was said before the VM stopped, or before the service was disabled, may no longer be true.
  const guest = guestDataSilence(vm) === undefined ? vm.guest : undefined;
  const addresses = guest?.addresses.length ? guest.addresses : [null];
  return [
    { name: l10n.t('Operating system'), value: guest?.osName ?? null },
    { name: l10n.t('Version'), value: guest?.osVersion ?? null },
    { name: l10n.t('Name in the guest'), value: guest?.fullyQualifiedDomainName ?? null },
    ...addresses.map((value) => ({ name: l10n.t('Address'), value })),
    { name: l10n.t('Integration services version'), value: guest?.integrationServicesVersion ?? null },
  ];
}

/** Why nothing is known; undefined when the guest reports something. */
export function guestDataSilence({ name, state, services, guest, partial }: VmRecord): string | undefined {
  if (partial === true) return l10n.t('What the guest of {0} reports is still being read.', name);
  if (services.keyValuePairExchange.enabled === false)
    return l10n.t('Data exchange of {0} is disabled, so its guest reports nothing.', name);
  if (state !== 'running') return l10n.t('{0} is not running, so its guest reports nothing.', name);
  const { osName, osVersion, fullyQualifiedDomainName, addresses, integrationServicesVersion } = guest;
  const said = [osName, osVersion, fullyQualifiedDomainName, integrationServicesVersion, ...addresses];
  return said.every((value) => value === null)
    ? l10n.t('The guest of {0} has not reported anything.', name)
    : undefined;
}
