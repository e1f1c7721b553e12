// After a read of a host failed: asks for what explains it. Used by HostService.
import { HyperVError } from '../domain/errors';
import type { ProbeFacts } from '../domain/readiness';
import type { HostConnection } from './hostConnection';
import type { HostDefinition } from './hosts';

/** @returns undefined when the session itself is what failed, or when nothing could be found out; never rejects */
export async function explainFailure(
  definition: HostDefinition | undefined,
  connection: Promise<HostConnection> | undefined,
  failure: HyperVError,
): Promise<ProbeFacts | undefined> {
  // The host answered, and said no.
  const answered = HyperVError.is(failure, 'accessDenied', 'serviceStopped', 'moduleMissing', 'failed');
  // A simulated host fails as it was told to, and has no way out that could be named.
  if (definition === undefined || definition.kind === 'lab' || !answered) return undefined;
  try {
    return await (await connection)?.probe();
  } catch {
    // The failure has a text of its own, which is shown then.
    return undefined;
  }
}
