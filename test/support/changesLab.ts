// The VMs that the tests of changes change.
import type { VmId } from '../../src/domain/vm';
import { labGuid, labVmId } from './labHost';
import type { LabHost } from './labHost';

/** Jobs of a second or two end at once at this scale; guests take an hour, so only the tests end their waits. */
export const hour = 3_600_000;
export const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        { name: 'vm', id: labGuid(1), shutdownMs: hour },
        { name: 'off', id: labGuid(2), state: 'off' },
        { name: 'saved', id: labGuid(3), state: 'saved' },
        { name: 'paused', id: labGuid(4), state: 'paused' },
        { name: 'locked', id: labGuid(5), shutdown: 'locked', shutdownMs: hour },
        { name: 'ignores', id: labGuid(6), shutdown: 'ignores' },
        { name: 'no service', id: labGuid(7), guest: 'none' },
        { name: 'too big', id: labGuid(8), state: 'off', startError: 32778 },
        { name: 'other', id: labGuid(9) },
      ],
    },
  ],
  timeScale: 100,
};
export const [running, off, saved, paused, locked, ignores, mute, tooBig, other] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
  labVmId,
) as [VmId, VmId, VmId, VmId, VmId, VmId, VmId, VmId, VmId];

/** From this class on the host shows nothing, as if the rights had been taken away between two queries. */
export async function loseRights({ client }: LabHost, ...classes: readonly string[]): Promise<void> {
  for (const on of [...classes, 'Msvm_VirtualSystemManagementService']) {
    await client.call('lab.fault', { kind: 'accessDenied', on });
  }
}
