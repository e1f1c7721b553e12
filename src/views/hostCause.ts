// Why a host failed in the few words for which its row has room; the whole sentences are in its tooltip and below it.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import type { HyperVErrorReason } from '../domain/errors';
import type { Unreadiness } from '../domain/unreadiness';
import type { RemoteHostDefinition } from '../hyperv/hostOrder';

/** Texts are made when they are asked for: translations are loaded after this file. */
const causes: Partial<Record<HyperVErrorReason, () => string>> = {
  accessDenied: () => l10n.t('access denied'),
  serviceStopped: () => l10n.t('service not running'),
  moduleMissing: () => l10n.t('Hyper-V not installed'),
  languageMode: () => l10n.t('PowerShell restricted'),
  powershellMissing: () => l10n.t('PowerShell not found'),
  sessionFailed: () => l10n.t('PowerShell session failed'),
  sessionLost: () => l10n.t('PowerShell session lost'),
  protocol: () => l10n.t('PowerShell session failed'),
  timeout: () => l10n.t('no answer'),
  hostUnreachable: () => l10n.t('not reachable'),
  hostKeyUnknown: () => l10n.t('key not known yet'),
  hostKeyChanged: () => l10n.t('key has changed'),
  signInRefused: () => l10n.t('sign-in refused'),
  farPowershellMissing: () => l10n.t('no PowerShell there'),
  sshMissing: () => l10n.t('ssh not found here'),
  sshConfiguration: () => l10n.t('mistake in SSH configuration'),
  winrmMissing: () => l10n.t('WinRM only from Windows'),
  credentialMissing: () => l10n.t('password needed'),
  hostNotTrusted: () => l10n.t('not a trusted computer'),
  certificateInvalid: () => l10n.t('certificate not valid'),
  tooManySessions: () => l10n.t('too many sessions'),
  remotingDisabled: () => l10n.t('remote sessions not allowed'),
  endpointMissing: () => l10n.t('no such session configuration'),
  restrictedEndpoint: () => l10n.t('JEA not supported yet'),
  badRequest: () => l10n.t('address not valid'),
};

/** What kept a host from being read. Reasons that only a request about one virtual machine can have are not named. */
export function failureCause(reason: HyperVErrorReason): string {
  return causes[reason]?.() ?? l10n.t('could not be read');
}

/** Texts for both ways, or for each. */
type WayAdvice = Readonly<Record<RemoteHostDefinition['kind'], () => string>>;

function forBoth(text: () => string): WayAdvice {
  return { ssh: text, winrm: text };
}

const wayAdvices: Partial<Record<HyperVErrorReason, WayAdvice>> = {
  hostUnreachable: {
    ssh: () => l10n.t('Check that it is on and its SSH server runs.'),
    winrm: () => l10n.t('Check that it is on and WinRM runs there.'),
  },
  hostKeyUnknown: forBoth(() => l10n.t('Compare its fingerprint, then sign in.')),
  hostKeyChanged: forBoth(() => l10n.t('Find out why before you sign in.')),
  signInRefused: {
    ssh: () => l10n.t('Check the user and the key.'),
    winrm: () => l10n.t('Check the user and the password.'),
  },
  farPowershellMissing: forBoth(() => l10n.t('Check that it is a Windows computer.')),
  sshConfiguration: forBoth(() => l10n.t('Correct your SSH configuration.')),
  hostNotTrusted: forBoth(() => l10n.t('Use its name in the domain, or HTTPS.')),
};

/**
 * What to do about the way to another computer, for the row below it; the connection test tells the rest.
 * @returns undefined when the way is not what failed, or when the test has no more to say
 */
export function wayAdvice(reason: HyperVErrorReason, kind: RemoteHostDefinition['kind']): string | undefined {
  return wayAdvices[reason]?.[kind]();
}

/** What a look at this computer found. */
export function unreadinessCause(cause: Unreadiness): string {
  switch (cause) {
    case 'notWindows':
      return l10n.t('not Windows');
    case 'noModule':
      return l10n.t('module not installed');
    case 'featureOff':
      return l10n.t('Hyper-V not turned on');
    case 'notInGroup':
      return l10n.t('not in Hyper-V Administrators');
    case 'needsSignIn':
      return l10n.t('new sign-in needed');
    case 'serviceStopped':
      return l10n.t('service not running');
    default:
      return assertNever(cause);
  }
}
