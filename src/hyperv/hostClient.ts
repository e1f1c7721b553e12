// One host: typed requests over its session. Made by hostSession.ts, used by HostService and by `hv`.
import { Emitter, type Event } from '../domain/emitter';
import { HyperVError } from '../domain/errors';
import type { CheckpointReading } from '../domain/checkpoints/checkpoint';
import type { VmHealth } from '../domain/health/facts';
import type { KvpChanges } from '../domain/kvp/changes';
import type { EditableKvpPool, KvpReading } from '../domain/kvp/pools';
import { parseProbeFacts, platformFromOs } from '../domain/readiness';
import type { ProbeFacts } from '../domain/readiness';
import type { VmId, VmRecord } from '../domain/vm';
import type { Clock } from '../powershell/clock';
import type { SupervisorDiagnostics } from '../powershell/diagnostics';
import type { Hello } from '../powershell/hello';
import type { SessionLog } from '../powershell/log';
import { mayChange, type MethodTable, type Parameters } from '../powershell/methods';
import { OrderedChanges } from '../powershell/orderedChanges';
import { untilSent, type Answer, type RequestOptions } from '../powershell/request';
import type { SupervisorState } from '../powershell/sessionKeeper';
import { idsPerRead, jobDeadlineMs, methods } from './api';
import type { ChangeMethod, ChangeResult, HostChanges, Inventory, MethodParameters } from './api';
import type { KvpApplied } from './kvpApplied';
import { assembleVms } from './assembleVms';
import { CheckpointClient } from './checkpointClient';
import type { CheckpointChange, CheckpointOutcome, CheckpointWatch } from './checkpointClient';
import { toHyperVError } from './errorMapping';
import { healthReading } from './healthReading';
import { parseHostChanges } from './hostChanges';
import type { HostConnection } from './hostConnection';
import { InventoryReader } from './inventoryReader';
import { jobOf, untilJobEnded } from './jobWait';
import { KvpClient } from './kvpClient';
import { parseKvpRequest } from './kvpRequest';

/** What a client needs of a supervised session. */
export interface ClientSession {
  readonly onDidChangeState: Event<SupervisorState>;
  request(method: string, parameters: Parameters, options?: RequestOptions): Promise<Answer>;
  retry(): void;
  /** The next request starts a session that signs in anew. */
  renew(): void;
  diagnostics(): Promise<SupervisorDiagnostics>;
  /** Of the present session, or the last one. */
  readonly hello: Pick<Hello, 'os'> | undefined;
  dispose(): Promise<void>;
}

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
}

/** Every promise rejects with a HyperVError and nothing else. */
export class HostClient implements HostConnection {
  /** A change is under way until the host's job has ended, which may be long after the answer to the request. */
  readonly #changes = new OrderedChanges();

  readonly #inventory: InventoryReader;
  readonly #kvp: KvpClient;
  readonly #checkpoints: CheckpointClient;
  readonly #lost = new Emitter<undefined>();
  readonly onDidLose: Event<undefined> = this.#lost.event;
  readonly onDidWait: Event<boolean> | undefined;
  /** The host has said no to this sign-in. */
  #refused = false;

  constructor(private readonly options: HostClientOptions) {
    this.onDidWait = options.onDidWait;
    this.#inventory = new InventoryReader({
      ...options,
      request: (parameters, requestOptions) => this.#request('inventory', parameters, requestOptions),
    });
    this.#checkpoints = new CheckpointClient(options.clock, (method, parameters, requestOptions) =>
      this.#request(method, parameters, requestOptions),
    );
    this.#kvp = new KvpClient(options.clock, (method, parameters, requestOptions) =>
      this.#request(method, parameters, requestOptions),
    );
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
    return this.#vmAnswer('vm.read', { id }, signal);
  }

  /** Several VMs, in a few requests however many they are; one that is missing in the answer is gone. */
  async readVms(ids: readonly VmId[], signal?: AbortSignal): Promise<readonly VmRecord[]> {
    const vms: VmRecord[] = [];
    for (let start = 0; start < ids.length; start += idsPerRead) {
      const parameters = { ids: ids.slice(start, start + idsPerRead) };
      vms.push(...(await this.#streamedVms('vm.readMany', parameters, signal)));
    }
    return vms;
  }

  async watch(waitMs: number, signal?: AbortSignal, anew = false): Promise<HostChanges> {
    const parameters = { waitMs: this.options.oneLane === true ? 0 : waitMs, ...(anew && { anew }) };
    const { value } = await this.#request('host.watch', parameters, { ...(signal && { signal }) });
    return parseHostChanges(value);
  }

  async probe(signal?: AbortSignal): Promise<ProbeFacts> {
    const { value } = await this.#request('host.probe', {}, { ...(signal && { signal }) });
    const { hello } = this.options.session;
    const facts = parseProbeFacts(value, hello === undefined ? process.platform : platformFromOs(hello.os));
    // Whatever shows Windows' services counts as Windows: a simulated host does on every system.
    return facts.serviceState === null ? facts : { ...facts, platform: 'win32' };
  }

  /** The time of the host in milliseconds since 1970, UTC. */
  async clock(signal?: AbortSignal): Promise<number> {
    const { value } = await this.#request('host.clock', {}, { ...(signal && { signal }) });
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
    return this.#vmAnswer(method, parameters, signal, onSeen, withdraw);
  }

  readKvp(id: VmId, signal?: AbortSignal): Promise<KvpReading> {
    return this.#kvp.read(id, signal);
  }

  async readHealth(id: VmId, signal?: AbortSignal): Promise<VmHealth> {
    return healthReading((await this.#request('vm.health', { id }, { ...(signal && { signal }) })).value);
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
    const onVm = (answer: Answer): void => {
      const vm = this.#vmOf(answer);
      if (vm !== undefined) onSeen?.(vm);
    };
    const carryOut = (): Promise<CheckpointOutcome> =>
      this.#checkpoints.change(id, change, { signal, ...(onProgress && { onProgress }) }, onVm);
    try {
      return await this.#changes.run(methods['checkpoint.create'], { id }, signal, carryOut);
    } catch (error) {
      throw toHyperVError(error, false);
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
   * Any method by its name, for people who script; the session checks the parameters.
   * @returns an Inventory, ProbeFacts, a KvpReading, KvpApplied, VmHealth, a ChangeResult, or what a method of the lab returned
   */
  async call(method: string, wanted: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown> {
    if (method === 'kvp.apply') {
      const { id, pool, changes } = parseKvpRequest(wanted);
      return this.applyKvp(id, pool, changes, signal);
    }
    // What is no parameter value is refused by the session.
    const parameters = wanted as Parameters;
    const options = { ...(signal && { signal }) };
    if (method === 'inventory') {
      // What it can take is between client and host.
      if (Object.keys(wanted).length > 0) throw new HyperVError('badRequest', 'inventory takes no parameters.');
      return this.#inventory.readWhole(signal);
    }
    if (method === 'host.probe') return this.probe(signal);
    if (method === 'vm.health') return healthReading((await this.#request(method, parameters, options)).value);
    if (method === 'checkpoint.read') return this.#checkpoints.readWith(parameters, signal);
    if (method === 'job.cancel') return (await this.#request(method, parameters, options)).value;
    if (method === 'kvp.read') return this.#kvp.readWith(parameters, signal);
    if (method === 'host.watch') return parseHostChanges((await this.#request(method, parameters, options)).value);
    if (method === 'vm.readMany') return { vms: await this.#streamedVms(method, parameters, signal) };
    if (Object.hasOwn(methods, method)) {
      const result: ChangeResult = { vm: await this.#vmAnswer(method, parameters, signal) };
      return result;
    }
    return (await this.#request(method, parameters, options)).value;
  }

  retry(): void {
    this.options.onRetry?.();
    // A process keeps the rights it was started with: those given since count after a new sign-in.
    if (this.#refused) this.options.session.renew();
    this.#refused = false;
    this.options.session.retry();
  }

  revive(): void {
    this.options.session.retry();
  }

  async stop(): Promise<void> {
    await this.options.session.dispose();
  }

  async #vmAnswer(
    method: string,
    parameters: Parameters,
    signal?: AbortSignal,
    onSeen?: (vm: VmRecord) => void,
    withdraw?: AbortSignal,
  ): Promise<VmRecord> {
    const spec = this.options.methods[method];
    const options = { ...(signal && { signal }), ...(withdraw && { withdraw }) };
    const carryOut = (): Promise<VmRecord> => this.#carryOut(method, parameters, options, onSeen);
    try {
      return await (spec === undefined
        ? carryOut()
        : this.#changes.run(spec, parameters, untilSent(options), carryOut));
    } catch (error) {
      throw toHyperVError(error, this.#isChange(method));
    }
  }

  async #carryOut(
    method: string,
    parameters: Parameters,
    options: Pick<RequestOptions, 'signal' | 'withdraw'>,
    onSeen: ((vm: VmRecord) => void) | undefined,
  ): Promise<VmRecord> {
    const { signal } = options;
    const answer = await this.#request(method, parameters, options);
    const seen = jobOf(answer) === undefined ? undefined : this.#vmOf(answer);
    if (seen !== undefined) onSeen?.(seen);
    const last = await untilJobEnded(answer, {
      clock: this.options.clock,
      deadlineMs: jobDeadlineMs(method),
      signal,
      look: (jobId) => this.#request('job.read', { id: parameters['id'] ?? '', jobId }, { ...(signal && { signal }) }),
    });
    const vm = this.#vmOf(last);
    if (vm !== undefined) return vm;
    const outcome = this.#isChange(method) ? 'unknown' : 'none';
    throw new HyperVError('protocol', `The answer to ${method} does not hold the VM.`, outcome);
  }

  #vmOf(answer: Answer): VmRecord | undefined {
    const rows = (answer.value as { rows?: unknown } | null)?.rows;
    return this.#assemble(Array.isArray(rows) ? rows : [])[0];
  }

  async #streamedVms(
    method: string,
    parameters: Parameters,
    signal: AbortSignal | undefined,
  ): Promise<readonly VmRecord[]> {
    const rows: unknown[] = [];
    await this.#request(method, parameters, {
      ...(signal && { signal }),
      onBatch: (records) => {
        for (const record of records) rows.push(record);
      },
      onRestart: () => {
        rows.length = 0;
      },
    });
    return this.#assemble(rows);
  }

  async #request(method: string, parameters: Parameters, options: RequestOptions): Promise<Answer> {
    try {
      return await this.options.session.request(method, parameters, options);
    } catch (error) {
      const failure = toHyperVError(error, this.#isChange(method));
      this.#refused ||= failure.reason === 'accessDenied';
      throw failure;
    }
  }

  /** A method nobody knows is never sent, so it changes nothing. */
  #isChange(method: string): boolean {
    const spec = this.options.methods[method];
    return spec !== undefined && mayChange(spec);
  }

  #assemble(rows: readonly unknown[]): readonly VmRecord[] {
    const { vms, problems } = assembleVms(rows);
    for (const problem of new Set(problems)) this.options.log.warn(problem);
    return vms;
  }
}
