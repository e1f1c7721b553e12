// The address of another computer and of its endpoint, checked before they come anywhere near a connection. Pure.
import { isIP } from 'node:net';
import { SessionError } from './errors';

export interface WinRmTarget {
  /** A name (Kerberos) or an address (NTLM: needs a credential, and HTTPS or TrustedHosts). */
  readonly host: string;
  /** 5985, or 5986 with `useSsl`, when missing. */
  readonly port?: number | undefined;
  readonly useSsl?: boolean | undefined;
  /** Name of the session configuration (endpoint) on the host; `Microsoft.PowerShell` when missing. */
  readonly configurationName?: string | undefined;
}

/** A name is more than a number, which would be taken for an address. */
const namePattern = /^(?!\d+$)[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?$/;
const endpointPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,255}$/;
/** `name`, `name@domain`, `DOMAIN\name`, `.\name`; no character that Windows does not allow in one. */
const userPattern = /^(?:[\p{L}\p{N}._-]{1,255}\\)?[^"/\\[\]:;|=,+*?<>\p{Cc}]{1,255}$/u;

/**
 * @returns the same target as New-PSSession wants it: an IPv6 address without brackets
 * @throws SessionError `badRequest` with the cause `addressInvalid`
 */
export function checkWinRmTarget({ host, port, useSsl, configurationName }: WinRmTarget): WinRmTarget {
  const bare = /^\[(.*)\]$/.exec(host)?.[1] ?? host;
  const isName = bare === host && namePattern.test(host);
  if (!isName && isIP(bare) !== 6) throw invalid(`Not the name or address of a computer: ${shown(host)}`);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw invalid(`Not a port: ${port}`);
  if (configurationName !== undefined && !endpointPattern.test(configurationName))
    throw invalid(`Not the name of a session configuration: ${shown(configurationName)}`);
  return {
    host: bare,
    ...(port !== undefined && { port }),
    ...(useSsl !== undefined && { useSsl }),
    ...(configurationName !== undefined && { configurationName }),
  };
}

/** @throws SessionError `badRequest` with the cause `addressInvalid` */
export function checkWinRmUser(user: string): string {
  if (!userPattern.test(user) || user.trim() !== user) throw invalid(`Not the name of a user: ${shown(user)}`);
  return user;
}

/** Kerberos proves names only: whoever is signed in here cannot be taken to an address. */
export function isAddress({ host }: WinRmTarget): boolean {
  return isIP(host) !== 0;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

function invalid(message: string): SessionError {
  return new SessionError('badRequest', message, { connection: { cause: 'addressInvalid' } });
}
