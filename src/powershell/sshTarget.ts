// The address of another computer, checked before it comes anywhere near a command line. Pure.
import { SessionError } from './errors';

export interface SshTarget {
  /** A name, an alias of the person's ssh configuration, an IPv4 or an IPv6 address, the latter with or without brackets. */
  readonly host: string;
  /** `name`, `name@domain` or `DOMAIN\name`; what ssh would choose when missing. */
  readonly user?: string | undefined;
  readonly port?: number | undefined;
}

/** Begins with a letter or digit, never with the hyphen of an option, and is more than a number: ssh would take that for an address. */
const namePattern = /^(?!\d+$)[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?$/;
const ipv6Pattern = /^[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9._-]{1,32})?$/;
const userPattern = /^[\p{L}\p{N}_][\p{L}\p{N}._@\\$-]{0,255}$/u;

/**
 * @returns the same target as ssh wants it: an IPv6 address without brackets
 * @throws SessionError `badRequest` with the cause `addressInvalid`
 */
export function checkSshTarget({ host, user, port }: SshTarget): SshTarget {
  const bare = /^\[(.*)\]$/.exec(host)?.[1] ?? host;
  const isAddress = bare.includes(':') && ipv6Pattern.test(bare);
  if (!isAddress && !(bare === host && namePattern.test(host)))
    throw invalid(`Not the name or address of a computer: ${shown(host)}`);
  if (user !== undefined && (!userPattern.test(user) || user.endsWith('\\')))
    throw invalid(`Not the name of a user: ${shown(user)}`);
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw invalid(`Not a port: ${port}`);
  return { host: bare, ...(user !== undefined && { user }), ...(port !== undefined && { port }) };
}

/**
 * Reads `[user@]host[:port]`; an IPv6 address with a port needs brackets.
 * @throws SessionError `badRequest` with the cause `addressInvalid`
 */
export function parseSshTarget(text: string): SshTarget {
  const at = text.lastIndexOf('@');
  const rest = text.slice(at + 1);
  const [, host = rest, port] = /^(\[.*\]|[^:]*):(\d{1,5})$/.exec(rest) ?? [];
  return checkSshTarget({
    host,
    ...(at >= 0 && { user: text.slice(0, at) }),
    ...(port !== undefined && { port: Number(port) }),
  });
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

function invalid(message: string): SessionError {
  return new SessionError('badRequest', message, { connection: { cause: 'addressInvalid' } });
}
