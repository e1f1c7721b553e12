// What a host says of a VM beyond its record: nothing unusual, of which a test names what it cares about.
import type { VmHealth } from '../../src/domain/health/facts';

/** 2026-11-29 10:00 UTC. */
export const healthNowMs = Date.UTC(2026, 10, 29, 10);

export function makeHealth(facts: Partial<VmHealth> = {}): VmHealth {
  return {
    nowMs: healthNowMs,
    stateSinceMs: healthNowMs - 3_600_000,
    work: [],
    applications: 'notReported',
    integrationVersion: 'current',
    automaticCheckpoints: false,
    checkpoints: [],
    disks: [{ path: 'D:\\vm-1.vhdx', kind: 'file', shared: false, remote: false }],
    replication: { mode: 'none', stateCode: null, health: null, lastAtMs: null },
    lastBackupAtMs: null,
    ...facts,
  };
}
