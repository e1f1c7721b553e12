// The words of a service's verdict: one sentence on what it means, and what to do next.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import type { IntegrationServiceKey } from '../integrationServices';
import { guestPart } from './guestParts';
import type { ServiceVerdict, Tone, UnknownBecause } from './serviceVerdict';

export function toneText(tone: Tone): string {
  switch (tone) {
    case 'good':
      return l10n.t('works');
    case 'benign':
      return l10n.t('benign');
    case 'chosen':
      return l10n.t('disabled by choice');
    case 'attention':
      return l10n.t('needs a look');
    case 'unknown':
      return l10n.t('unknown');
    default:
      return assertNever(tone);
  }
}

/** One sentence. */
export function serviceMeaning({ service, condition }: ServiceVerdict): string {
  switch (condition) {
    case 'works':
      return working(service);
    case 'worksOlder':
      return l10n.t(
        '{0} Host and guest agreed on an older version of the protocol, which is benign.',
        working(service),
      );
    case 'applicationsCritical':
      return l10n.t('The system of the guest works, and says that one of its programs is in a critical state.');
    case 'unsteady':
      return l10n.t('The guest answers, but not every time: it may be overloaded.');
    case 'silent':
      return missing(service);
    case 'noPart':
      return l10n.t('Guests of this kind have no such part, so that nothing answers is benign.');
    case 'lost':
      return l10n.t('The guest answered before and fell silent: it may hang. {0}', missing(service));
    case 'failing':
      return l10n.t('The part in the guest reports a failure. {0}', missing(service));
    case 'disabled':
      return service === 'heartbeat'
        ? l10n.t('Disabled on the host by choice, which is no fault: nobody is told when the guest hangs.')
        : l10n.t('Disabled on the host, so the part in the guest is not used.');
    case 'disabledByDefault':
      return l10n.t('Disabled on the host, as Hyper-V leaves it: no files are copied until somebody enables it.');
    case 'notReported':
    case 'off':
    case 'saved':
    case 'paused':
    case 'changing':
    case 'stateNotKnown':
    case 'starting':
    case 'noStatus':
    case 'statusNotKnown':
      return unknownBecause(condition);
    default:
      return assertNever(condition);
  }
}

function unknownBecause(cause: UnknownBecause): string {
  switch (cause) {
    case 'notReported':
      return l10n.t('Unknown because the host did not report this service.');
    case 'off':
      return l10n.t('Unknown because the virtual machine is off; the setting counts when it starts.');
    case 'saved':
      return l10n.t('Unknown because the virtual machine is saved; the setting counts when it starts.');
    case 'paused':
      return l10n.t('Unknown because the virtual machine is paused, and its guest with it.');
    case 'changing':
      return l10n.t('Unknown because the virtual machine is changing its state right now.');
    case 'stateNotKnown':
      return l10n.t('Unknown because the host reports a state which this extension does not know.');
    case 'starting':
      return l10n.t('Unknown because the guest, or its part, may still be starting.');
    case 'noStatus':
      return l10n.t('Unknown because the host did not say what the guest does.');
    case 'statusNotKnown':
      return l10n.t('Unknown because the host reports a status which this extension does not know.');
    default:
      return assertNever(cause);
  }
}

function working(service: IntegrationServiceKey): string {
  switch (service) {
    case 'shutdown':
      return l10n.t('The guest can be asked to shut down and to restart.');
    case 'timeSynchronization':
      return l10n.t('The guest is given the time of the host; “Check Time” finds out whether its clock follows.');
    case 'keyValuePairExchange':
      return l10n.t('The guest can report its name, system and addresses, and takes pairs from the host.');
    case 'heartbeat':
      return l10n.t('The system of the guest answers the host.');
    case 'vss':
      return l10n.t('Backups and production checkpoints can ask the guest to bring its files to rest.');
    case 'guestServiceInterface':
      return l10n.t('The host can copy files into the guest.');
    default:
      return assertNever(service);
  }
}

function missing(service: IntegrationServiceKey): string {
  switch (service) {
    case 'shutdown':
      return l10n.t('The guest cannot be asked to shut down: only from within, or by turning it off.');
    case 'timeSynchronization':
      return l10n.t('The guest does not take the time of the host.');
    case 'keyValuePairExchange':
      return l10n.t('Name, system and addresses of the guest are not reported, and pairs do not arrive there.');
    case 'heartbeat':
      return l10n.t('The host cannot tell whether the guest works.');
    case 'vss':
      return l10n.t('Backups and checkpoints cannot bring the files of the guest to rest.');
    case 'guestServiceInterface':
      return l10n.t('Files cannot be copied into the guest.');
    default:
      return assertNever(service);
  }
}

/**
 * Commands are named as in the menus of the tree, in quotation marks like these: “…” (a test knows them all by name).
 * @returns undefined when there is nothing to do
 */
export function serviceNextStepText({
  service,
  condition,
  family,
  daemonsMissing,
  changeable,
}: ServiceVerdict): string | undefined {
  switch (condition) {
    case 'silent': {
      if (family === 'notKnown' && daemonsMissing)
        return l10n.t(
          'If the guest is Linux, install its daemons: {0} on Ubuntu, {1} on Debian and on RHEL and its kin.',
          'linux-cloud-tools-virtual',
          'hyperv-daemons',
        );
      if (family === 'notKnown')
        return l10n.t('Install or start the part in the guest; which one depends on its system.');
      const part = guestPart(service, family);
      if (part.from === 'kernel') return l10n.t('Let the guest load its part: {0}.', part.name);
      return part.packageName === undefined
        ? l10n.t('Start the part in the guest: {0}.', part.name)
        : l10n.t('Install the package {0} in the guest and start {1}.', part.packageName, part.name);
    }
    case 'lost':
      return l10n.t('Look at the guest by “Connect…”: it may hang. If it does not, start its part again.');
    case 'failing':
      return l10n.t('Look into the event log or the journal of the guest.');
    case 'applicationsCritical':
      return l10n.t('Look which program in the guest reports that.');
    case 'unsteady':
      return l10n.t('Look at the load of the guest and of the host.');
    case 'starting':
      return service === 'heartbeat'
        ? l10n.t('“Wait for Heartbeat” ends when it answers; ask again then.')
        : l10n.t('Ask again in a few minutes.');
    case 'disabled':
      return changeable
        ? l10n.t('When it shall be used: “Enable Integration Service”, or the box in its row.')
        : l10n.t('When it shall be used: “Enable Integration Service”, as soon as the virtual machine runs or is off.');
    case 'notReported':
    case 'noStatus':
      return l10n.t('“Refresh” the host; if it stays so, “Show Log” tells what the host could not show.');
    case 'works':
    case 'worksOlder':
    case 'noPart':
    case 'disabledByDefault':
    case 'off':
    case 'saved':
    case 'paused':
    case 'changing':
    case 'stateNotKnown':
    case 'statusNotKnown':
      return undefined;
    default:
      return assertNever(condition);
  }
}
