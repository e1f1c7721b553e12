// A host as far as it has been typed. Texts, as a person sees them; entryOf() makes the entry of the setting.
import { isAllowed, parseAddress } from '../../hyperv/hostEntry';
import type { HostEntry, HostField, HostKind } from '../../hyperv/hostEntry';

export interface HostDraft {
  readonly kind: HostKind;
  readonly host: string;
  readonly user: string;
  readonly port: string;
  /** For WinRM. */
  readonly useSsl: boolean;
  readonly name: string;
  /** Fields that are written by hand only, and kept. */
  readonly kept: Pick<HostEntry & { kind: 'ssh' }, 'configFile'> &
    Pick<HostEntry & { kind: 'winrm' }, 'configurationName'>;
}

export const emptyDraft: HostDraft = { kind: 'ssh', host: '', user: '', port: '', useSsl: false, name: '', kept: {} };

export function draftOf(entry: HostEntry): HostDraft {
  const { kind, host, user = '', port, name = '' } = entry;
  const texts = { kind, host, user, port: port === undefined ? '' : String(port), name };
  return entry.kind === 'ssh'
    ? { ...texts, useSsl: false, kept: { ...(entry.configFile !== undefined && { configFile: entry.configFile }) } }
    : {
        ...texts,
        useSsl: entry.useSsl === true,
        kept: { ...(entry.configurationName !== undefined && { configurationName: entry.configurationName }) },
      };
}

/** The usual ports differ, so one that was meant for the other kind goes. */
export function withKind(draft: HostDraft, kind: HostKind): HostDraft {
  return kind === draft.kind ? draft : { ...draft, kind, port: '' };
}

/** Takes `user@host:port` apart; what is not in it stays as it was. Undefined when it is no address. */
export function withAddress(draft: HostDraft, text: string): HostDraft | undefined {
  const address = parseAddress(text.trim());
  if (address === undefined || !isAllowed(draft.kind, 'host', address.host)) return undefined;
  const { host, user = draft.user, port } = address;
  return { ...draft, host, user, port: port === undefined ? draft.port : String(port) };
}

/** Whether a field may be left empty or has an allowed text. */
export function isAllowedText(
  { kind }: HostDraft,
  field: Extract<HostField, 'user' | 'port' | 'name'>,
  text: string,
): boolean {
  const typed = text.trim();
  if (typed === '') return true;
  return field === 'port'
    ? /^\d{1,5}$/.test(typed) && isAllowed(kind, field, Number(typed))
    : isAllowed(kind, field, typed);
}

/** @param draft whose fields are all allowed */
export function entryOf({ kind, host, user, port, useSsl, name, kept }: HostDraft): HostEntry {
  const common = {
    host,
    ...(user !== '' && { user }),
    ...(port !== '' && { port: Number(port) }),
  };
  const named = name === '' ? {} : { name };
  const { configFile, configurationName } = kept;
  return kind === 'ssh'
    ? { kind, ...common, ...(configFile !== undefined && { configFile }), ...named }
    : {
        kind,
        ...common,
        ...(useSsl && { useSsl }),
        ...(configurationName !== undefined && { configurationName }),
        ...named,
      };
}
