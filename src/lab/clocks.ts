// Clocks of the lab: what the tools of each guest print, made from what a description says of it. PowerShell only hands the
// texts on, so that the lab's guests speak as many languages as there are here.
import { w32Texts } from './w32Texts';
import type { LabClock, LabHostSpec } from './labSpec';
import { guestKinds, guestProfile } from './profiles';
import type { GuestKind } from './profiles';

/** What the probe finds on a Windows clock; `null` for what is not there. */
export interface WindowsFacts {
  readonly source: string;
  readonly status: string;
  readonly type: string;
  readonly peers: string;
  readonly provider: number;
  readonly role: number;
  readonly build: number;
  readonly wokeMinutesAgo: number;
}

/** One clock, twice: while the host's service is enabled, and while it is not. */
export interface HostClockData {
  /** Number of the VM in `vms`; -1: guests with this `osName` of which nothing is said, -2: the host. */
  readonly vm: number;
  readonly osName: string;
  readonly offsetMs: number;
  readonly refuses: boolean;
  readonly windows: boolean;
  readonly served: WindowsFacts | string;
  readonly alone: WindowsFacts | string;
}

export function hostClocks({ vms = [], clock: own = {} }: LabHostSpec): readonly HostClockData[] {
  return [
    ...guestKinds.map((kind) => row(-1, kind, {})),
    row(-2, 'windowsServer2025', { follows: 'server', server: 'time.windows.com', ...own }),
    ...vms.flatMap(({ guest = 'windowsServer2025', clock }, vm) => (clock ? [row(vm, guest, clock)] : [])),
  ];
}

function row(vm: number, kind: GuestKind, clock: LabClock): HostClockData {
  const { osName } = guestProfile(kind);
  const windows = osName.startsWith('Windows');
  const { offsetMs = 0, refuses = false } = clock;
  const make = (served: boolean): WindowsFacts | string =>
    windows ? windowsFacts(kind, clock, served) : linuxText(kind, clock, served);
  return { vm, osName, offsetMs, refuses, windows, served: make(true), alone: make(false) };
}

function windowsFacts(kind: GuestKind, clock: LabClock, served: boolean): WindowsFacts {
  // A server or a client, outside of any domain.
  const alone = kind === 'windows11' ? 0 : 2;
  const { follows = 'host', role = alone, provider = true, locale = 'en-US', sleptMinutesAgo = -1 } = clock;
  const isMember = role !== 0 && role !== 2;
  const server = clock.server ?? (isMember ? 'dc01.corp.example' : 'time.windows.com');
  const now = follows === 'host' && !(served && provider) ? (isMember ? 'domain' : 'server') : follows;
  return {
    ...w32Texts(locale, now, isMember ? server : `${server},0x9`),
    type: follows === 'itself' ? 'NoSync' : isMember && follows !== 'server' ? 'NT5DS' : 'NTP',
    peers: isMember && follows !== 'server' ? '' : `${server},0x9`,
    provider: provider ? 1 : 0,
    role,
    build: clock.build ?? Number(guestProfile(kind).osBuild),
    wokeMinutesAgo: sleptMinutesAgo,
  };
}

const phcTracking =
  '50484330,PHC0,3,1760040765.402166235,0.000000012,0.000000004,0.000000031,-2.104,0.000,0.003,0.0,0.0,8.0,Normal';
const nobodyTracking = '00000000,,0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,1.0,0.0,Not synchronised';

/** What the commands of src/domain/time/linuxCommands.ts print. */
function linuxText(kind: GuestKind, clock: LabClock, served: boolean): string {
  const {
    follows = kind === 'alpine' ? 'itself' : 'server',
    server = 'ntp.ubuntu.com',
    servers = false,
    stableName,
  } = clock;
  const isPhc = follows === 'host';
  const daemons = clock.daemons ?? (isPhc ? ['chronyd'] : follows === 'server' ? ['systemd-timesyncd'] : []);
  const hasChrony = daemons.includes('chronyd');
  const now = isPhc && !served ? (servers ? 'server' : 'itself') : follows;
  const tracking = now === 'host' ? phcTracking : now === 'server' ? serverTracking(server) : nobodyTracking;
  const sources = [
    ...(isPhc ? [`#,${served ? '*' : '?'},PHC0,2,3,377,8,-0.0000014,0.0000110,0.0000013`] : []),
    ...(servers || follows === 'server'
      ? [`^,${now === 'server' ? '*' : '-'},${server},2,6,377,44,-0.00005,-0.00005,0.0002`]
      : []),
  ];
  const synchronized = daemons.length > 0 && now !== 'itself';
  return [
    '@@ ptp',
    '/dev/ptp0 hyperv',
    '@@ link',
    ...((stableName ?? isPhc) ? ['/dev/ptp0'] : []),
    '@@ daemons',
    ...daemons.map((name) => name.slice(0, 15)),
    '@@ timedatectl',
    ...(kind === 'alpine'
      ? []
      : ['Timezone=Etc/UTC', 'LocalRTC=no', 'CanNTP=yes', `NTPSynchronized=${synchronized ? 'yes' : 'no'}`]),
    '@@ timesync',
    ...(daemons.includes('systemd-timesyncd') ? [`ServerName=${server}`, 'ServerAddress=203.0.113.4'] : []),
    '@@ tracking',
    ...(hasChrony ? [tracking] : []),
    '@@ sources',
    ...(hasChrony ? sources : []),
    '@@ kernel',
    guestProfile(kind).osVersion,
    '@@ end',
  ].join('\n');
}

function serverTracking(server: string): string {
  return `C0000201,${server},3,1760040765.402166235,-0.000004012,-0.000001789,0.000021553,-7.462,-0.001,0.026,0.0,0.0,1024.4,Normal`;
}
