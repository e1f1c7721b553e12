// The words of the connection test: what each step is, and what it found. Pure; commands to copy are in
// hyperv/connectionTest/remedies.ts.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { errorText } from '../domain/errorTexts';
import type { HyperVError, UnreachableCause } from '../domain/errors';
import type { Unreadiness } from '../domain/unreadiness';
import { remoteUnreadinessText } from '../domain/readinessTexts';
import type { TestStepId, TestStepResult } from '../hyperv/connectionTest';

export interface StepText {
  readonly what: string;
  readonly nextStep?: string;
}

export function stepTitle(step: TestStepId): string {
  switch (step) {
    case 'port':
      return l10n.t('Port');
    case 'signIn':
      return l10n.t('Sign-in');
    case 'powershell':
      return l10n.t('PowerShell');
    case 'hyperv':
      return l10n.t('Hyper-V');
    case 'rights':
      return l10n.t('Rights');
    case 'clock':
      return l10n.t('Clock');
    case 'latency':
      return l10n.t('Latency');
    default:
      return assertNever(step);
  }
}

export function stepText(result: TestStepResult, hostName: string): StepText {
  switch (result.outcome) {
    case 'running':
      return { what: runningText(result.step, hostName) };
    case 'passed':
      return { what: passedText(result, hostName) };
    case 'warning':
      return {
        what: l10n.t('The clock of {0} and that of this computer differ by {1}.', hostName, result.fact ?? ''),
        nextStep: l10n.t(
          'Kerberos refuses sign-ins from 5 minutes on. Set the clock that is wrong: the command does so where Windows has a time server.',
        ),
      };
    case 'failed':
      return result.error === undefined
        ? { what: l10n.t('This step failed.') }
        : failedText(result.error, result.step, hostName);
    case 'skipped':
      return { what: skippedText(result, hostName) };
    default:
      return assertNever(result.outcome);
  }
}

function runningText(step: TestStepId, host: string): string {
  switch (step) {
    case 'port':
      return l10n.t('Trying the port of {0}…', host);
    case 'signIn':
      return l10n.t('Signing in to {0}…', host);
    case 'powershell':
      return l10n.t('Starting PowerShell on {0}…', host);
    case 'hyperv':
      return l10n.t('Looking for Hyper-V on {0}…', host);
    case 'rights':
      return l10n.t('Reading Hyper-V on {0}…', host);
    case 'clock':
      return l10n.t('Comparing the clocks…');
    case 'latency':
      return l10n.t('Measuring the way there and back…');
    default:
      return assertNever(step);
  }
}

function passedText({ step, fact = '' }: TestStepResult, host: string): string {
  switch (step) {
    case 'port':
      return l10n.t('{0} accepts connections.', fact);
    case 'signIn':
      return fact === '' ? l10n.t('{0} lets you in.', host) : l10n.t('{0} lets you in: {1}.', host, fact);
    case 'powershell':
      return fact === '' ? l10n.t('It answers.') : l10n.t('It answers: {0}.', fact);
    case 'hyperv':
      return fact === ''
        ? l10n.t('It is installed and runs.')
        : l10n.t('It is installed and runs; its PowerShell module has the version {0}.', fact);
    case 'rights':
      return l10n.t('You may manage Hyper-V on {0}.', host);
    case 'clock':
      return l10n.t('The clocks agree: {0}.', fact);
    case 'latency':
      return l10n.t('A question and its answer take {0}.', fact);
    default:
      return assertNever(step);
  }
}

function skippedText({ error, fact }: TestStepResult, host: string): string {
  if (error?.reason === 'cancelled') return l10n.t('The test was cancelled.');
  if (error !== undefined) return l10n.t('Not tried, as an earlier step failed.');
  if (fact === undefined) return l10n.t('Not needed: {0} is on this computer.', host);
  return l10n.t('Not tried: only ssh knows the way to {0} ({1}).', host, fact);
}

function failedText(error: HyperVError, step: TestStepId, host: string): StepText {
  const { cause } = error.detail;
  if (error.reason === 'signInRefused') return signInRefusedText(host);
  if (error.reason === 'hostKeyUnknown') return keyUnknownText(host);
  if (cause === undefined) return plain(error, host);
  if (isOfTheWay(cause)) return unreachableText(cause, step, host);
  return remoteUnreadinessText(cause, host);
}

function plain(error: HyperVError, hostName: string): StepText {
  const { what, nextStep } = errorText(error, { hostName });
  return { what, nextStep };
}

function signInRefusedText(host: string): StepText {
  return {
    what: l10n.t('{0} refused to sign you in.', host),
    nextStep: l10n.t(
      'Check the user and the key. Keys of administrators belong into C:\\ProgramData\\ssh\\administrators_authorized_keys on the host, which nobody else may write to; keys of others into .ssh\\authorized_keys of the user.',
    ),
  };
}

function keyUnknownText(host: string): StepText {
  return {
    what: l10n.t('The SSH key of {0} is not known yet.', host),
    nextStep: l10n.t(
      'Compare the fingerprint with the one that ssh-keygen -lf C:\\ProgramData\\ssh\\ssh_host_ed25519_key.pub shows on the host. If they are the same, run the command in a terminal and accept the key there.',
    ),
  };
}

function isOfTheWay(cause: UnreachableCause | Unreadiness): cause is UnreachableCause {
  return cause === 'hostNotFound' || cause === 'refused' || cause === 'timedOut' || cause === 'closed';
}

function unreachableText(cause: UnreachableCause, step: TestStepId, host: string): StepText {
  switch (cause) {
    case 'hostNotFound':
      return {
        what: l10n.t('No computer named {0} was found.', host),
        nextStep: l10n.t('Check the spelling, the network and the name server; or use its address.'),
      };
    case 'refused':
      return {
        what: l10n.t('{0} is there, but nobody listens at this port.', host),
        nextStep: l10n.t(
          'Check the port. The command turns the service on, in PowerShell as administrator on the host.',
        ),
      };
    case 'timedOut':
      return {
        what: l10n.t('{0} did not answer in time.', host),
        nextStep: l10n.t(
          'Check that it is on and in the same network. The command lets connections through its firewall, in PowerShell as administrator on the host.',
        ),
      };
    case 'closed':
      return {
        what:
          step === 'signIn'
            ? l10n.t('{0} closed the connection before it let anybody in.', host)
            : l10n.t('{0} closed the connection.', host),
        nextStep: l10n.t('The log of its SSH server says why; the command shows it.'),
      };
    default:
      return assertNever(cause);
  }
}
