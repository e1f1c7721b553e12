// Why a guest told nothing, and what helps: the reasons of errors in the words for guests. Pure.
import * as l10n from '@vscode/l10n';
import type { HyperVError, HyperVErrorReason } from '../errors';
import type { GuestAnswer, GuestSilence } from './facts';

type Silent = Omit<Extract<GuestAnswer, { kind: 'silent' }>, 'kind'>;

/** @param way by which the guest was asked */
export function guestSilence(
  { reason, detail }: Pick<HyperVError, 'reason' | 'detail'>,
  way: 'powershellDirect' | 'ssh',
): Silent {
  const why = silences[reason] ?? 'failed';
  const problem = problemOf(reason, way);
  if (problem !== undefined) return { why, problem };
  return { why, ...(detail.hostMessage !== undefined && { quote: detail.hostMessage }) };
}

/** All others: the reading failed. */
const silences: Partial<Readonly<Record<HyperVErrorReason, GuestSilence>>> = {
  signInRefused: 'refused',
  hostKeyUnknown: 'unreachable',
  hostKeyChanged: 'unreachable',
  hostUnreachable: 'unreachable',
  sshMissing: 'unreachable',
  timeout: 'unreachable',
};

/** undefined where this is not about guests: the host's words say more then. */
function problemOf(reason: HyperVErrorReason, way: 'powershellDirect' | 'ssh'): string | undefined {
  if (reason === 'signInRefused')
    return way === 'ssh'
      ? l10n.t('Check the user and the key: sign in once with ssh in a terminal.')
      : l10n.t('Check again, and give another user name or password when you are asked.');
  if (reason === 'hostKeyUnknown')
    return l10n.t(
      'This computer does not know its SSH key yet: sign in once with ssh in a terminal and compare the fingerprint.',
    );
  if (reason === 'hostKeyChanged')
    return l10n.t(
      'It shows another SSH key than before. Find out why: it was set up anew, or somebody is in between. Then correct known_hosts.',
    );
  if (reason === 'hostUnreachable')
    return l10n.t('Check its address, and that its SSH server runs and can be reached from this computer.');
  if (reason === 'sshMissing') return l10n.t('This computer has no ssh.');
  if (reason === 'timeout') return l10n.t('It did not answer in time: it may be busy, or hang.');
  // The far shell, whatever it was to be.
  if (reason === 'farPowershellMissing') return l10n.t('It has no program sh for this user.');
  return undefined;
}
