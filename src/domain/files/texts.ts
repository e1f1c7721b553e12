// Words about copying files into a guest. Pure.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import { guestParts } from '../health/guestParts';
import type { GuestFamily } from '../health/guestFamily';
import type { CopyCause } from './failureCause';
import type { FolderProblem, PathStyle } from './guestPaths';
import { longestPath } from './guestPaths';
import type { SkipReason } from './plan';

interface CauseText {
  readonly what: string;
  readonly nextStep: string;
}

export interface CauseContext {
  readonly hostName: string;
  readonly vmName: string;
  readonly family: GuestFamily;
}

/** Why one file, or all from some moment on, did not arrive. */
export function copyCauseText(
  cause: Exclude<CopyCause, 'other' | 'cancelled'>,
  { hostName, vmName, family }: CauseContext,
): CauseText {
  switch (cause) {
    case 'exists':
      return {
        what: l10n.t('{0} has files of these names already.', vmName),
        nextStep: l10n.t('Copy once more and replace them, or choose another folder.'),
      };
    case 'diskFull':
      return {
        what: l10n.t('The disk of {0} is full.', vmName),
        nextStep: l10n.t('Free space in the guest, then retry.'),
      };
    case 'noAnswer':
      return {
        what: l10n.t('The part of Guest Services in {0} does not answer.', vmName),
        nextStep: partText(family),
      };
    case 'refused':
      return {
        what: l10n.t('{0} did not take the file, and does not say why.', vmName),
        nextStep: l10n.t(
          'Look whether the folder can be written there: it may be read-only, immutable, or kept from the service. Its own log says more.',
        ),
      };
    case 'folderMissing':
      return {
        what: l10n.t('{0} does not find the folder and could not make it.', vmName),
        nextStep: l10n.t('Choose another folder, or make it in the guest.'),
      };
    case 'badName':
      return {
        what: l10n.t('{0} can have no file of that name.', vmName),
        nextStep: l10n.t('Rename it, or copy it in an archive.'),
      };
    case 'tooLong':
      return {
        what: l10n.t('The path is too long for {0}.', vmName),
        nextStep: l10n.t('Choose a folder with a shorter path, or copy an archive.'),
      };
    case 'inUse':
      return {
        what: l10n.t('Another program uses the file, on the host or in {0}.', vmName),
        nextStep: l10n.t('Close it there, then retry.'),
      };
    case 'sourceMissing':
      return {
        what: l10n.t('{0} does not find the file.', hostName),
        nextStep: l10n.t(
          'It is gone, or in a place that only you can see, such as a network drive: copy it to a folder of the host first.',
        ),
      };
    case 'accessDenied':
      return {
        what: l10n.t(
          'Access was denied: the service in {0} may not write there, or the host may not read the file.',
          vmName,
        ),
        nextStep: l10n.t('Choose another folder, and look whether SYSTEM of the host may read the file; then retry.'),
      };
    case 'serviceOff':
      return {
        what: l10n.t('Guest Services is disabled for {0}.', vmName),
        nextStep: l10n.t('Retry, and let it be enabled.'),
      };
    case 'notRunning':
      return {
        what: l10n.t('{0} does not run.', vmName),
        nextStep: l10n.t('Start it, then retry.'),
      };
    case 'timeout':
      return {
        what: l10n.t('{0} did not answer in time.', hostName),
        nextStep: l10n.t('Check whether the host is busy or hangs, then retry.'),
      };
    case 'unknown':
      return {
        what: l10n.t('Nobody knows whether it arrived.'),
        nextStep: l10n.t('Look in the guest before you copy it once more.'),
      };
    default:
      return assertNever(cause);
  }
}

function partText(family: GuestFamily): string {
  const [part, ...others] = guestParts('guestServiceInterface', family);
  if (part === undefined || others.length > 0)
    return l10n.t(
      'On Windows it is the service {0}, on Linux a daemon: {1}, or {2} of RHEL and its kin. Start it there.',
      'vmicguestinterface',
      'hv-fcopy-daemon',
      'hypervfcopyd',
    );
  if (part.packageName !== undefined)
    return l10n.t('It is {0} from the package {1}: install it in the guest and start it.', part.name, part.packageName);
  return part.from === 'none'
    ? l10n.t('{0} has no part for file copy: use ssh.', part.family)
    : l10n.t('It is {0}: start it in the guest.', part.name);
}

/** @param style of the guest; undefined when it is not known */
export function folderProblemText(problem: FolderProblem, style: PathStyle | undefined): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a folder in the guest.');
    case 'notAbsolute':
      return style === undefined
        ? l10n.t('Enter a whole path, such as {0} or {1}.', 'C:\\Temp', '/tmp')
        : l10n.t('Enter a whole path, such as {0}.', style === 'windows' ? 'C:\\Temp' : '/tmp');
    case 'networkPath':
      return l10n.t('Enter a folder of the guest itself: at a share its service would be somebody else.');
    case 'otherSystem':
      return l10n.t('This is a path of another system than that of the guest.');
    case 'upwards':
      return l10n.t('Enter the path without . and ..');
    case 'badName':
      return l10n.t('The guest can have no folder of that name.');
    case 'tooLong':
      return l10n.t('A path of a guest can have {0} characters, the names of the files counted in.', longestPath);
    default:
      return assertNever(problem);
  }
}

/** Why something was left out. */
export function skipReasonText(reason: SkipReason): string {
  switch (reason) {
    case 'link':
      return l10n.t('links, which are not followed');
    case 'special':
      return l10n.t('neither files nor folders');
    case 'emptyFolder':
      return l10n.t('empty folders');
    case 'unreadable':
      return l10n.t('unreadable');
    case 'tooLong':
      return l10n.t('path too long for the guest');
    case 'badName':
      return l10n.t('name not possible in the guest');
    case 'filledIn':
      return l10n.t('percent signs in the path, which would be taken for a variable');
    case 'sameName':
      return l10n.t('same place as another one');
    default:
      return assertNever(reason);
  }
}

/** How to get it into the guest all the same; undefined where the reason says it. */
export function skipNextStep(reason: SkipReason): string | undefined {
  switch (reason) {
    case 'link':
    case 'special':
    case 'emptyFolder':
      return undefined;
    case 'unreadable':
      return l10n.t('Look whether they are still there, and whether you may read them.');
    case 'tooLong':
      return l10n.t('Choose a folder with a shorter path, or copy an archive.');
    case 'badName':
    case 'filledIn':
    case 'sameName':
      return l10n.t('Rename them, or copy an archive.');
    default:
      return assertNever(reason);
  }
}
