// The evidence behind the verdict: what was seen, and who said so. Facts only, no conclusions.
import * as l10n from '@vscode/l10n';
import type { Reason } from '../health/serviceReasons';
import { serviceReasons } from '../health/serviceReasons';
import type { ClockOffset, LinuxClock, TimeFacts, WindowsClock } from './facts';

export interface TimeReasons {
  /** What the host says of its service Time Synchronization for this VM. */
  readonly service: readonly Reason[];
  readonly guest: readonly Reason[];
  /** The host's own clock. */
  readonly host: readonly Reason[];
}

export function timeReasons({ guest, host, resumedAtMs, vm }: TimeFacts): TimeReasons {
  const woke = host?.wokeAtMs ?? null;
  return {
    service: [
      ...serviceReasons(vm, 'timeSynchronization'),
      ...(resumedAtMs === null ? [] : [{ text: l10n.t('The virtual machine was saved or paused since it started.') }]),
    ],
    guest: guest.kind === 'read' ? guestReasons(guest.clock, guest.offset) : [],
    host: [
      ...(host === undefined ? [] : windowsReasons(host)),
      ...(host === undefined || woke === null
        ? []
        : [
            {
              source: 'Power-Troubleshooter',
              text: l10n.t('Minutes since the host woke from sleep: {0}.', minutes(host.nowMs - woke)),
            },
          ]),
    ],
  };
}

function guestReasons(clock: WindowsClock | LinuxClock, offset: ClockOffset | null): Reason[] {
  return [
    ...(clock.kind === 'windows' ? windowsReasons(clock) : linuxReasons(clock)),
    ...(offset === null ? [] : [{ text: offsetReason(offset) }]),
  ];
}

function windowsReasons(clock: WindowsClock): Reason[] {
  const found: Reason[] = [];
  const { source } = clock;
  if (clock.running === false) found.push({ source: 'W32Time', text: l10n.t('The Windows service does not run.') });
  else if (source.kind === 'server') found.push({ source: 'w32tm /query /source', text: '', quote: source.name });
  else if (source.kind === 'hostService')
    found.push({ source: 'w32tm /query /source', text: 'VM IC Time Synchronization Provider' });
  else if (source.kind === 'local') found.push({ source: 'w32tm /query /source', text: l10n.t('its own clock') });
  if (clock.stratum !== null && clock.running !== false)
    found.push({ source: 'w32tm /query /status', text: `stratum ${clock.stratum}` });
  if (clock.unsynchronized === true) found.push({ source: 'w32tm /query /status', text: l10n.t('not synchronized') });
  if (clock.hostProvider !== null)
    found.push({ source: 'VMICTimeProvider', text: `Enabled ${clock.hostProvider ? 1 : 0}` });
  if (clock.clientType !== null)
    found.push({ source: 'W32Time\\Parameters', text: `Type ${typeWords[clock.clientType]}` });
  if (clock.clientType === 'servers' || clock.clientType === 'all')
    for (const peer of clock.peers) found.push({ source: 'NtpServer', text: '', quote: peer });
  if (clock.domainRole !== null) found.push({ source: 'Win32_ComputerSystem', text: `DomainRole ${clock.domainRole}` });
  if (clock.build !== null) found.push({ source: 'Windows', text: l10n.t('build {0}', clock.build) });
  return found;
}

/** As the registry has them. */
const typeWords = { none: 'NoSync', servers: 'NTP', domain: 'NT5DS', all: 'AllSync' } as const;

function linuxReasons(clock: LinuxClock): Reason[] {
  const found: Reason[] = [];
  const { chrony, daemons, ptpClocks } = clock;
  if (daemons !== null)
    found.push({
      source: '/proc/*/comm',
      text: daemons.length === 0 ? l10n.t('no daemon that sets the clock') : daemons.join(', '),
    });
  if (chrony !== null) {
    if (chrony.reference !== null) found.push({ source: 'chronyc tracking', text: '', quote: chrony.reference });
    if (chrony.synchronized === false) found.push({ source: 'chronyc tracking', text: l10n.t('not synchronized') });
    if (chrony.stratum !== null) found.push({ source: 'chronyc tracking', text: `stratum ${chrony.stratum}` });
  }
  if (clock.timesyncServer !== null)
    found.push({
      source: 'timedatectl show-timesync',
      text: '',
      quote: clock.timesyncServer,
    });
  if (clock.synchronized !== null)
    found.push({ source: 'timedatectl', text: `NTPSynchronized=${clock.synchronized ? 'yes' : 'no'}` });
  for (const { device, name } of ptpClocks ?? []) found.push({ source: device, text: '', quote: name });
  if (ptpClocks?.length === 0) found.push({ source: '/sys/class/ptp', text: l10n.t('no clock of the host') });
  if (clock.kernel !== null) found.push({ source: 'uname -r', text: '', quote: clock.kernel });
  return found;
}

function offsetReason({ offsetMs, uncertaintyMs }: ClockOffset): string {
  return l10n.t(
    'Guest minus host: {0}, give or take {1}.',
    durationText(offsetMs, true),
    durationText(uncertaintyMs, false),
  );
}

/** In the two units that say most, to the millisecond below a minute; never "0.000" for what is not nothing. */
export function durationText(ms: number, signed: boolean): string {
  const sign = !signed ? '' : ms < 0 ? '-' : '+';
  const size = Math.abs(ms);
  // Rounded first: 59.9996 s is a minute.
  if (Math.round(size) < 60_000) return `${sign}${((size > 0 && size < 1 ? 1 : Math.round(size)) / 1000).toFixed(3)} s`;
  const seconds = Math.round(size / 1000);
  const [minute, hour, day] = [60, 3_600, 86_400];
  if (seconds < hour) return `${sign}${Math.floor(seconds / minute)} min ${seconds % minute} s`;
  if (seconds < day) return `${sign}${Math.floor(seconds / hour)} h ${Math.floor((seconds % hour) / minute)} min`;
  return `${sign}${Math.floor(seconds / day)} d ${Math.floor((seconds % day) / hour)} h`;
}

function minutes(ms: number): number {
  return Math.max(0, Math.floor(ms / 60_000));
}
