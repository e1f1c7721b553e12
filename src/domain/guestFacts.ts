// What a guest says of itself, from its intrinsic data exchange items. All of it is the guest's text: hostile until shown.
import { parseKvpItems } from './kvp/items';
import type { GuestFacts } from './vm';

export const noGuestFacts: GuestFacts = {
  osName: null,
  osVersion: null,
  fullyQualifiedDomainName: null,
  addresses: [],
  integrationServicesVersion: null,
};

/** @param items `GuestIntrinsicExchangeItems` of Msvm_KvpExchangeComponent */
export function guestFactsFromItems(items: readonly unknown[]): GuestFacts {
  const pairs = parseKvpItems(items);
  const text = (key: string): string | null => {
    const value = pairs.get(key)?.trim();
    return value === undefined || value === '' ? null : value;
  };
  return {
    osName: text('OSName'),
    osVersion: text('OSVersion'),
    fullyQualifiedDomainName: text('FullyQualifiedDomainName'),
    addresses: sortAddresses([...split(text('NetworkAddressIPv4')), ...split(text('NetworkAddressIPv6'))]),
    integrationServicesVersion: text('IntegrationServicesVersion'),
  };
}

/** The guest separates addresses by semicolons and may leave empty ones. */
function split(list: string | null): string[] {
  return (list ?? '').split(';').flatMap((address) => address.trim() || []);
}

/** Loopback and link-local addresses (RFC 3927, RFC 4291) reach nothing from outside: last, otherwise the guest's order. */
function sortAddresses(addresses: readonly string[]): readonly string[] {
  const local = (address: string): boolean => /^(127\.|169\.254\.|::1$|fe[89ab][0-9a-f]:)/i.test(address);
  return [...addresses.filter((address) => !local(address)), ...addresses.filter(local)];
}
