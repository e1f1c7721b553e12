// Records of one host's VMs over its session: reads them, and changes VMs with jobs of the host that are waited for. Part of
// HostClient.
import { HyperVError } from '../domain/errors';
import type { VmId, VmRecord } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { SessionLog } from '../powershell/log';
import type { MethodTable, Parameters } from '../powershell/methods';
import type { OrderedChanges } from '../powershell/orderedChanges';
import { untilSent } from '../powershell/request';
import type { Answer, RequestOptions } from '../powershell/request';
import { idsPerRead, jobDeadlineMs } from './api';
import { assembleVms } from './assembleVms';
import { toHyperVError } from './errorMapping';
import type { HostRequests } from './hostRequests';
import { jobOf, untilJobEnded } from './jobWait';

export interface VmClientOptions {
  readonly requests: HostRequests;
  /** The session's whole table. */
  readonly methods: MethodTable;
  /** Shared by all that change VMs of the host. */
  readonly changes: OrderedChanges;
  readonly clock: Clock;
  readonly log: SessionLog;
}

export interface VmRequestOptions extends Pick<RequestOptions, 'signal' | 'withdraw'> {
  /** Told what the host says of the VM while it goes on working at a change. */
  readonly onSeen?: ((vm: VmRecord) => void) | undefined;
}

/** Every promise rejects with a HyperVError and nothing else. */
export class VmClient {
  constructor(private readonly options: VmClientOptions) {}

  /** In a few requests however many they are; one that is missing in the answer is gone. */
  async readMany(ids: readonly VmId[], signal?: AbortSignal): Promise<readonly VmRecord[]> {
    const vms: VmRecord[] = [];
    for (let start = 0; start < ids.length; start += idsPerRead)
      vms.push(...(await this.readSome({ ids: ids.slice(start, start + idsPerRead) }, signal)));
    return vms;
  }

  /** @param parameters of `vm.readMany`, checked by the session */
  async readSome(parameters: Parameters, signal?: AbortSignal): Promise<readonly VmRecord[]> {
    const { rows } = await this.options.requests.rows('vm.readMany', parameters, signal);
    return this.#assemble(rows);
  }

  /** Any method that answers with one VM; resolves when the host's job of it has ended. */
  async request(method: string, parameters: Parameters, options: VmRequestOptions = {}): Promise<VmRecord> {
    const spec = this.options.methods[method];
    const carryOut = (): Promise<VmRecord> => this.#carryOut(method, parameters, options);
    try {
      return await (spec === undefined
        ? carryOut()
        : this.options.changes.run(spec, parameters, untilSent(options), carryOut));
    } catch (error) {
      throw toHyperVError(error, this.options.requests.isChange(method));
    }
  }

  /** undefined when the answer holds none. */
  vmOf({ value }: Answer): VmRecord | undefined {
    const rows = (value as { rows?: unknown } | null)?.rows;
    return this.#assemble(Array.isArray(rows) ? rows : [])[0];
  }

  async #carryOut(
    method: string,
    parameters: Parameters,
    { signal, withdraw, onSeen }: VmRequestOptions,
  ): Promise<VmRecord> {
    const { requests, clock } = this.options;
    const answer = await requests.ask(method, parameters, { signal, withdraw });
    const seen = jobOf(answer) === undefined ? undefined : this.vmOf(answer);
    if (seen !== undefined) onSeen?.(seen);
    const last = await untilJobEnded(answer, {
      clock,
      deadlineMs: jobDeadlineMs(method),
      signal,
      look: (jobId) => requests.ask('job.read', { id: parameters['id'] ?? '', jobId }, { signal }),
    });
    const vm = this.vmOf(last);
    if (vm !== undefined) return vm;
    const outcome = requests.isChange(method) ? 'unknown' : 'none';
    throw new HyperVError('protocol', `The answer to ${method} does not hold the VM.`, outcome);
  }

  #assemble(rows: readonly unknown[]): readonly VmRecord[] {
    const { vms, problems } = assembleVms(rows);
    for (const problem of new Set(problems)) this.options.log.warn(problem);
    return vms;
  }
}
