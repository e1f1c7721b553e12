// Sentences of the data exchange editor that depend on the VM, its host or an outcome. Fixed words are in the page itself.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../domain/assertNever';
import { errorText } from '../domain/errorTexts';
import type { HyperVError, HyperVErrorReason } from '../domain/errors';
import type { KvpPairOutcome } from '../domain/kvp/changes';
import { isDone } from '../domain/kvp/changes';
import type { KvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmRecord } from '../domain/vm';
import type { HostRecord } from '../hyperv/hostStore';
import { failureText } from '../views/readinessView';
import type { Notice, PageTarget } from './messages';

/** What concerns the whole page, the worst first; null when all is well. */
export function noticeOf(
  target: PageTarget,
  host: HostRecord | undefined,
  vm: VmRecord | undefined,
  failure: HyperVError | undefined,
): Notice | null {
  if (host === undefined) {
    return {
      severity: 'warning',
      text: l10n.t('{0} is not among the hosts now.', target.hostName),
      nextStep: l10n.t('What you typed is kept. It can be saved once the host is there again.'),
      actions: [],
    };
  }
  if (host.status.kind === 'failed') {
    const { what, nextStep } = failureText(host, host.status.error);
    return { severity: 'error', text: what, nextStep, actions: ['retry', 'showLog'] };
  }
  if (vm === undefined && host.status.kind === 'ready') {
    return {
      severity: 'warning',
      text: l10n.t('{0} no longer exists on {1}.', target.vmName, target.hostName),
      nextStep: l10n.t('Copy what you need from here; it cannot be saved any more.'),
      actions: [],
    };
  }
  if (failure !== undefined) {
    const { what, nextStep } = errorText(failure, { hostName: target.hostName, vmName: target.vmName });
    return {
      severity: 'error',
      text: l10n.t('The pairs could not be read. {0}', what),
      // The general words are about a change.
      nextStep: failure.reason === 'sessionLost' ? l10n.t('Retry: a new session starts then.') : nextStep,
      actions: ['retry', 'showLog'],
    };
  }
  return vm === undefined ? null : vmNotice(vm);
}

function vmNotice({ name, state, services }: VmRecord): Notice | null {
  const { enabled, status } = services.keyValuePairExchange;
  if (enabled === false) {
    return {
      severity: 'warning',
      text: l10n.t('Data exchange of {0} is disabled on the host: its guest gets no pairs and reports none.', name),
      nextStep: l10n.t('Enable it before you save pairs for the guest. Pairs of the host only can be saved now.'),
      actions: ['enableService'],
    };
  }
  switch (state) {
    case 'off':
      return {
        severity: 'info',
        text: l10n.t('{0} is off: pairs for the guest are delivered when it starts.', name),
        actions: ['startVm'],
      };
    case 'saved':
      return {
        severity: 'info',
        // No source tells whether a host takes them then.
        text: l10n.t('{0} is saved: the host may refuse pairs for the guest until it runs again.', name),
        nextStep: l10n.t('Start it before you save them. Pairs of the host only can be saved now.'),
        actions: ['startVm'],
      };
    case 'paused':
      return {
        severity: 'info',
        text: l10n.t('{0} is paused: its guest takes no pairs until it is resumed.', name),
        nextStep: l10n.t('Resume it before you save them. Pairs of the host only can be saved now.'),
        actions: ['resumeVm'],
      };
    case 'running':
      return status === 'noContact' || status === 'lostCommunication' ? silentGuest(name) : null;
    case 'starting':
    case 'stopping':
    case 'saving':
    case 'pausing':
    case 'resuming':
    case 'resetting':
    case 'snapshotting':
    case 'unknown':
      return null;
    default:
      return assertNever(state);
  }
}

function silentGuest(name: string): Notice {
  return {
    severity: 'warning',
    text: l10n.t('The guest of {0} does not take part in data exchange.', name),
    nextStep: l10n.t(
      'It may still be starting. Otherwise start its part: the Windows service vmickvpexchange, or the Linux daemon hv_kvp_daemon.',
    ),
    actions: [],
  };
}

/** Why a pool is unknown or has no pairs. Null for one that has some. */
export function poolNote(pool: KvpPool, reading: KvpReading | null, vm: VmRecord | undefined): string | null {
  const pairs = reading?.pools[pool];
  if (pairs === undefined) return null;
  if (pairs === null) return unknownNote(pool, vm);
  if (pairs.length > 0) return null;
  switch (pool) {
    case 'external':
      return l10n.t('No pairs yet. Add one for programs in the guest to read.');
    case 'guest':
      return l10n.t('Programs in the guest have written nothing.');
    case 'intrinsic':
      return l10n.t('The guest has said nothing of itself so far.');
    case 'hostOnly':
      return l10n.t('No pairs yet. They are kept with the virtual machine, and its guest never sees them.');
    default:
      return assertNever(pool);
  }
}

function unknownNote(pool: KvpPool, vm: VmRecord | undefined): string {
  if (pool === 'external' || pool === 'hostOnly') {
    return vm === undefined || vm.state === 'running'
      ? l10n.t('The host does not say which pairs there are. You can add pairs; one that exists is changed.')
      : l10n.t(
          'While the virtual machine does not run, the host does not say which pairs there are. You can add pairs; one that exists is changed.',
        );
  }
  return l10n.t('Unknown: the host sees the pairs of a guest only while it runs.');
}

/** What a person reads at a pair that was not saved; null for one that was. */
export function outcomeText(outcome: KvpPairOutcome, { hostName, vmName }: PageTarget): string | null {
  if (isDone(outcome)) return null;
  const { key, hostMessage } = outcome;
  const said = hostMessage === undefined || hostMessage === '' ? undefined : l10n.t('The host says: {0}', hostMessage);
  const parts = [headline(outcome.outcome, key), causeText(outcome, { hostName, vmName }), said];
  return parts.filter((text) => text !== undefined).join(' ');
}

/** What a reason means for pairs, where that is something else than for the VM as a whole. */
const pairCauses: Partial<Record<HyperVErrorReason, (vmName: string) => string>> = {
  guestNotReady: (vmName) =>
    l10n.t(
      'Nobody takes pairs in the guest of {0}: its part of data exchange does not run, or the service is disabled on the host.',
      vmName,
    ),
  invalidParameter: () =>
    l10n.t('The host or the guest does not take it like that. An old guest takes shorter values only.'),
  fileNotFound: () => l10n.t('The host no longer has a pair with this key.'),
  invalidState: (vmName) =>
    l10n.t('Pairs cannot be changed in the present state of {0}. Start or resume it first.', vmName),
  badRequest: () => l10n.t('It holds a character that cannot be sent.'),
};

function causeText(
  { outcome, reason }: KvpPairOutcome,
  context: { readonly hostName: string; readonly vmName: string },
): string {
  if (reason === undefined) return causeWithoutReason(outcome);
  if (outcome === 'notTried' && reason === 'sessionLost') {
    return l10n.t('The PowerShell session for {0} ended before its turn. Save again to send it.', context.hostName);
  }
  const ofPairs = pairCauses[reason]?.(context.vmName);
  if (ofPairs !== undefined) return ofPairs;
  const { what, nextStep } = errorText({ reason, outcome: outcome === 'unknown' ? 'unknown' : 'none' }, context);
  return `${what} ${nextStep}`;
}

function causeWithoutReason(outcome: KvpPairOutcome['outcome']): string {
  return outcome === 'notTried'
    ? l10n.t('A renamed pair is removed only once its new key is saved.')
    : l10n.t('The host took it, but does not show it like that. Refresh, and look at it before you save again.');
}

function headline(outcome: KvpPairOutcome['outcome'], key: string): string | undefined {
  switch (outcome) {
    case 'written':
    case 'already':
      return undefined;
    case 'refused':
      return l10n.t('{0} was refused.', key);
    case 'notTried':
      return l10n.t('{0} was not sent.', key);
    case 'unknown':
      return l10n.t('It is not known whether {0} was saved.', key);
    default:
      return assertNever(outcome);
  }
}
