// Data exchange of one host's VMs over its session. Part of HostClient, which keeps changes to one VM in order.
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import type { VmId } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { Parameters } from '../powershell/methods';
import type { Answer, RequestOptions } from '../powershell/request';
import { jobDeadlineMs } from './api';
import { untilJobEnded } from './jobWait';
import type { KvpApplied } from './kvpApplied';
import { kvpReading } from './kvpReading';
import { writeKvpChanges } from './kvpWriter';

/** Rejects with a HyperVError and nothing else. */
type Request = (method: string, parameters: Parameters, options: RequestOptions) => Promise<Answer>;

export class KvpClient {
  constructor(
    private readonly clock: Clock,
    private readonly request: Request,
  ) {}

  read(id: VmId, signal?: AbortSignal): Promise<KvpReading> {
    return this.readWith({ id }, signal);
  }

  /** @param parameters of `kvp.read`, checked by the session */
  async readWith(parameters: Parameters, signal?: AbortSignal): Promise<KvpReading> {
    const rows: unknown[] = [];
    const { value } = await this.request('kvp.read', parameters, {
      ...(signal && { signal }),
      onBatch: (records) => rows.push(...records),
      onRestart: () => {
        rows.length = 0;
      },
    });
    return kvpReading(rows, value);
  }

  /** Reads without the signal: also who cancels wants to know what is there now. */
  apply(id: VmId, pool: EditableKvpPool, changes: KvpChanges, signal?: AbortSignal): Promise<KvpApplied> {
    const ports = {
      read: () => this.read(id),
      send: async (call: string, items: readonly { key: string; value: string }[]) => {
        const keys = items.map(({ key }) => key);
        const values = items.map(({ value }) => value);
        const options = { ...(signal && { signal }) };
        const answer = await this.request('kvp.write', { id, pool, call, keys, values }, options);
        await untilJobEnded(answer, {
          clock: this.clock,
          deadlineMs: jobDeadlineMs('kvp.write'),
          signal,
          look: (jobId) => this.request('job.read', { id, jobId }, options),
        });
      },
    };
    return writeKvpChanges(ports, pool, changes, signal);
  }
}
