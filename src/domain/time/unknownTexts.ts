// "Unknown because …", one sentence each.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import type { GuestSilence } from './facts';
import type { TimeUnknown } from './verdict';

export function unknownText(unknown: TimeUnknown): string {
  switch (unknown.about) {
    case 'guest':
      return l10n.t('Unknown what happens in the guest, because {0}', silenceText(unknown.why));
    case 'host':
      return l10n.t('Unknown whom the host follows, because it could not be asked.');
    case 'hostSource':
      return l10n.t('Unknown whom the host follows, because its time service did not say so in a form that is known.');
    case 'guestSource':
      return l10n.t('Unknown whom the guest follows, because it did not say so in a form that is known.');
    case 'provider':
      return l10n.t('Unknown whether the guest takes the samples of the host, because its registry did not say.');
    case 'role':
      return l10n.t('Unknown whether the guest is a domain controller, because it did not say.');
    case 'rootDomain':
      return l10n.t('Unknown whether its domain is the root of the forest, because that is not asked.');
    case 'guestBuild':
      return l10n.t('Unknown which version of Windows the guest has, because it did not say.');
    case 'offset':
      return l10n.t('Unknown how far the clocks are apart, because the guest did not tell its time.');
    default:
      return assertNever(unknown);
  }
}

function silenceText(why: GuestSilence): string {
  switch (why) {
    case 'notAsked':
      return l10n.t('nobody allowed to read there.');
    case 'notRunning':
      return l10n.t('the virtual machine does not run.');
    case 'systemNotKnown':
      return l10n.t('it did not say which system it is; Windows and Linux can be asked.');
    case 'noAddress':
      return l10n.t('it reported no address to which ssh could connect.');
    case 'refused':
      return l10n.t('it refused the sign-in.');
    case 'unreachable':
      return l10n.t('it could not be reached.');
    case 'failed':
      return l10n.t('the reading failed.');
    default:
      return assertNever(why);
  }
}
