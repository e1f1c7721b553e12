// What a person reads when something did not work: a headline for the action, what happened, and what to do next.
// Pure; called by commands, tree rows and `hv`. Complete sentences only: languages order their words differently.
import * as l10n from '@vscode/l10n';
import type { ActionRefusal, VmAction } from './allowedActions';
import { assertNever } from './assertNever';
import type { HyperVError, HyperVErrorReason } from './errors';

export interface ErrorContext {
  readonly hostName: string;
  /** Missing when the error is about the host as a whole. */
  readonly vmName?: string;
  /** What was asked for; missing for a plain read. */
  readonly action?: VmAction;
}

export interface ErrorText {
  /** What did not happen, or is not known to have happened; undefined for a read. */
  readonly headline?: string;
  readonly what: string;
  readonly nextStep: string;
}

/** What the text is made from. */
type ToldError = Pick<HyperVError, 'reason' | 'outcome'> & Partial<Pick<HyperVError, 'detail'>>;

export function errorText(error: ToldError, context: ErrorContext): ErrorText {
  const isUnknown = error.outcome === 'unknown';
  const foundOn = error.detail?.foundOn;
  const text = {
    ...reasonText(error.reason, context),
    ...(foundOn !== undefined && { nextStep: l10n.t('{0} has it now: look for it there.', foundOn) }),
    ...(isUnknown && { nextStep: unknownNextStep() }),
  };
  if (context.action === undefined || context.vmName === undefined) return text;
  const headline = isUnknown
    ? unknownHeadline(context.action, context.vmName)
    : failedHeadline(context.action, context.vmName);
  return { headline, ...text };
}

/** Whatever the reason is, nobody shall repeat what may have been done. */
function unknownNextStep(): string {
  return l10n.t('It may have happened all the same. The state is read again: look at it before you try once more.');
}

function reasonText(reason: HyperVErrorReason, { hostName: host, vmName, action }: ErrorContext): ErrorText {
  const vm = vmName ?? l10n.t('The virtual machine');
  switch (reason) {
    case 'badRequest':
      return {
        what: l10n.t('The request to {0} was not valid.', host),
        nextStep: l10n.t('Show the log; this is a fault of the extension.'),
      };
    case 'busy':
      return {
        what: l10n.t('Too many requests to {0} are waiting.', host),
        nextStep: l10n.t('Wait until some of them have finished and try again.'),
      };
    case 'cancelled':
      return {
        what: l10n.t('The request to {0} was cancelled.', host),
        nextStep: l10n.t('Nothing needs to be done. Try again if you still want it.'),
      };
    case 'timeout':
      return {
        what: l10n.t('{0} did not answer in time.', host),
        nextStep: l10n.t('Check whether the host is busy or hangs, then retry.'),
      };
    case 'accessDenied':
      return {
        what: l10n.t('{0} does not let you manage Hyper-V.', host),
        nextStep: l10n.t(
          'Have your account added to the local group Hyper-V Administrators there, then sign out and in again.',
        ),
      };
    case 'serviceStopped':
      return {
        what: l10n.t('Hyper-V is not running on {0}: its management service does not run.', host),
        nextStep: l10n.t('Start the service vmms, then retry.'),
      };
    case 'moduleMissing':
      return {
        what: l10n.t('Hyper-V or its PowerShell module is not installed on {0}.', host),
        nextStep: l10n.t('Turn on the Windows feature Hyper-V with its management tools, restart, then retry.'),
      };
    case 'languageMode':
      return {
        what: l10n.t('PowerShell on {0} is restricted to the constrained language mode.', host),
        nextStep: l10n.t('Ask your administrator to allow full language mode for this program.'),
      };
    case 'notSupported':
      return {
        what: l10n.t('{0} does not support this for the virtual machine.', host),
        nextStep: l10n.t('Check the version of the host and of the virtual machine.'),
      };
    case 'invalidParameter':
      return {
        what: l10n.t('{0} refused a value of the request.', host),
        nextStep: l10n.t('Show the log to see what the host said.'),
      };
    case 'inUse':
      return {
        what: l10n.t('{0} or one of its files is in use by another operation.', vm),
        nextStep: l10n.t('Wait until the other operation has finished, then try again.'),
      };
    case 'notAvailable':
      return {
        what: l10n.t('{0} is not available at the moment.', vm),
        nextStep: l10n.t('Refresh, then try again.'),
      };
    case 'outOfMemory':
      return {
        what: l10n.t('{0} does not have enough free memory.', host),
        nextStep: l10n.t('Free memory on the host, or assign less to the virtual machine, then try again.'),
      };
    case 'fileNotFound':
      return {
        what: l10n.t('A file of {0} was not found.', vm),
        nextStep: l10n.t('Check that the disks and the configuration of the virtual machine are where they should be.'),
      };
    case 'failed':
      return {
        what: l10n.t('{0} reported a failure without a known cause.', host),
        nextStep: l10n.t('Show the log to see what the host said.'),
      };
    case 'vmNotFound':
      return {
        what: l10n.t('{0} no longer has this virtual machine.', host),
        nextStep: l10n.t('Refresh the host.'),
      };
    case 'invalidState':
      return {
        what: l10n.t('{0} is in a state in which this cannot be done, or is already where it should go.', vm),
        nextStep: l10n.t('Look at its state, which was read again, and decide then.'),
      };
    case 'serviceNotFound':
      return {
        what: l10n.t('{0} does not have this integration service.', vm),
        nextStep: l10n.t('Refresh the host; the service may not exist for this kind of virtual machine.'),
      };
    case 'serviceDisabled':
      return {
        what: l10n.t('The shutdown service of {0} is disabled on the host.', vm),
        nextStep: l10n.t('Enable the service, then ask again.'),
      };
    case 'checkpointNotFound':
      return {
        what: l10n.t('{0} no longer has this checkpoint.', vm),
        nextStep: l10n.t('Look at its checkpoints, which were read again.'),
      };
    case 'guestNotReady':
      return {
        what: l10n.t('The guest of {0} does not answer: it still starts, or its shutdown service does not run.', vm),
        nextStep: guestNotReadyNextStep(action),
      };
    case 'guestLocked':
      return {
        what: l10n.t('Somebody is signed in to {0}, or its session is locked, so the guest refused.', vm),
        nextStep: l10n.t('Sign out in the guest, or ask again and let it close programs without saving.'),
      };
    case 'shutdownInProgress':
      return {
        what: l10n.t('{0} is already shutting down.', vm),
        nextStep: l10n.t('Wait until it is off.'),
      };
    case 'hostUnreachable':
      return {
        what: l10n.t('{0} cannot be reached.', host),
        nextStep: l10n.t('Check that it is on, its name and port, and that its SSH server or WinRM runs; then retry.'),
      };
    case 'hostKeyUnknown':
      return {
        what: l10n.t('The SSH key of {0} is not known yet.', host),
        nextStep: l10n.t('Sign in once with ssh in a terminal and compare the fingerprint, then retry.'),
      };
    case 'hostKeyChanged':
      return {
        what: l10n.t('{0} shows another SSH key than before.', host),
        nextStep: l10n.t(
          'Find out why: it was set up anew, or somebody is in between. Then correct known_hosts and retry.',
        ),
      };
    case 'signInRefused':
      return {
        what: l10n.t('{0} refused to sign you in.', host),
        nextStep: l10n.t(
          'With SSH, check the user and the key or agent in a terminal. With WinRM, check the user, the password and whether the account is an administrator there. Then retry.',
        ),
      };
    case 'farPowershellMissing':
      return {
        what: l10n.t('{0} has no powershell.exe for this user.', host),
        nextStep: l10n.t('Check that it is a Windows computer with Windows PowerShell on its PATH, then retry.'),
      };
    case 'sshMissing':
      return {
        what: l10n.t('This computer has no ssh to reach {0}.', host),
        nextStep: l10n.t('Install the OpenSSH client, then retry.'),
      };
    case 'sshConfiguration':
      return {
        what: l10n.t('The SSH configuration for {0} has a mistake.', host),
        nextStep: l10n.t('Show the log to see which line, correct it, then retry.'),
      };
    case 'winrmMissing':
      return {
        what: l10n.t('{0} is to be reached by WinRM, which works from Windows only.', host),
        nextStep: l10n.t('Have an SSH server installed there, and change the host to SSH in the settings.'),
      };
    case 'credentialMissing':
      return {
        what: l10n.t('{0} needs a user name and a password.', host),
        nextStep: l10n.t('Retry and enter them. They are kept in the secret storage of the editor.'),
      };
    case 'hostNotTrusted':
      return {
        what: l10n.t('Nothing proves that {0} is the computer it claims to be, so Windows does not sign you in.', host),
        nextStep: l10n.t(
          'Use its name in the domain, or HTTPS. To do without the proof, run {0} here, in PowerShell as administrator, then retry.',
          "Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Concatenate -Value '<address>'",
        ),
      };
    case 'certificateInvalid':
      return {
        what: l10n.t('The certificate of {0} is not valid, not trusted, or that of another name.', host),
        nextStep: l10n.t('Use the name that is in the certificate, and have its issuer trusted on this computer.'),
      };
    case 'tooManySessions':
      return {
        what: l10n.t('{0} has as many remote sessions as it allows.', host),
        nextStep: l10n.t(
          'Close windows and consoles with sessions there, or wait until they have expired; then retry.',
        ),
      };
    case 'remotingDisabled':
      return {
        what: l10n.t('{0} does not allow remote sessions.', host),
        nextStep: l10n.t('Run {0} on the host, in PowerShell as administrator, then retry.', 'Enable-PSRemoting'),
      };
    case 'endpointMissing':
      return {
        what: l10n.t('{0} has no session configuration of that name.', host),
        nextStep: l10n.t('Correct the configuration in the settings of the host, then retry.'),
      };
    case 'restrictedEndpoint':
      return {
        what: l10n.t('The session configuration of {0} allows single commands only (JEA): not supported yet.', host),
        nextStep: l10n.t('Choose another session configuration in the settings of the host, then retry.'),
      };
    case 'powershellMissing':
      return {
        what: l10n.t('PowerShell could not be started for {0}.', host),
        nextStep: l10n.t('Check the setting for the PowerShell program, then retry.'),
      };
    case 'sessionFailed':
      return {
        what: l10n.t('The PowerShell session for {0} could not be set up.', host),
        nextStep: l10n.t('Show the log, then retry.'),
      };
    case 'sessionLost':
      return {
        what: l10n.t('The PowerShell session for {0} ended before it answered.', host),
        nextStep: l10n.t('The state is read again. Look at it before you try once more.'),
      };
    case 'protocol':
      return {
        what: l10n.t('The PowerShell session for {0} sent an answer that makes no sense.', host),
        nextStep: l10n.t('Show the log, then retry.'),
      };
    default:
      return assertNever(reason);
  }
}

function guestNotReadyNextStep(action: VmAction | undefined): string {
  if (action === 'shutDown')
    return l10n.t('Wait until the guest has started, or shut it down from within. Saving works without its help.');
  if (action === 'restartGuest') return l10n.t('Wait until the guest has started, or restart it from within.');
  return l10n.t('Wait until the guest has started, then try again.');
}

function failedHeadline(action: VmAction, vm: string): string {
  switch (action) {
    case 'start':
      return l10n.t('{0} was not started.', vm);
    case 'shutDown':
      return l10n.t('{0} was not shut down.', vm);
    case 'restartGuest':
      return l10n.t('{0} was not restarted.', vm);
    case 'save':
      return l10n.t('{0} was not saved.', vm);
    case 'pause':
      return l10n.t('{0} was not paused.', vm);
    case 'resume':
      return l10n.t('{0} was not resumed.', vm);
    case 'turnOff':
      return l10n.t('{0} was not turned off.', vm);
    case 'reset':
      return l10n.t('{0} was not reset.', vm);
    case 'toggleService':
      return l10n.t('The integration service of {0} was not changed.', vm);
    default:
      return assertNever(action);
  }
}

function unknownHeadline(action: VmAction, vm: string): string {
  switch (action) {
    case 'start':
      return l10n.t('It is not known whether {0} was started.', vm);
    case 'shutDown':
      return l10n.t('It is not known whether {0} was asked to shut down.', vm);
    case 'restartGuest':
      return l10n.t('It is not known whether {0} was asked to restart.', vm);
    case 'save':
      return l10n.t('It is not known whether {0} was saved.', vm);
    case 'pause':
      return l10n.t('It is not known whether {0} was paused.', vm);
    case 'resume':
      return l10n.t('It is not known whether {0} was resumed.', vm);
    case 'turnOff':
      return l10n.t('It is not known whether {0} was turned off.', vm);
    case 'reset':
      return l10n.t('It is not known whether {0} was reset.', vm);
    case 'toggleService':
      return l10n.t('It is not known whether the integration service of {0} was changed.', vm);
    default:
      return assertNever(action);
  }
}

/** Why an action is not offered now. */
export function refusalText(refusal: ActionRefusal, vmName: string): string {
  switch (refusal) {
    case 'wrongState':
      return l10n.t('This is not possible in the current state of {0}.', vmName);
    case 'changing':
      return l10n.t('{0} is still changing its state.', vmName);
    case 'unknownState':
      return l10n.t('The host reports a state of {0} which is not known.', vmName);
    case 'beingRead':
      return l10n.t('{0} is still being read from its host. Try again in a moment.', vmName);
    case 'shutdownServiceDisabled':
      return l10n.t('The shutdown service of {0} is disabled on the host.', vmName);
    default:
      return assertNever(refusal);
  }
}
