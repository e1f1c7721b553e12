// Commands that remove what a step of the connection test ran into, for a person to copy: in a PowerShell as
// administrator on the host, unless they begin with ssh. Pure; nothing is run by us.
import type { HyperVError, HyperVErrorDetail, HyperVErrorReason } from '../../domain/errors';
import { remedyCommand } from '../../domain/readinessTexts';
import type { ProbeFacts } from '../../domain/readiness';
import type { Unreadiness } from '../../domain/unreadiness';
import type { SshHostDefinition } from '../sshHost';
import type { WinRmHostDefinition } from '../winrmHost';

interface Remedy {
  readonly remedy?: string;
}

const startServer = [
  'Add-WindowsCapability -Online -Name OpenSSH.Server~~~~0.0.1.0',
  'Set-Service -Name sshd -StartupType Automatic',
  'Start-Service sshd',
].join('\n');

/** By identifiers: Windows translates the names of groups. The server ignores a file that others may write to. */
const protectKeys =
  'icacls.exe "$env:ProgramData\\ssh\\administrators_authorized_keys" /inheritance:r /grant "*S-1-5-32-544:F" /grant "*S-1-5-18:F"';

interface Circumstances {
  readonly cause: HyperVErrorDetail['cause'];
  readonly host: SshHostDefinition;
  readonly port: number | undefined;
  readonly forgetCommand: string | undefined;
  readonly platform: NodeJS.Platform;
}

/** Reasons for which no command helps are not named. */
const remedies: Partial<Record<HyperVErrorReason, (circumstances: Circumstances) => string | undefined>> = {
  hostUnreachable: unreachableRemedy,
  hostKeyUnknown: ({ host, platform }) => sshCommand(host, platform),
  hostKeyChanged: ({ host, platform, forgetCommand }) =>
    forgetCommand ?? `ssh-keygen -R ${quoted(knownName(host), platform)}`,
  signInRefused: () => protectKeys,
  farPowershellMissing: ({ host, platform }) => `${sshCommand(host, platform)} where.exe powershell.exe`,
  sshConfiguration: ({ host, platform }) => sshCommand(host, platform).replace(/^ssh/, 'ssh -G'),
  sshMissing: ({ platform }) =>
    platform === 'win32' ? 'Add-WindowsCapability -Online -Name OpenSSH.Client~~~~0.0.1.0' : undefined,
};

function unreachableRemedy({ cause, host, port }: Circumstances): string | undefined {
  if (cause === 'refused') return startServer;
  if (cause === 'timedOut') return openPort(port ?? host.target.port ?? 22);
  return cause === 'closed' ? 'Get-WinEvent -LogName OpenSSH/Operational -MaxEvents 20' : undefined;
}

/**
 * @param port the one that was tried
 * @param forgetCommand what ssh itself named for a key that must go
 */
export function sshRemedy(
  { reason, detail }: Pick<HyperVError, 'reason' | 'detail'>,
  host: SshHostDefinition,
  port?: number,
  forgetCommand?: string,
  platform: NodeJS.Platform = process.platform,
): Remedy {
  const own = remedies[reason]?.({ cause: detail.cause, host, port, forgetCommand, platform });
  return own === undefined ? {} : { remedy: own };
}

export function winRmRemedy(
  { reason, detail }: Pick<HyperVError, 'reason' | 'detail'>,
  host: WinRmHostDefinition,
): Remedy {
  // On this computer, and at the person's own risk: the other one's identity is not checked any more.
  if (reason === 'hostNotTrusted')
    return {
      remedy: `Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Concatenate -Value '${bare(host.target.host)}'`,
    };
  if (reason !== 'hostUnreachable' || detail.cause === 'hostNotFound') return {};
  if (host.target.useSsl === true) return { remedy: 'winrm quickconfig -transport:https' };
  return { remedy: detail.cause === 'timedOut' ? letWinRmIn : 'Enable-PSRemoting -Force' };
}

/**
 * For a host that is there and does not answer, as one in a network that Windows takes for public: without the switch
 * remoting is not turned on there, and its rule for other networks leaves that one out.
 */
const letWinRmIn =
  'Enable-PSRemoting -SkipNetworkProfileCheck -Force\nSet-NetFirewallRule -Name WINRM-HTTP-In-TCP -Profile Any';

export function hyperVRemedy(cause: Unreadiness | undefined, facts: ProbeFacts): Remedy {
  const remedy = cause && remedyCommand(cause, facts);
  return remedy === undefined ? {} : { remedy };
}

/** Windows' own rule is for port 22, in newer Windows for private and domain networks only. */
function openPort(port: number): string {
  return port === 22
    ? 'Set-NetFirewallRule -Name OpenSSH-Server-In-TCP -Enabled True -Profile Any'
    : `New-NetFirewallRule -Name sshd-${port} -DisplayName 'OpenSSH Server, port ${port}' -Direction Inbound -Protocol TCP -LocalPort ${port} -Action Allow`;
}

/** Where ssh asks about an unknown key, and for a password. */
function sshCommand(
  { target: { host, user, port }, configFile }: SshHostDefinition,
  platform: NodeJS.Platform,
): string {
  return [
    'ssh',
    ...(configFile === undefined ? [] : [`-F ${quoted(configFile, platform)}`]),
    ...(port === undefined ? [] : [`-p ${port}`]),
    ...(user === undefined ? [] : [`-l ${quoted(user, platform)}`]),
    quoted(bare(host), platform),
  ].join(' ');
}

/** How known_hosts names a host at a port of its own. */
function knownName({ target: { host, port } }: SshHostDefinition): string {
  return port === undefined || port === 22 ? bare(host) : `[${bare(host)}]:${port}`;
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** Addresses and users were checked by sshTarget.ts: no quotes are among what they may hold. */
function quoted(text: string, platform: NodeJS.Platform): string {
  if (/^[\w.@:%+/-]+$/.test(text)) return text;
  return platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
