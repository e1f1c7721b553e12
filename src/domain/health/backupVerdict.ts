// Whether a VM can be backed up without stopping it, and how good such a backup is: the verdict and what it rests on. Pure.
// Facts: production checkpoints and backups ask VSS in a Windows guest and freeze the file systems of a Linux guest; without
// that the host can only pause the VM or take the disks as they are (pages on checkpoints and on backup approaches).
import { isTransitional } from '../powerStates';
import type { VmRecord } from '../vm';
import type { HostWork, VmHealth } from './facts';
import { guestFamily, isWindows } from './guestFamily';
import { serviceVerdict } from './serviceVerdict';
import type { ServiceCondition, ServiceVerdict } from './serviceVerdict';

export type BackupVerdictKind =
  | 'applicationConsistent'
  | 'fileSystemConsistent'
  /** As after a power cut, or with the VM paused meanwhile. */
  | 'crashConsistent'
  /** The VM is off: nothing writes, and how good the disks are was decided when it was shut down or turned off. */
  | 'atRest'
  | 'notNow'
  | 'unknown';

/** One fact for or against, in the order of their weight. Numbers are counts, days or milliseconds as named. */
export type BackupReason =
  | { readonly kind: 'state'; readonly state: VmRecord['state'] }
  | { readonly kind: 'work'; readonly work: HostWork }
  | { readonly kind: 'vss'; readonly condition: ServiceCondition }
  | { readonly kind: 'guestSystem'; readonly known: boolean; readonly windows: boolean }
  | { readonly kind: 'contactLost' }
  | { readonly kind: 'passThroughDisks' | 'sharedDisks' | 'remoteDisks'; readonly count: number }
  | { readonly kind: 'disksNotKnown' | 'guestDisksNotKnown' | 'checkpointsNotKnown' }
  | { readonly kind: 'checkpointType'; readonly type: VmRecord['checkpointType'] }
  | { readonly kind: 'checkpoints'; readonly count: number; readonly oldestDays: number | null }
  | { readonly kind: 'backupCheckpoints'; readonly count: number; readonly oldestDays: number | null }
  | { readonly kind: 'tooManyCheckpoints'; readonly count: number }
  | { readonly kind: 'automaticCheckpoints' }
  | { readonly kind: 'replica' }
  | { readonly kind: 'replicating'; readonly stateCode: number | null; readonly critical: boolean }
  | { readonly kind: 'notAsked' };

export interface BackupVerdict {
  readonly kind: BackupVerdictKind;
  /** What decided it. */
  readonly reasons: readonly BackupReason[];
  /** What the verdict does not cover, or what may get in the way. */
  readonly caveats: readonly BackupReason[];
}

/** Hyper-V takes no more checkpoints of one VM. */
const maximumCheckpoints = 50;

const dayMs = 86_400_000;

/**
 * @param health undefined when the host could not be asked: disks, checkpoints and replication are not known then
 * @param contactLost the heartbeat was there and went while the VM ran
 * @param vss what is true about the service
 */
export function backupVerdict(
  vm: VmRecord,
  health: VmHealth | undefined,
  contactLost: boolean,
  vss: ServiceVerdict = serviceVerdict(vm, 'vss'),
): BackupVerdict {
  return { ...judge(vm, health, contactLost, vss), caveats: caveats(vm, health) };
}

function judge(
  vm: VmRecord,
  health: VmHealth | undefined,
  contactLost: boolean,
  { condition }: ServiceVerdict,
): Omit<BackupVerdict, 'caveats'> {
  const { state } = vm;
  const work = health?.work[0];
  if (work !== undefined) return { kind: 'notNow', reasons: [{ kind: 'work', work }] };
  if (isTransitional(state)) return { kind: 'notNow', reasons: [{ kind: 'state', state }] };
  if (state === 'unknown') return { kind: 'unknown', reasons: [{ kind: 'state', state }] };
  if (state === 'off') return { kind: 'atRest', reasons: [{ kind: 'state', state }] };
  if (state !== 'running') return { kind: 'crashConsistent', reasons: [{ kind: 'state', state }] };
  const vss: BackupReason = { kind: 'vss', condition };
  switch (condition) {
    case 'works':
    case 'worksOlder': {
      if (contactLost) return { kind: 'crashConsistent', reasons: [{ kind: 'contactLost' }, vss] };
      const family = guestFamily(vm.guest.osName);
      const windows = isWindows(family);
      const system: BackupReason = { kind: 'guestSystem', known: family !== 'notKnown', windows };
      // Of a system that is not known the weaker promise holds in any case.
      return { kind: windows ? 'applicationConsistent' : 'fileSystemConsistent', reasons: [vss, system] };
    }
    case 'disabled':
    case 'silent':
    case 'noPart':
    case 'lost':
    case 'failing':
      return { kind: 'crashConsistent', reasons: [vss] };
    case 'starting':
    case 'changing':
      return { kind: 'notNow', reasons: [vss] };
    case 'applicationsCritical':
    case 'unsteady':
    case 'disabledByDefault':
    case 'notReported':
    case 'noStatus':
    case 'off':
    case 'paused':
    case 'saved':
    case 'stateNotKnown':
    case 'statusNotKnown':
      return { kind: 'unknown', reasons: [vss] };
  }
}

function caveats(vm: VmRecord, health: VmHealth | undefined): readonly BackupReason[] {
  if (health === undefined) return [{ kind: 'notAsked' }];
  return [
    ...diskCaveats(vm, health),
    ...checkpointCaveats(health),
    ...replicationCaveats(health),
    ...(vm.checkpointType === 'unknown' ? [] : [{ kind: 'checkpointType' as const, type: vm.checkpointType }]),
  ];
}

function diskCaveats({ state, guest }: VmRecord, { disks }: VmHealth): BackupReason[] {
  if (disks === null) return [{ kind: 'disksNotKnown' }];
  const found: BackupReason[] = [];
  const count = (kind: 'passThroughDisks' | 'sharedDisks' | 'remoteDisks', of: number): void => {
    if (of > 0) found.push({ kind, count: of });
  };
  count('passThroughDisks', disks.filter(({ kind }) => kind === 'physical').length);
  count('sharedDisks', disks.filter(({ shared }) => shared).length);
  // Known of Linux guests only (page on features of Linux guests).
  if (!isWindows(guestFamily(guest.osName))) count('remoteDisks', disks.filter(({ remote }) => remote).length);
  // Attached by the guest itself, by iSCSI say: the host cannot see them.
  if (state === 'running') found.push({ kind: 'guestDisksNotKnown' });
  return found;
}

function checkpointCaveats(health: VmHealth): BackupReason[] {
  const { checkpoints, nowMs } = health;
  if (checkpoints === null) return [{ kind: 'checkpointsNotKnown' }];
  const days = (of: typeof checkpoints): number | null => {
    const dates = of.flatMap(({ createdAtMs }) => createdAtMs ?? []);
    return dates.length === 0 || nowMs === null ? null : Math.max(0, Math.floor((nowMs - Math.min(...dates)) / dayMs));
  };
  const ofBackups = checkpoints.filter(({ kind }) => kind === 'backup');
  const others = checkpoints.filter(({ kind }) => kind !== 'backup');
  const found: BackupReason[] = [];
  if (checkpoints.length >= maximumCheckpoints) found.push({ kind: 'tooManyCheckpoints', count: checkpoints.length });
  if (ofBackups.length > 0) {
    found.push({ kind: 'backupCheckpoints', count: ofBackups.length, oldestDays: days(ofBackups) });
  }
  if (others.length > 0) found.push({ kind: 'checkpoints', count: others.length, oldestDays: days(others) });
  if (health.automaticCheckpoints === true) found.push({ kind: 'automaticCheckpoints' });
  return found;
}

/** `ReplicationState` 8 Critical, 9 to 11 resynchronisation; others go on by themselves. */
function replicationCaveats({ replication: { mode, stateCode, health } }: VmHealth): BackupReason[] {
  if (mode === 'replica' || mode === 'testReplica') return [{ kind: 'replica' }];
  if (mode === null || mode === 'none') return [];
  const critical = health === 'critical' || stateCode === 8 || stateCode === 16;
  return [{ kind: 'replicating', stateCode, critical }];
}
