// What is known about the clock of one guest: read on demand, judged by verdict.ts. `null` always means that nobody said,
// never "no".
import type { VmRecord } from '../vm';

/** Whom Windows' own time service follows. */
export type WindowsSource =
  /** The service Time Synchronization of the host. */
  | { readonly kind: 'hostService' }
  /** Its own clock only. */
  | { readonly kind: 'local' }
  /** A name or an address, as Windows named it: hostile until shown. */
  | { readonly kind: 'server'; readonly name: string }
  | { readonly kind: 'unknown' };

/** `Type` of W32Time\Parameters: nobody, named servers, the domain, or both of them. */
export type WindowsClientType = 'none' | 'servers' | 'domain' | 'all';

/** The time service of a Windows guest, or of the host itself. */
export interface WindowsClock {
  readonly kind: 'windows';
  readonly source: WindowsSource;
  readonly stratum: number | null;
  /** Windows itself says that the clock follows nobody: leap indicator 3. */
  readonly unsynchronized: boolean | null;
  /** Whether the Windows service W32Time runs. */
  readonly running: boolean | null;
  readonly clientType: WindowsClientType | null;
  /** `NtpServer`, without the flags of each. */
  readonly peers: readonly string[];
  /** `Enabled` of W32Time\TimeProviders\VMICTimeProvider: whether it takes the host's samples at all. */
  readonly hostProvider: boolean | null;
  /** `DomainRole` of Win32_ComputerSystem, 0 to 5. */
  readonly domainRole: number | null;
  /** Build of Windows; 14393 is Server 2016. */
  readonly build: number | null;
  /** What the tools printed, word for word and in the guest's language: hostile until shown. */
  readonly raw: readonly RawText[];
}

/** A daemon of Linux that sets the clock. */
export type ClockDaemon = 'chronyd' | 'systemd-timesyncd' | 'ntpd' | 'openntpd' | 'phc2sys';

export interface ChronySource {
  /** `#`: a clock of this computer, `^`: a server, `=`: a peer. */
  readonly mode: '#' | '^' | '=';
  /** `*`: followed, `+`: combined with it; others are not used. */
  readonly used: boolean;
  readonly selected: boolean;
  readonly name: string;
}

export interface LinuxClock {
  readonly kind: 'linux';
  /** null where the guest does not show what it runs. */
  readonly daemons: readonly ClockDaemon[] | null;
  /** `chronyc tracking`; null without chrony, or when it does not answer. */
  readonly chrony: {
    /** Whom it follows; null for nobody. */
    readonly reference: string | null;
    readonly stratum: number | null;
    readonly synchronized: boolean | null;
  } | null;
  readonly sources: readonly ChronySource[];
  /** The server of systemd-timesyncd. */
  readonly timesyncServer: string | null;
  /** `NTPSynchronized` of timedatectl: the kernel's own word. */
  readonly synchronized: boolean | null;
  /** Clocks below /sys/class/ptp with their names; the host's is called `hyperv`. */
  readonly ptpClocks: readonly { readonly device: string; readonly name: string }[] | null;
  /** Whether udev gives the host's clock its stable name /dev/ptp_hyperv. */
  readonly stableName: boolean | null;
  readonly kernel: string | null;
  readonly raw: readonly RawText[];
}

export type GuestClock = WindowsClock | LinuxClock;

export interface RawText {
  /** Command that printed it; a name, not translated. */
  readonly command: string;
  readonly text: string;
}

/** Guest minus reference; the true value lies within `uncertaintyMs` of it. */
export interface ClockOffset {
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

export interface HostClock extends WindowsClock {
  /** When the host came back from sleep for the last time, by its own clock; null when it never did or nobody knows. */
  readonly wokeAtMs: number | null;
  /** The host's clock when it answered. */
  readonly nowMs: number;
}

/** Why nothing is known from inside the guest. */
export type GuestSilence =
  /** The person did not want it to be asked. */
  | 'notAsked'
  | 'notRunning'
  /** Neither Windows nor Linux, as far as the guest said. */
  | 'systemNotKnown'
  /** The guest reported no address, so ssh has nowhere to go. */
  | 'noAddress'
  /** User name or password were refused, or nobody gave them. */
  | 'refused'
  | 'unreachable'
  | 'failed';

export interface GuestReading {
  readonly clock: GuestClock;
  readonly offset: ClockOffset | null;
}

export type GuestAnswer =
  | ({ readonly kind: 'read' } & GuestReading)
  | {
      readonly kind: 'silent';
      readonly why: GuestSilence;
      /** What helps; in our words. */
      readonly problem?: string;
      /** What the host or the way there said: foreign. */
      readonly quote?: string;
    };

export interface TimeFacts {
  readonly vm: VmRecord;
  readonly host: HostClock | undefined;
  /** Why the host's clock is not known; in words, for people. */
  readonly hostProblem?: string | undefined;
  readonly guest: GuestAnswer;
  /** When the VM came back from saved or paused, by the host's clock; null when it did not, or nobody knows. */
  readonly resumedAtMs: number | null;
}
