// Data exchange of one host's VMs over its session. Part of HostClient, which keeps changes to one VM in order.
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmId } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { Parameters } from '../powershell/methods';
import { jobDeadlineMs } from './api';
import type { HostRequests } from './hostRequests';
import { untilJobEnded } from './jobWait';
import type { KvpApplied } from './kvpApplied';
import { kvpReading } from './kvpReading';
import { writeKvpChanges } from './kvpWriter';

export class KvpClient {
  constructor(
    private readonly clock: Clock,
    private readonly requests: HostRequests,
  ) {}

  /** @param parameters of `kvp.read`, checked by the session */
  async readWith(parameters: Parameters, signal?: AbortSignal): Promise<KvpReading> {
    const { rows, value } = await this.requests.rows('kvp.read', parameters, signal);
    return kvpReading(rows, value);
  }

  /** Reads without the signal: also who cancels wants to know what is there now. */
  apply(id: VmId, pool: EditableKvpPool, changes: KvpChanges, signal?: AbortSignal): Promise<KvpApplied> {
    const ports = {
      read: () => this.readWith({ id }),
      send: async (call: string, items: readonly { key: string; value: string }[]) => {
        const keys = items.map(({ key }) => key);
        const values = items.map(({ value }) => value);
        const answer = await this.requests.ask('kvp.write', { id, pool, call, keys, values }, { signal });
        await untilJobEnded(answer, {
          clock: this.clock,
          deadlineMs: jobDeadlineMs('kvp.write'),
          signal,
          look: (jobId) => this.requests.ask('job.read', { id, jobId }, { signal }),
        });
      },
    };
    return writeKvpChanges(ports, pool, changes, signal);
  }
}
