// The addresses of a guest that something on another computer can be given. They are the guest's own words: what is no
// address, and what leads nowhere from outside, is left out. Pure.

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
/** Eight groups, or fewer around one gap. No zone: it means something on the guest only. */
const ipv6 = /^(?=.*:.*:)(?!.*::.*::)(?!.*:::)(?:[0-9a-f]{1,4}|:)(?::{1,2}[0-9a-f]{1,4}){0,7}(?:::)?$/i;
/** Loopback, link-local, and "any": RFC 1122, RFC 3927, RFC 4291. */
const local = /^(?:127\.|169\.254\.|0\.|::1?$|fe[89ab][0-9a-f]:)/i;

/** In the guest's order; the first is the one that rows show, where it can be used. */
export function usableAddresses(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses)].filter((address) => isAddress(address) && !local.test(address));
}

/** Exactly one address, of version 4 or 6: nothing that a program could take for an option or a name. */
export function isAddress(text: string): boolean {
  if (ipv4.test(text)) return true;
  if (text.length > 39 || !ipv6.test(text)) return false;
  const groups = text.split(':').filter((group) => group !== '').length;
  return text.includes('::') ? groups < 8 : groups === 8 && !text.startsWith(':') && !text.endsWith(':');
}

/** As addresses with ports, URIs and Remote Desktop have it: version 6 in brackets. */
export function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
