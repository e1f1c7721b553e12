// Kinds of guests: what runs in a VM and how it behaves. A VM of a spec names one and may change single facts.
import type { IntegrationServiceKey } from '../domain/integrationServices';

export const guestKinds = [
  'windowsServer2025',
  'windowsServer2019',
  'windows11',
  'ubuntu',
  'debian',
  'alpine',
  'none',
] as const;
export type GuestKind = (typeof guestKinds)[number];

/** A number for each service, in the order of `integrationServices`: shutdown, time, data exchange, heartbeat, VSS, files. */
export type PerService<T> = readonly [T, T, T, T, T, T];

/** How the guest answers a request to shut down. */
export const shutdownAnswers = ['accepts', 'locked', 'ignores', 'absent'] as const;
export type ShutdownAnswer = (typeof shutdownAnswers)[number];

/** A file of the host, a file that several VMs use, a file on a server, a physical disk passed through. */
export const diskKinds = ['file', 'shared', 'remote', 'physical'] as const;
export type DiskKind = (typeof diskKinds)[number];

/** All facts of a guest, as guest.ps1 reads them. Times are virtual milliseconds. */
export interface GuestProfile {
  readonly osName: string;
  readonly osVersion: string;
  readonly osBuild: string;
  /** `9` x64, `12` ARM64 for Windows guests; `x86_64` for Linux. */
  readonly architecture: string;
  readonly integrationVersion: string;
  /** Empty: the VM's name and `domainSuffix`. */
  readonly fullyQualifiedDomainName: string;
  readonly domainSuffix: string;
  /** Semicolon separated; empty: one address made from the VM's number. */
  readonly addresses: string;
  /** OperationalStatus[0] once the guest has come up: 2 OK, 3 degraded, 12 no contact. */
  readonly settled: PerService<number>;
  /** OperationalStatus[1]; 0 for none. */
  readonly secondary: PerService<number>;
  /** From the start of the guest to the first contact. */
  readonly readyMs: PerService<number>;
  /** From the start of the guest until it has reported its own facts. */
  readonly kvpMs: number;
  readonly enabled: PerService<boolean>;
  readonly startMs: number;
  readonly saveMs: number;
  readonly shutdown: ShutdownAnswer;
  readonly shutdownMs: number;
  /** `ErrorCode` of the job that starts the VM; 0: it starts. 32778 is "out of memory". */
  readonly startError: number;
  readonly notes: string;
  /** `UserSnapshotType`: 2 disabled, 3 production, 4 production only, 5 standard. */
  readonly checkpointType: number;
  readonly checkpoints: number;
  /** Days since the first checkpoint was made; the others lie between it and now. */
  readonly checkpointDays: number;
  /** Made by a backup and left behind. */
  readonly backupCheckpoints: number;
  readonly disks: readonly DiskKind[];
  /** ReplicationMode, ReplicationState, ReplicationHealth; 0 for none. */
  readonly replication: readonly [number, number, number];
  /** What the host returns when it is asked for a picture of the console; 0: the picture. */
  readonly screenError: number;
  /** Real milliseconds that the host takes for it. */
  readonly screenMs: number;
  /** Of the VM's configuration, e.g. `12.0`. */
  readonly version: string;
}

const windows: GuestProfile = {
  osName: 'Windows Server 2025 Datacenter',
  osVersion: '10.0.26100',
  osBuild: '26100',
  architecture: '9',
  integrationVersion: '10.0.26100.1742',
  fullyQualifiedDomainName: '',
  domainSuffix: '.lab.example',
  addresses: '',
  settled: [2, 2, 2, 2, 2, 2],
  // A heartbeat with OK as its second status is a guest without application data: the normal healthy one.
  secondary: [0, 0, 0, 2, 0, 0],
  readyMs: [11_000, 9_000, 12_000, 7_000, 14_000, 13_000],
  kvpMs: 18_000,
  enabled: [true, true, true, true, true, false],
  startMs: 1_200,
  saveMs: 2_500,
  shutdown: 'accepts',
  shutdownMs: 12_000,
  startError: 0,
  notes: '',
  checkpointType: 3,
  checkpoints: 0,
  checkpointDays: 30,
  backupCheckpoints: 0,
  disks: ['file'],
  replication: [0, 0, 0],
  screenError: 0,
  screenMs: 0,
  version: '12.0',
};

const linux: GuestProfile = {
  ...windows,
  osName: 'Ubuntu',
  osVersion: '6.8.0-48-generic',
  osBuild: '6.8.0-48-generic',
  architecture: 'x86_64',
  integrationVersion: '4.1',
  domainSuffix: '',
  readyMs: [4_000, 3_500, 6_000, 3_000, 6_500, 6_500],
  kvpMs: 8_000,
  shutdownMs: 5_000,
};

/** A Linux kernel answers for shutdown, time and heartbeat; the other three need daemons that many images lack. */
const kernelOnly: PerService<number> = [2, 2, 12, 2, 12, 12];

const profiles: Readonly<Record<GuestKind, GuestProfile>> = {
  windowsServer2025: windows,
  windowsServer2019: {
    ...windows,
    osName: 'Windows Server 2019 Standard',
    osVersion: '10.0.17763',
    osBuild: '17763',
    integrationVersion: '10.0.17763.1',
    version: '9.0',
    // Seen on real hosts: VSS of an older guest says OK and adds that its protocol version is another one.
    secondary: [0, 0, 0, 2, 32_775, 0],
  },
  windows11: {
    ...windows,
    osName: 'Windows 11 Enterprise',
    osVersion: '10.0.26100',
    checkpointType: 5,
    domainSuffix: '',
  },
  ubuntu: linux,
  debian: {
    ...linux,
    osName: 'Debian GNU/Linux',
    osVersion: '6.1.0-25-amd64',
    osBuild: '6.1.0-25-amd64',
    settled: kernelOnly,
  },
  alpine: {
    ...linux,
    osName: 'Alpine Linux',
    osVersion: '6.6.52-0-virt',
    osBuild: '6.6.52-0-virt',
    settled: kernelOnly,
    shutdownMs: 2_000,
  },
  /** An appliance without any integration component: nobody answers the host. */
  none: { ...linux, osName: '', settled: [12, 12, 12, 12, 12, 12], secondary: [0, 0, 0, 0, 0, 0], shutdown: 'absent' },
};

export function guestProfile(kind: GuestKind): GuestProfile {
  return profiles[kind];
}

/** Changes the host's switches of the services that are named. */
export function withServices(
  enabled: PerService<boolean>,
  changes: Partial<Readonly<Record<IntegrationServiceKey, boolean>>>,
): PerService<boolean> {
  const [shutdown, time, exchange, heartbeat, vss, files] = enabled;
  return [
    changes.shutdown ?? shutdown,
    changes.timeSynchronization ?? time,
    changes.keyValuePairExchange ?? exchange,
    changes.heartbeat ?? heartbeat,
    changes.vss ?? vss,
    changes.guestServiceInterface ?? files,
  ];
}
