// What a host does with a VM besides running it, from the numbers of Msvm_ComputerSystem.
import type { HostWork } from '../domain/health/facts';

/** Values of `OperationalStatus` behind the first. Applying is documented as 32769, and others name it 23769. */
const workByCode: ReadonlyMap<unknown, HostWork> = new Map<unknown, HostWork>([
  [32768, 'creatingCheckpoint'],
  [23769, 'applyingCheckpoint'],
  [32769, 'applyingCheckpoint'],
  [32770, 'deletingCheckpoint'],
  [32771, 'waitingToStart'],
  [32772, 'mergingDisks'],
  [32773, 'exporting'],
  [32774, 'migrating'],
]);

/** One value stands for a list of one: some PowerShell versions unroll arrays. */
export function workOfCodes(status: unknown): readonly HostWork[] {
  const codes: readonly unknown[] = Array.isArray(status) ? status : [status];
  return codes.flatMap((code) => workByCode.get(code) ?? []);
}
