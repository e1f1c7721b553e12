// What can be the matter with a virtual machine whose pairs are shown, and with a save of them: for the golden text and
// for the pictures.
import type { HyperVErrorReason } from '../../src/domain/errors';
import { HyperVError } from '../../src/domain/errors';
import type { KvpOutcome, KvpPairOutcome } from '../../src/domain/kvp/changes';
import { kvpPools } from '../../src/domain/kvp/pools';
import type { KvpPool, KvpReading } from '../../src/domain/kvp/pools';
import type { VmRecord } from '../../src/domain/vm';
import type { HostRecord, HostStatus } from '../../src/hyperv/hostStore';
import { intrinsicLabels } from '../../src/kvpEditor/intrinsicLabels';
import type { PageSnapshot, PageTarget } from '../../src/kvpEditor/messages';
import { noticeOf, poolNote } from '../../src/kvpEditor/texts';
import { stateText } from '../../src/views/stateTexts';
import { makeVm, withService } from './vms';

const running = makeVm({ name: 'DC01' });
export const stateTarget: PageTarget = { hostId: 'lab1', vmId: running.id, hostName: 'HV-LAB1', vmName: 'DC01' };

const full: KvpReading = {
  pools: {
    external: [{ key: 'deploy.stage', value: 'production' }],
    guest: [{ key: 'agent.version', value: '4.2' }],
    intrinsic: [{ key: 'OSName', value: 'Windows Server 2025 Standard' }],
    hostOnly: [{ key: 'owner', value: 'Anna' }],
  },
  enabled: true,
  unreadable: 0,
};
const withoutMemory: KvpReading = { ...full, pools: { ...full.pools, external: null, guest: null, intrinsic: null } };
const nothing: KvpReading = { ...full, pools: { external: [], guest: [], intrinsic: [], hostOnly: [] } };

interface Situation {
  /** null: the VM is gone. */
  readonly vm?: VmRecord | null;
  /** null: the host is gone. */
  readonly status?: HostStatus | null;
  readonly failure?: HyperVError;
  readonly reading?: KvpReading | null;
}

const failed = (reason: HyperVErrorReason): HyperVError => new HyperVError(reason, 'for the log');

const situations: Readonly<Record<string, Situation>> = {
  running: {},
  'nothing there yet': { reading: nothing },
  off: { vm: makeVm({ name: 'DC01', state: 'off' }), reading: withoutMemory },
  saved: { vm: makeVm({ name: 'DC01', state: 'saved' }), reading: withoutMemory },
  paused: { vm: makeVm({ name: 'DC01', state: 'paused' }) },
  starting: { vm: makeVm({ name: 'DC01', state: 'starting' }), reading: nothing },
  'service disabled': {
    vm: withService(running, 'keyValuePairExchange', { enabled: false }),
    reading: { ...nothing, enabled: false },
  },
  'silent guest': { vm: withService(running, 'keyValuePairExchange', { status: 'noContact' }), reading: nothing },
  'VM gone': { vm: null },
  'host removed': { status: null },
  'host failed': { status: { kind: 'failed', error: failed('accessDenied') } },
  'session failed': { status: { kind: 'failed', error: failed('sessionFailed') } },
  'session lost': { failure: failed('sessionLost') },
  'never read': { failure: failed('timeout'), reading: null },
};

export const situationNames = Object.keys(situations);

/** What the page is told in this situation. */
export function snapshotIn(name: string): PageSnapshot {
  const { vm: given, status = { kind: 'ready' }, failure, reading = full } = situations[name] ?? {};
  const vm = given === null || status === null ? undefined : (given ?? running);
  const host: HostRecord | undefined = status === null ? undefined : { definition, status, vms: new Map() };
  const notes = kvpPools.map((pool) => [pool, poolNote(pool, reading, vm)] as const);
  return {
    vmName: stateTarget.vmName,
    hostName: stateTarget.hostName,
    stateText: vm === undefined ? '' : stateText(vm.state),
    reading,
    readAtMs: reading === null ? null : Date.UTC(2026, 0, 15, 10, 30, 5),
    notice: noticeOf(stateTarget, host, vm, failure),
    poolNotes: Object.fromEntries(notes) as Record<KvpPool, string | null>,
    intrinsicLabels: intrinsicLabels(),
  };
}

const definition = { kind: 'lab', id: 'lab1', name: 'HV-LAB1', spec: {}, index: 0 } as const;

function outcome(of: KvpOutcome, reason?: HyperVErrorReason, hostMessage?: string): KvpPairOutcome {
  return { verb: 'add', key: 'site', outcome: of, ...(reason && { reason }), ...(hostMessage && { hostMessage }) };
}

/** Every way in which a pair can be left unsaved that has words of its own. */
export const unsaved: readonly KvpPairOutcome[] = [
  outcome('refused', 'guestNotReady', 'The device is not ready. (0x800710DF)'),
  outcome('refused', 'invalidParameter'),
  outcome('refused', 'fileNotFound'),
  outcome('refused', 'invalidState'),
  outcome('refused', 'badRequest'),
  outcome('refused', 'accessDenied'),
  outcome('unknown', 'sessionLost'),
  outcome('unknown', 'cancelled'),
  outcome('unknown', 'timeout'),
  outcome('unknown'),
  outcome('notTried', 'sessionLost'),
  outcome('notTried', 'cancelled'),
  outcome('notTried', 'vmNotFound'),
  outcome('notTried'),
];
