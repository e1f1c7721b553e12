// The words of the verdict on a clock. What guests and hosts wrote is not in them but beside them, see `TimeReason`.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../assertNever';
import type { TimeFacts } from './facts';
import type { SetBy, HostHand, Conflict } from './masters';
import type { RoleAdvice } from './roleAdvice';
import type { OffsetJudgement, TimeAction, TimeVerdict } from './verdict';

/** One short answer to "who sets this clock", for a table. */
export function setByText({ by }: SetBy): string {
  switch (by) {
    case 'host':
      return l10n.t('The host');
    case 'domain':
      return l10n.t('Its domain');
    case 'servers':
      return l10n.t('A time server');
    case 'otherClock':
      return l10n.t('Another clock of the guest');
    case 'nobody':
      return l10n.t('Nobody');
    case 'unknown':
      return l10n.t('Unknown');
    default:
      return assertNever(by);
  }
}

export function handText(hand: HostHand): string {
  switch (hand) {
    case 'always':
      return l10n.t('The guest takes the time of the host all the while.');
    case 'atStart':
      return l10n.t(
        'The host sets this clock only after a start, a resume or an applied checkpoint; in between the guest does not take its time.',
      );
    case 'never':
      return l10n.t('The host never sets this clock: Time Synchronization is disabled.');
    case 'unknown':
      return l10n.t('Unknown whether the guest takes the time of the host.');
    default:
      return assertNever(hand);
  }
}

export function conflictText(conflict: Conflict): string {
  switch (conflict) {
    case 'none':
      return l10n.t('Nobody sets this clock all the while.');
    case 'one':
      return l10n.t('Only one may set this clock all the while.');
    case 'weighed':
      return l10n.t(
        'Several may set this clock, and the guest chooses among them. This is benign from Windows Server 2016 on and with chrony; one of them is enough.',
      );
    case 'fighting':
      return l10n.t('Two set this clock without knowing of each other: it may jump back and forth. Keep one.');
    case 'circle':
      return l10n.t(
        'The host follows this guest, and this guest follows the host: together they drift away from the true time.',
      );
    case 'unknown':
      return l10n.t('Unknown whether two set this clock.');
    default:
      return assertNever(conflict);
  }
}

export function conflictWord(conflict: Conflict): string {
  switch (conflict) {
    case 'none':
    case 'one':
      return l10n.t('no');
    case 'weighed':
      return l10n.t('several, weighed');
    case 'fighting':
      return l10n.t('fighting');
    case 'circle':
      return l10n.t('a circle');
    case 'unknown':
      return l10n.t('unknown');
    default:
      return assertNever(conflict);
  }
}

export function offsetText(offset: OffsetJudgement): string {
  switch (offset) {
    case 'fine':
      return l10n.t('The clocks of guest and host agree within a second.');
    case 'off':
      return l10n.t('The clocks of guest and host differ by more than a second.');
    case 'far':
      return l10n.t('The clocks differ by more than five minutes: Kerberos refuses sign-ins.');
    case 'unclear':
      return l10n.t('The way to the guest took too long to say more.');
    case 'unknown':
      return l10n.t('Unknown how far the clocks are apart.');
    default:
      return assertNever(offset);
  }
}

/** undefined for a guest that is no domain controller. */
export function adviceText(advice: RoleAdvice): string | undefined {
  switch (advice) {
    case 'none':
      return undefined;
    case 'asItShouldBe':
      return l10n.t('A domain controller that does not take the time of its host all the while, as it should be.');
    case 'disable':
      return l10n.t(
        'A domain controller should follow its domain, and this guest or its host is older than Windows Server 2016, where both fight: disable Time Synchronization.',
      );
    case 'pagesDisagree':
      return l10n.t(
        'Microsoft’s pages disagree: the one on virtual domain controllers has Time Synchronization disabled, the one on accurate time sees no harm from Windows Server 2016 on, and none for a root PDC emulator whose host has a good clock. Disable it if in doubt.',
      );
    case 'mayKeep':
      return l10n.t(
        'Microsoft’s pages disagree: the one on accurate time lets the root PDC emulator keep Time Synchronization where the host has a good clock, as here; the one on virtual domain controllers has it disabled. Disable it if this is not the root domain.',
      );
    case 'hostNotGood':
      return l10n.t(
        'The PDC emulator gives its time to the whole domain, and this host follows nobody: give the host a time server, or disable Time Synchronization and give this guest one.',
      );
    case 'circle':
      return l10n.t('The host follows this domain controller: disable Time Synchronization, so that only one follows.');
    default:
      return assertNever(advice);
  }
}

export function lateText(cause: NonNullable<TimeVerdict['lateCause']>): string {
  switch (cause) {
    case 'hostSlept':
      return l10n.t(
        'The host slept while this virtual machine was running, and the guest did not notice. Disabling and enabling Time Synchronization sets the clock.',
      );
    case 'vmResumed':
      return l10n.t('The virtual machine was saved or paused since its start, and the guest did not catch up.');
    default:
      return assertNever(cause);
  }
}

/** What the host's own clock means for this one; undefined where it means nothing, or nobody knows. */
export function hostText({ hostIsGood, hand }: TimeVerdict): string | undefined {
  if (hostIsGood !== false || hand === 'never') return undefined;
  return l10n.t('The host itself follows nobody: what it gives to its guests may be wrong.');
}

/** What only a person can do, in the guest or on the host. */
export function handworkTexts(
  { setBy, hostIsGood, hand, conflict }: TimeVerdict,
  { guest }: Pick<TimeFacts, 'guest'>,
): readonly string[] {
  const isLinux = guest.kind === 'read' && guest.clock.kind === 'linux';
  return [
    ...(setBy.by === 'nobody'
      ? [l10n.t('In the guest, start a service that sets its clock, or name a time server there.')]
      : []),
    ...(conflict === 'fighting' && isLinux
      ? [l10n.t('In the guest, keep one of the services that set its clock.')]
      : []),
    ...(hostIsGood === false && hand !== 'never' ? [l10n.t('On the host, name a time server.')] : []),
  ];
}

/** On a button, where there is little room. */
export function actionButton(action: TimeAction): string {
  switch (action) {
    case 'enableService':
      return l10n.t('Enable Service');
    case 'disableService':
      return l10n.t('Disable Service');
    case 'restartService':
      return l10n.t('Disable and Enable');
    case 'resync':
      return l10n.t('Set the Clock');
    case 'copyChrony':
      return l10n.t('Copy chrony Line');
    case 'copyUdev':
      return l10n.t('Copy udev Rule');
    default:
      return assertNever(action);
  }
}

/** In the report. */
export function actionText(action: TimeAction): string {
  switch (action) {
    case 'enableService':
      return l10n.t('Enable Time Synchronization.');
    case 'disableService':
      return l10n.t('Disable Time Synchronization.');
    case 'restartService':
      return l10n.t('Disable and enable Time Synchronization.');
    case 'resync':
      return l10n.t('Set the clock in the guest now.');
    case 'copyChrony':
      return l10n.t('Let chrony use the clock of the host.');
    case 'copyUdev':
      return l10n.t('Give the clock of the host its stable name.');
    default:
      return assertNever(action);
  }
}
