// Files of the host into guests, over its session: one request and one job for each. Part of HostClient.
import { HyperVError } from '../domain/errors';
import type { VmId } from '../domain/vm';
import type { HostJobs } from './hostJobs';

/** One file of the host, to a whole path in the guest. */
export interface FileCopy {
  readonly source: string;
  readonly destination: string;
  readonly bytes: number;
  /** Whether a file that is there already is replaced. */
  readonly overwrite: boolean;
}

export interface FileWatch {
  /** Asks the host to end the copy. */
  readonly signal?: AbortSignal | undefined;
  /** @param percent of the file; undefined while the host counts nothing */
  readonly onProgress?: (percent: number | undefined) => void;
}

/** Nobody waits longer for a file: ten minutes, and what it takes at 1 MB/s, slower than any copy that was reported. */
function copyDeadlineMs(bytes: number): number {
  return 600_000 + Math.ceil(bytes / 1_000);
}

/** Like the ids of jobs that failed (job.ps1): it is about this file, and about no other. */
const goneJobId = 'Hv.jobGone';

export class FileClient {
  constructor(private readonly jobs: HostJobs) {}

  /**
   * Resolves when the file is in the guest.
   * @throws HyperVError, with the host's text and number in its detail; outcome `unknown` when nobody can tell
   */
  async copy(id: VmId, { source, destination, bytes, overwrite }: FileCopy, watch: FileWatch = {}): Promise<void> {
    const { value } = await this.jobs.follow({
      method: 'file.copy',
      parameters: { id, source, destination, overwrite },
      look: { method: 'file.read', parameters: {} },
      deadlineMs: copyDeadlineMs(bytes),
      ...watch,
    });
    // The host has forgotten the job, and no file of a guest can be read back.
    if ((value as { gone?: unknown } | null)?.gone === true)
      throw new HyperVError('protocol', 'The host no longer knows what became of the copy.', 'unknown', {
        errorId: goneJobId,
      });
  }
}
