// What is shown of a host while it has not answered: its VMs as they were last seen, in this window or an earlier one. Kept
// apart from the truth: whatever acts on VMs reads HostRecord.vms, and finds none of these there. Pure.
import type { VmId, VmRecord } from '../domain/vm';
import type { HostRecord } from './hostStore';

export interface LastKnown {
  /** When the host last answered, in milliseconds since 1970. */
  readonly seenAtMs: number;
  readonly vms: ReadonlyMap<VmId, VmRecord>;
}

/** Whether the row of a VM shows what was, of which nobody knows whether it still is. */
export function isLastKnown({ vms, lastKnown }: HostRecord, vmId: VmId): boolean {
  const old = lastKnown?.vms.get(vmId);
  if (old === undefined) return false;
  const now = vms.get(vmId);
  // An answer of an earlier time is the same object; one that came since is another.
  return now === undefined || now === old;
}

/** What the row of a VM shows, true or last known. */
export function rowVm({ vms, lastKnown }: HostRecord, vmId: VmId): VmRecord | undefined {
  return vms.get(vmId) ?? lastKnown?.vms.get(vmId);
}

/** All VMs that have a row, true or last known. */
export function rowVms({ vms, lastKnown }: HostRecord): ReadonlyMap<VmId, VmRecord> {
  if (lastKnown === undefined) return vms;
  return vms.size === 0 ? lastKnown.vms : new Map([...lastKnown.vms, ...vms]);
}

/** What a host that does not answer any more leaves behind. */
export function outdated(host: HostRecord, nowMs: number): LastKnown | undefined {
  const { vms, lastKnown, seenAtMs } = host;
  if (vms.size === 0) return lastKnown;
  return { seenAtMs: seenAtMs ?? lastKnown?.seenAtMs ?? nowMs, vms: rowVms(host) };
}

/** Without a VM which the host said it no longer has. */
export function withoutVm(lastKnown: LastKnown | undefined, vmId: VmId): LastKnown | undefined {
  if (lastKnown?.vms.has(vmId) !== true) return lastKnown;
  const vms = new Map(lastKnown.vms);
  vms.delete(vmId);
  return { ...lastKnown, vms };
}
