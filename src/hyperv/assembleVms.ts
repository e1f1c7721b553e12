// Joins the rows of an answer about some VMs into their records, by the VM's GUID. Pure; called by HostClient.
import type { VmId, VmRecord } from '../domain/vm';
import { parseRow } from './inventoryRows';
import { addPart, noParts, recordOf } from './vmParts';
import type { Parts } from './vmParts';

export interface AssembledVms {
  /** In the order of the host's answer. */
  readonly vms: readonly VmRecord[];
  /** What could not be used, for the log: the host's problems and rows that make no sense. */
  readonly problems: readonly string[];
}

/** @param rows in any order */
export function assembleVms(rows: Iterable<unknown>): AssembledVms {
  const byId = new Map<VmId, Parts>();
  const problems: string[] = [];
  for (const raw of rows) {
    const row = parseRow(raw);
    if (row === undefined) problems.push(notUnderstood);
    else if (row.kind === 'problem') problems.push(`${row.className}: ${row.message}`);
    else if (row.kind !== 'foreign') {
      const parts = byId.get(row.id) ?? noParts();
      byId.set(row.id, parts);
      addPart(parts, row);
    }
  }
  return { vms: [...byId.values()].flatMap((parts) => recordOf(parts) ?? []), problems };
}

export const notUnderstood = 'A row of the host was not understood.';
