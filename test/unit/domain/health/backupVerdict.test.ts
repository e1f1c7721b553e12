import assert from 'node:assert/strict';
import {
  backupMeaning,
  backupNextStep,
  backupReasonText,
  backupTitle,
} from '../../../../src/domain/health/backupTexts';
import { backupVerdict } from '../../../../src/domain/health/backupVerdict';
import type { CheckpointFact, HostWork, VmHealth } from '../../../../src/domain/health/facts';
import type { VmRecord } from '../../../../src/domain/vm';
import { assertGolden } from '../../../support/golden';
import { healthNowMs, makeHealth } from '../../../support/health';
import { serviceStates, vmStates } from '../../../support/viewStates';
import { makeVm, withService } from '../../../support/vms';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const server = makeVm({ uptimeMs: hourMs });

function guestOf(osName: string | null): VmRecord {
  return { ...server, guest: { ...server.guest, osName } };
}

function describeVerdict(
  title: string,
  vm: VmRecord,
  health: VmHealth | 'notAsked' = makeHealth(),
  lost = false,
): string {
  const verdict = backupVerdict(vm, health === 'notAsked' ? undefined : health, lost);
  const step = backupNextStep(verdict);
  return [
    title,
    `  ${backupTitle(verdict)}. ${backupMeaning(verdict.kind)}`,
    ...verdict.reasons.map((reason) => `  - ${backupReasonText(reason)}`),
    ...verdict.caveats.map((reason) => `  ~ ${backupReasonText(reason)}`),
    ...(step === undefined ? [] : [`  > ${step}`]),
  ].join('\n');
}

function golden(name: string, blocks: readonly string[]): void {
  assertGolden(`unit/domain/health/golden/${name}.txt`, `${blocks.join('\n\n')}\n`);
}

function checkpoint(facts: Partial<CheckpointFact> = {}): CheckpointFact {
  return { name: 'before', kind: 'person', createdAtMs: healthNowMs - 3 * dayMs, automatic: false, ...facts };
}

describe('The backup verdict', () => {
  it('of a running Windows guest depends on VSS', () => {
    golden(
      'backupByVss',
      serviceStates.map((state) =>
        describeVerdict(
          `enabled ${String(state.enabled)}, guest ${String(state.status)}, second ${String(state.secondary)}`,
          withService(server, 'vss', state),
        ),
      ),
    );
  });

  it('of VMs in every state says what that means', () => {
    golden(
      'backupByState',
      vmStates.map((state) => describeVerdict(state, { ...server, state })),
    );
  });

  it('promises of each system only what it does', () => {
    golden(
      'backupBySystem',
      ['Windows Server 2025 Datacenter', 'Ubuntu', 'FreeBSD', null].map((osName) =>
        describeVerdict(String(osName), guestOf(osName)),
      ),
    );
  });

  it('names what the host is busy with', () => {
    const works: readonly HostWork[] = [
      'creatingCheckpoint',
      'applyingCheckpoint',
      'deletingCheckpoint',
      'waitingToStart',
      'mergingDisks',
      'exporting',
      'migrating',
    ];
    golden(
      'backupByWork',
      works.map((work) => describeVerdict(work, server, makeHealth({ work: [work] }))),
    );
  });

  it('names what it does not cover, and what may get in the way', () => {
    const disk = { path: 'D:\\a.vhdx', kind: 'file', shared: false, remote: false } as const;
    const replication = { mode: 'primary', stateCode: 3, health: 'ok', lastAtMs: null } as const;
    golden('backupCaveats', [
      describeVerdict('not asked', server, 'notAsked'),
      describeVerdict('nothing shown', server, makeHealth({ disks: null, checkpoints: null, nowMs: null })),
      describeVerdict('passed through', server, makeHealth({ disks: [disk, { ...disk, kind: 'physical' }] })),
      describeVerdict('shared', server, makeHealth({ disks: [{ ...disk, shared: true }] })),
      describeVerdict('on a server, Windows', server, makeHealth({ disks: [{ ...disk, remote: true }] })),
      describeVerdict('on a server, Linux', guestOf('Ubuntu'), makeHealth({ disks: [{ ...disk, remote: true }] })),
      describeVerdict(
        'checkpoints',
        server,
        makeHealth({ checkpoints: [checkpoint(), checkpoint({ createdAtMs: healthNowMs - 40 * dayMs })] }),
      ),
      describeVerdict('of no date', server, makeHealth({ checkpoints: [checkpoint({ createdAtMs: null })] })),
      describeVerdict('fifty', server, makeHealth({ checkpoints: Array.from({ length: 50 }, () => checkpoint()) })),
      describeVerdict('left behind', server, makeHealth({ checkpoints: [checkpoint({ kind: 'backup' })] })),
      describeVerdict('automatic', server, makeHealth({ automaticCheckpoints: true })),
      ...(['disabled', 'production', 'productionOnly', 'standard', 'unknown'] as const).map((checkpointType) =>
        describeVerdict(checkpointType, { ...server, checkpointType }),
      ),
      describeVerdict('replicates', server, makeHealth({ replication })),
      describeVerdict('replication broken', server, makeHealth({ replication: { ...replication, stateCode: 8 } })),
      describeVerdict(
        'replica',
        { ...server, state: 'off' },
        makeHealth({ replication: { ...replication, mode: 'replica' } }),
      ),
    ]);
  });

  it('expects nothing of a guest whose heartbeat was lost, although VSS still says OK', () => {
    assert.equal(backupVerdict(server, makeHealth(), true).kind, 'crashConsistent');
    assert.equal(backupVerdict(server, makeHealth(), false).kind, 'applicationConsistent');
  });
});
