// One entry of the setting `hyperv.hosts`: its fields, what is allowed in them, and the host that it stands for. Pure.
import { isAbsolute } from 'node:path';
import { checkSshTarget, parseSshTarget } from '../powershell/sshTarget';
import type { SshTarget } from '../powershell/sshTarget';
import { checkWinRmTarget, checkWinRmUser } from '../powershell/winrmTarget';
import type { RemoteHostDefinition } from './hostOrder';
import type { HostId } from './hosts';

interface CommonFields {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** Shown in place of the address. */
  readonly name?: string;
}

export interface SshHostEntry extends CommonFields {
  readonly kind: 'ssh';
  /** Absolute path of an ssh configuration that is read instead of the person's own. */
  readonly configFile?: string;
}

export interface WinRmHostEntry extends CommonFields {
  readonly kind: 'winrm';
  readonly useSsl?: boolean;
  readonly configurationName?: string;
}

export type HostEntry = SshHostEntry | WinRmHostEntry;
export type HostKind = HostEntry['kind'];
export type HostField = keyof SshHostEntry | keyof WinRmHostEntry;

/** In the order in which they are written. */
const fields: Readonly<Record<HostKind, readonly HostField[]>> = {
  ssh: ['kind', 'host', 'user', 'port', 'configFile', 'name'],
  winrm: ['kind', 'host', 'user', 'port', 'useSsl', 'configurationName', 'name'],
};

export function isHostKind(value: unknown): value is HostKind {
  return value === 'ssh' || value === 'winrm';
}

export function fieldsOf(kind: HostKind): readonly HostField[] {
  return fields[kind];
}

/** One line, and no more than a row can show. */
const namePattern = /^(?=.*\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,100}$/u;

/** @param value undefined when the field is not there, which is allowed for all but `kind` and `host` */
export function isAllowed(kind: HostKind, field: HostField, value: unknown): boolean {
  if (value === undefined) return field !== 'kind' && field !== 'host';
  switch (field) {
    case 'kind':
      return value === kind;
    case 'host':
    case 'user':
    case 'configurationName':
      return typeof value === 'string' && passesCheck(kind, { [field]: value });
    case 'port':
      return typeof value === 'number' && passesCheck(kind, { port: value });
    case 'name':
      return typeof value === 'string' && namePattern.test(value);
    case 'configFile':
      return typeof value === 'string' && !value.includes('\0') && isAbsolute(value);
    case 'useSsl':
      return typeof value === 'boolean';
  }
}

type Checked = Partial<Record<'host' | 'user' | 'configurationName', string> & { readonly port: number }>;

/** One field in the check that the session makes of all of them. */
function passesCheck(kind: HostKind, { host = 'host', user, port, configurationName }: Checked): boolean {
  try {
    if (kind === 'ssh') {
      checkSshTarget({ host, user, port });
    } else {
      checkWinRmTarget({ host, port, configurationName });
      if (user !== undefined) checkWinRmUser(user);
    }
    return true;
  } catch {
    return false;
  }
}

/** @returns undefined when it is not `[user@]host[:port]` */
export function parseAddress(text: string): SshTarget | undefined {
  try {
    return parseSshTarget(text);
  } catch {
    return undefined;
  }
}

/** @param item has only fields of its kind, with values that are allowed */
export function readEntry(item: Readonly<Record<string, unknown>>): HostEntry {
  const entry = item as unknown as HostEntry;
  return Object.fromEntries(
    fieldsOf(entry.kind).flatMap((field) => (item[field] === undefined ? [] : [[field, item[field]]])),
  ) as unknown as HostEntry;
}

/** Equal for entries that mean the same host, whatever they call it: `ssh:user@host:22`. */
export function hostIdOf({ kind, host, user, port }: HostEntry): HostId {
  // ssh finds an alias only as it is written; computers are found either way.
  return `${kind}:${addressOf({ host: kind === 'winrm' ? host.toLowerCase() : host, user, port })}`;
}

/** `user@host:22`, without what is not known. */
export function addressOf({ host, user, port }: SshTarget): string {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return [user === undefined ? '' : `${user}@`, bracketed, port === undefined ? '' : `:${port}`].join('');
}

export function toDefinition(entry: HostEntry): RemoteHostDefinition {
  const { host, user, port, name = host } = entry;
  const identity = { id: hostIdOf(entry), name: name.trim() };
  if (entry.kind === 'ssh') {
    return { kind: 'ssh', ...identity, target: checkSshTarget({ host, user, port }), configFile: entry.configFile };
  }
  const { useSsl, configurationName } = entry;
  return {
    kind: 'winrm',
    ...identity,
    target: checkWinRmTarget({ host, port, useSsl, configurationName }),
    user,
  };
}
