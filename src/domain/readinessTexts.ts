// What a person reads when Hyper-V on a host cannot be used, and the command that helps. Of this computer package.nls.json
// has the same words for the empty view, where VS Code takes text from nowhere else; a test compares them.
import * as l10n from '@vscode/l10n';
import { assertNever } from './assertNever';
import { unreadiness } from './readiness';
import type { ProbeFacts } from './readiness';
import type { Unreadiness } from './unreadiness';

export interface UnreadinessText {
  readonly what: string;
  readonly nextStep: string;
}

export function unreadinessText(cause: Unreadiness): UnreadinessText {
  switch (cause) {
    case 'notWindows':
      return {
        what: l10n.t('Hyper-V runs on Windows, and this window does not.'),
        nextStep: l10n.t('The demo lab shows simulated hosts and virtual machines.'),
      };
    case 'noModule':
      return {
        what: l10n.t('The PowerShell module of Hyper-V is not installed on this computer.'),
        nextStep: l10n.t('Copy the command that installs it, run it in PowerShell as administrator, then retry.'),
      };
    case 'featureOff':
      return {
        what: l10n.t('Hyper-V is turned off on this computer.'),
        nextStep: l10n.t(
          'Copy the command that turns it on, run it in PowerShell as administrator, then restart Windows.',
        ),
      };
    case 'notInGroup':
      return {
        what: l10n.t('You may not manage Hyper-V: this sign-in is not in the group Hyper-V Administrators.'),
        nextStep: l10n.t(
          'Copy the command that adds your account, run it in PowerShell as administrator, then sign out of Windows and in again.',
        ),
      };
    case 'needsSignIn':
      return {
        what: l10n.t('Your account is in the group Hyper-V Administrators, but you signed in before it was.'),
        nextStep: l10n.t('Sign out of Windows and in again.'),
      };
    case 'serviceStopped':
      return {
        what: l10n.t('Hyper-V is not running on this computer: its management service does not run.'),
        nextStep: l10n.t('Copy the command that starts it, run it in PowerShell as administrator, then retry.'),
      };
    default:
      return assertNever(cause);
  }
}

/** The same of another computer, where every command is for a PowerShell as administrator over there. */
export function remoteUnreadinessText(cause: Unreadiness, host: string): UnreadinessText {
  switch (cause) {
    case 'notWindows':
      return {
        what: l10n.t('{0} is not a Windows computer.', host),
        nextStep: l10n.t('Hyper-V runs on Windows only: check the address of the host.'),
      };
    case 'noModule':
      return {
        what: l10n.t('The PowerShell module of Hyper-V is not installed on {0}.', host),
        nextStep: l10n.t(
          'Copy the command that installs it, run it in PowerShell as administrator on {0}, then retry.',
          host,
        ),
      };
    case 'featureOff':
      return {
        what: l10n.t('Hyper-V is turned off on {0}.', host),
        nextStep: l10n.t(
          'Copy the command that turns it on, run it in PowerShell as administrator on {0}, then restart that computer.',
          host,
        ),
      };
    case 'notInGroup':
      return {
        what: l10n.t(
          'You may not manage Hyper-V on {0}: the account you sign in with is not in the group Hyper-V Administrators there.',
          host,
        ),
        nextStep: l10n.t(
          'Have the account added to that group, in PowerShell as administrator on {0}, then retry: that signs in anew.',
          host,
        ),
      };
    case 'needsSignIn':
      return {
        what: l10n.t(
          'The account is in the group Hyper-V Administrators of {0}, but was not yet when the session began.',
          host,
        ),
        nextStep: l10n.t('Retry: that signs in anew.'),
      };
    case 'serviceStopped':
      return {
        what: l10n.t('Hyper-V is not running on {0}: its management service does not run.', host),
        nextStep: l10n.t(
          'Copy the command that starts it, run it in PowerShell as administrator on {0}, then retry.',
          host,
        ),
      };
    default:
      return assertNever(cause);
  }
}

/**
 * The command for a person to run in a PowerShell of their own; we never run one that needs an administrator.
 * @returns undefined when no command helps
 */
export function remedyCommand(cause: Unreadiness, { accountSid }: Pick<ProbeFacts, 'accountSid'>): string | undefined {
  switch (cause) {
    case 'noModule':
      return 'Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V-Management-PowerShell -All';
    case 'featureOff':
      return 'Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V -All';
    case 'notInGroup':
      // By identifiers: the group's name is localised, and an administrator's window may belong to another account.
      return accountSid === null ? undefined : `Add-LocalGroupMember -SID S-1-5-32-578 -Member ${accountSid}`;
    case 'serviceStopped':
      return 'Start-Service -Name vmms';
    case 'notWindows':
    case 'needsSignIn':
      return undefined;
    default:
      return assertNever(cause);
  }
}

/** The command that makes Hyper-V on a probed host usable, for a person to run there; undefined where none does. */
export function setupCommand(probe: ProbeFacts | undefined): string | undefined {
  const cause = probe && unreadiness(probe);
  return cause && remedyCommand(cause, probe);
}
