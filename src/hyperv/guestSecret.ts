// A password for a guest on its way to the host's PowerShell: sealed for a key of which only that process has the other half,
// so that it may pass through frames, parameters and logs. RSA with OAEP and SHA-1, the one that every .NET has.
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { HyperVError } from '../domain/errors';

export interface GuestKey {
  readonly keyId: string;
  /** Big-endian numbers as Base64. */
  readonly modulus: string;
  readonly exponent: string;
}

/** A block of RSA-2048 holds 214 bytes with this padding; an even number keeps UTF-16 units whole. */
const blockBytes = 200;

/** @throws HyperVError `protocol` for what is no key */
export function parseGuestKey(answer: unknown): GuestKey {
  const { keyId, modulus, exponent } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof keyId === 'string' && typeof modulus === 'string' && typeof exponent === 'string')
    return { keyId, modulus, exponent };
  throw new HyperVError('protocol', 'The answer to guest.key does not hold a key.');
}

/** @returns blocks as Base64, for `Get-HvGuestCredential` */
export function sealPassword({ modulus, exponent }: GuestKey, password: string): readonly string[] {
  const jwk = { kty: 'RSA', n: urlSafe(modulus), e: urlSafe(exponent) };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const bytes = Buffer.from(password, 'utf16le');
  const blocks: string[] = [];
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const sealed = publicEncrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      bytes.subarray(start, start + blockBytes),
    );
    blocks.push(sealed.toString('base64'));
  }
  bytes.fill(0);
  return blocks;
}

function urlSafe(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64url');
}
