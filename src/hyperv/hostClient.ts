// One host: typed requests over its session. Made by hostSession.ts, used by HostService and by `hv`.
import { Emitter, type Event } from '../domain/emitter';
import { HyperVError } from '../domain/errors';
import type { CheckpointReading } from '../domain/checkpoints/checkpoint';
import type { VmHealth } from '../domain/health/facts';
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import { parseProbeFacts, platformFromOs } from '../domain/readiness';
import type { ProbeFacts } from '../domain/readiness';
import type { Thumbnail, ThumbnailSize } from '../domain/screen/thumbnail';
import type { VmId, VmRecord } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { SupervisorDiagnostics } from '../powershell/diagnostics';
import type { SessionLog } from '../powershell/log';
import type { MethodTable } from '../powershell/methods';
import { OrderedChanges } from '../powershell/orderedChanges';
import { methods } from './api';
import type { ChangeMethod, HostChanges, Inventory, MethodParameters } from './api';
import { CheckpointClient } from './checkpointClient';
import type { CheckpointChange, CheckpointOutcome, CheckpointWatch } from './checkpointClient';
import { toHyperVError } from './errorMapping';
import { FileClient } from './fileClient';
import type { FileCopy, FileWatch } from './fileClient';
import { healthReading } from './healthReading';
import { callMethod } from './hostCalls';
import { parseHostChanges } from './hostChanges';
import type { HostConnection } from './hostConnection';
import { HostJobs } from './hostJobs';
import { HostRequests } from './hostRequests';
import type { ClientSession } from './hostRequests';
import { InventoryReader } from './inventoryReader';
import type { KvpApplied } from './kvpApplied';
import { KvpClient } from './kvpClient';
import { noGuests, TimeClient } from './timeClient';
import type { TimeClientOptions } from './timeClient';
import { thumbnailReading } from './thumbnailReading';
import { VmClient } from './vmClient';

export interface HostClientOptions {
  readonly session: ClientSession;
  /** The session's whole table, a lab's methods included. */
  readonly methods: MethodTable;
  readonly clock: Clock;
  readonly log: SessionLog;
  /** All requests share one way to the host: none may wait there for something to happen. */
  readonly oneLane?: boolean;
  /** Its session waits for those of other hosts to start, or does no longer. */
  readonly onDidWait?: Event<boolean>;
  /** Told before a person's retry: what was refused may be tried again. */
  readonly onRetry?: (() => void) | undefined;
  /** How to get into its guests; not at all when missing. */
  readonly guests?: Omit<TimeClientOptions, 'requests'>;
}

/** Every promise rejects with a HyperVError and nothing else. */
export class HostClient implements HostConnection {
  /** A change is under way until the host's job has ended, which may be long after the answer to the request. */
  readonly #changes = new OrderedChanges();
  readonly #requests: HostRequests;
  readonly #inventory: InventoryReader;
  readonly #vms: VmClient;
  readonly #kvp: KvpClient;
  readonly #checkpoints: CheckpointClient;
  readonly clocks: TimeClient;
  readonly #files: FileClient;
  readonly #lost = new Emitter<undefined>();
  readonly onDidLose: Event<undefined> = this.#lost.event;
  readonly onDidWait: Event<boolean> | undefined;

  constructor(private readonly options: HostClientOptions) {
    this.onDidWait = options.onDidWait;
    const requests = new HostRequests(options.session, options.methods);
    this.#requests = requests;
    this.#inventory = new InventoryReader({
      ...options,
      request: (parameters, requestOptions) => requests.ask('inventory', parameters, requestOptions),
    });
    this.#vms = new VmClient({ ...options, requests, changes: this.#changes });
    const jobs = new HostJobs(options.clock, requests);
    this.#checkpoints = new CheckpointClient(requests, jobs);
    this.#files = new FileClient(jobs);
    this.#kvp = new KvpClient(options.clock, requests);
    this.clocks = new TimeClient({ ...(options.guests ?? noGuests), requests });
    let isReady = false;
    options.session.onDidChangeState((state) => {
      // A start that fails is told to those who wait for it.
      if (isReady && (state === 'waiting' || state === 'gaveUp')) this.#lost.fire(undefined);
      isReady = state === 'ready';
    });
  }

  inventory(signal?: AbortSignal, onVms?: (vms: readonly VmRecord[]) => void): Promise<Inventory> {
    return this.#inventory.read(signal, onVms);
  }

  readVm(id: VmId, signal?: AbortSignal): Promise<VmRecord> {
    return this.#vms.request('vm.read', { id }, { signal });
  }

  readVms(ids: readonly VmId[], signal?: AbortSignal): Promise<readonly VmRecord[]> {
    return this.#vms.readMany(ids, signal);
  }

  async watch(waitMs: number, signal?: AbortSignal, anew = false): Promise<HostChanges> {
    const parameters = { waitMs: this.options.oneLane === true ? 0 : waitMs, ...(anew && { anew }) };
    return parseHostChanges((await this.#requests.ask('host.watch', parameters, { signal })).value);
  }

  async probe(signal?: AbortSignal): Promise<ProbeFacts> {
    const { value } = await this.#requests.ask('host.probe', {}, { signal });
    const { hello } = this.options.session;
    const facts = parseProbeFacts(value, hello === undefined ? process.platform : platformFromOs(hello.os));
    // Whatever shows Windows' services counts as Windows: a simulated host does on every system.
    return facts.serviceState === null ? facts : { ...facts, platform: 'win32' };
  }

  /** The time of the host in milliseconds since 1970, UTC. */
  async clock(signal?: AbortSignal): Promise<number> {
    const { value } = await this.#requests.ask('host.clock', {}, { signal });
    const utcMs = (value as { utcMs?: unknown } | null)?.utcMs;
    if (typeof utcMs === 'number' && Number.isFinite(utcMs)) return utcMs;
    throw new HyperVError('protocol', 'The answer to host.clock does not hold the time.');
  }

  diagnostics(): Promise<SupervisorDiagnostics> {
    return this.options.session.diagnostics();
  }

  change<M extends ChangeMethod>(
    method: M,
    parameters: MethodParameters[M],
    signal?: AbortSignal,
    onSeen?: (vm: VmRecord) => void,
    withdraw?: AbortSignal,
  ): Promise<VmRecord> {
    return this.#vms.request(method, parameters, { signal, onSeen, withdraw });
  }

  readKvp(id: VmId, signal?: AbortSignal): Promise<KvpReading> {
    return this.#kvp.readWith({ id }, signal);
  }

  async readThumbnail(id: VmId, size: ThumbnailSize, signal?: AbortSignal): Promise<Thumbnail | undefined> {
    const { width, height } = size;
    return thumbnailReading((await this.#requests.ask('vm.thumbnail', { id, width, height }, { signal })).value, size);
  }

  async readHealth(id: VmId, signal?: AbortSignal): Promise<VmHealth> {
    return healthReading((await this.#requests.ask('vm.health', { id }, { signal })).value);
  }

  readCheckpoints(id: VmId, signal?: AbortSignal): Promise<CheckpointReading> {
    return this.#checkpoints.read(id, signal);
  }

  async changeCheckpoints(
    id: VmId,
    change: CheckpointChange,
    { signal, onProgress }: CheckpointWatch = {},
    onSeen?: (vm: VmRecord) => void,
  ): Promise<CheckpointOutcome> {
    const carryOut = (): Promise<CheckpointOutcome> =>
      this.#checkpoints.change(id, change, { signal, ...(onProgress && { onProgress }) }, (answer) => {
        const vm = this.#vms.vmOf(answer);
        if (vm !== undefined) onSeen?.(vm);
      });
    try {
      return await this.#changes.run(methods['checkpoint.create'], { id }, signal, carryOut);
    } catch (error) {
      throw toHyperVError(error, false);
    }
  }

  /** Not in order with the changes to the VM: a copy may take an hour, in which it can be shut down all the same. */
  async copyFile(id: VmId, file: FileCopy, watch?: FileWatch): Promise<void> {
    try {
      await this.#files.copy(id, file, watch);
    } catch (error) {
      throw toHyperVError(error, true);
    }
  }

  async applyKvp(id: VmId, pool: EditableKvpPool, changes: KvpChanges, signal?: AbortSignal): Promise<KvpApplied> {
    const carryOut = (): Promise<KvpApplied> => this.#kvp.apply(id, pool, changes, signal);
    try {
      return await this.#changes.run(methods['kvp.write'], { id }, signal, carryOut);
    } catch (error) {
      throw toHyperVError(error, true);
    }
  }

  /**
   * Any method by its name, for people who script.
   * @returns an Inventory, ProbeFacts, a KvpReading, KvpApplied, VmHealth, a ChangeResult, or what a method of the lab returned
   */
  async call(method: string, wanted: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown> {
    const parts = {
      requests: this.#requests,
      inventory: this.#inventory,
      vms: this.#vms,
      kvp: this.#kvp,
      checkpoints: this.#checkpoints,
      host: this,
    };
    return callMethod(parts, method, wanted, signal);
  }

  retry(): void {
    this.options.onRetry?.();
    this.#requests.retry();
  }

  revive(): void {
    this.options.session.retry();
  }

  async stop(): Promise<void> {
    await this.options.session.dispose();
  }
}
