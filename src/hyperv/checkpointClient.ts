// Checkpoints of one host's VMs over its session: requests of several steps, and jobs that are followed, ended and told of.
// Part of HostClient, which keeps changes to one VM in order.
import type { Checkpoint, CheckpointId, CheckpointReading } from '../domain/checkpoints/checkpoint';
import { mustBeSaved } from '../domain/checkpoints/actions';
import { newCheckpoint, verdictOn } from '../domain/checkpoints/kind';
import type { Verdict, WantedType } from '../domain/checkpoints/kind';
import { HyperVError } from '../domain/errors';
import type { VmState } from '../domain/powerStates';
import type { CheckpointType, VmId } from '../domain/vm';
import type { Parameters } from '../powershell/methods';
import type { Answer } from '../powershell/request';
import { jobDeadlineMs } from './api';
import { checkpointReading } from './checkpointReading';
import type { HostJobs } from './hostJobs';
import type { HostRequests } from './hostRequests';

/** One thing that a person wants done with checkpoints of one VM. */
export type CheckpointChange =
  | { readonly kind: 'create'; readonly type: WantedType; readonly name: string }
  | { readonly kind: 'rename'; readonly checkpointId: CheckpointId; readonly name: string }
  | { readonly kind: 'apply'; readonly checkpointId: CheckpointId }
  | { readonly kind: 'delete'; readonly checkpointId: CheckpointId; readonly subtree: boolean };

/** A part of a change that takes time. */
export type CheckpointStep = 'saving' | 'creating' | 'applying' | 'deleting';

export interface CheckpointWatch {
  /** Asks the host to end what it does, where it can be ended. */
  readonly signal?: AbortSignal | undefined;
  /** @param percent of the host's job, which many jobs do not count; undefined then */
  readonly onProgress?: (step: CheckpointStep, percent: number | undefined) => void;
}

export interface CheckpointOutcome {
  /** As they are afterwards; missing when they could not be read again. */
  readonly reading?: CheckpointReading | undefined;
  /**
   * Why it was not done, or not known to be. Reason `cancelled` with outcome `none`: the host has ended its job and undone
   * it; with `unknown`: it goes on with it.
   */
  readonly failure?: HyperVError | undefined;
  /** Of `create`. */
  readonly made?: MadeCheckpoint | undefined;
  /** Of `create`: what the VM is set to make now, when that could not be set back. */
  readonly settingLeft?: CheckpointType | undefined;
  /** Of `apply`: the state of the VM before it was saved for that. */
  readonly savedFrom?: VmState | undefined;
}

export interface MadeCheckpoint {
  /** Missing when nobody can tell which one is new. */
  readonly checkpoint?: Checkpoint | undefined;
  readonly verdict: Verdict;
  /** It kept the name of the host's choice. */
  readonly unnamed: boolean;
}

interface Watch extends CheckpointWatch {
  readonly onVm: (answer: Answer) => void;
}

export class CheckpointClient {
  constructor(
    private readonly requests: HostRequests,
    private readonly jobs: HostJobs,
  ) {}

  /** With the files they keep, which costs more: for those who look. */
  async read(id: VmId, signal?: AbortSignal): Promise<CheckpointReading> {
    return this.readWith({ id, sizes: true }, signal);
  }

  /** @param parameters of `checkpoint.read`, checked by the session */
  async readWith(parameters: Parameters, signal?: AbortSignal): Promise<CheckpointReading> {
    const { rows, value } = await this.requests.rows('checkpoint.read', parameters, signal);
    return checkpointReading(rows, value);
  }

  /**
   * Carries out one change and reads the checkpoints again.
   * @param onVm told of each answer that may hold the VM
   * @throws HyperVError when nothing was asked
   */
  async change(
    id: VmId,
    change: CheckpointChange,
    watch: CheckpointWatch,
    onVm: (answer: Answer) => void,
  ): Promise<CheckpointOutcome> {
    switch (change.kind) {
      case 'create':
        return this.#create(id, change.type, change.name, { ...watch, onVm });
      case 'apply':
        return this.#apply(id, change.checkpointId, { ...watch, onVm });
      case 'rename': {
        const { checkpointId, name } = change;
        const failure = await failureOf(this.requests.ask('checkpoint.rename', { id, checkpointId, name }));
        return { failure, reading: await this.#readAfter(id) };
      }
      case 'delete': {
        const { checkpointId, subtree } = change;
        const work = this.#follow('checkpoint.delete', { id, checkpointId, subtree }, 'deleting', {
          ...watch,
          onVm,
        });
        return { failure: await failureOf(work), reading: await this.#readAfter(id) };
      }
    }
  }

  async #create(id: VmId, type: WantedType, name: string, watch: Watch): Promise<CheckpointOutcome> {
    const before = await this.readWith({ id }, watch.signal);
    // The VM's own setting decides which type the host makes, so it is another one for as long as that takes.
    // Of a VM without a running guest all types are the same.
    const isLent = mustBeSaved(before.vmState) && before.setting !== type && isOneOf(before.setting);
    if (isLent) {
      const refused = await failureOf(this.requests.ask('checkpoint.setType', { id, type }));
      if (refused !== undefined) return { failure: refused, ...(await this.#giveBack(id, before.setting)) };
    }
    const failure = await failureOf(this.#follow('checkpoint.create', { id }, 'creating', watch));
    const left = isLent ? await this.#giveBack(id, before.setting) : {};
    const reading = await this.#readAfter(id);
    if (failure !== undefined) return { failure, reading, ...left };
    const checkpoint = reading && newCheckpoint(before.checkpoints, reading.checkpoints, reading.currentId);
    if (checkpoint === undefined) return { reading, made: { verdict: 'unknown', unnamed: true }, ...left };
    const verdict = verdictOn(type, before.vmState, checkpoint);
    const rename = { id, checkpointId: checkpoint.id, name };
    const unnamed = name !== '' && (await failureOf(this.requests.ask('checkpoint.rename', rename))) !== undefined;
    const named = name === '' || unnamed ? checkpoint : { ...checkpoint, name };
    return { reading: (await this.#readAfter(id)) ?? reading, made: { checkpoint: named, verdict, unnamed }, ...left };
  }

  async #giveBack(id: VmId, setting: CheckpointType): Promise<Pick<CheckpointOutcome, 'settingLeft'>> {
    if ((await failureOf(this.requests.ask('checkpoint.setType', { id, type: setting }))) === undefined) return {};
    const now = await this.readWith({ id }).catch(() => undefined);
    return now?.setting === setting ? {} : { settingLeft: now?.setting ?? 'unknown' };
  }

  /** The host applies no checkpoint to a VM that runs; saved, it loses nothing when applying fails. */
  async #apply(id: VmId, checkpointId: CheckpointId, watch: Watch): Promise<CheckpointOutcome> {
    const { vmState } = await this.readWith({ id }, watch.signal);
    const savedFrom = mustBeSaved(vmState) ? vmState : undefined;
    if (savedFrom !== undefined) {
      const failure = await failureOf(this.#follow('vm.save', { id }, 'saving', watch));
      if (failure !== undefined) return { failure, reading: await this.#readAfter(id) };
    }
    const failure = await failureOf(this.#follow('checkpoint.apply', { id, checkpointId }, 'applying', watch));
    return { failure, reading: await this.#readAfter(id), savedFrom };
  }

  /** Whoever cancels wants to know what is there now, so this read has no signal. */
  async #readAfter(id: VmId): Promise<CheckpointReading | undefined> {
    return this.read(id).catch(() => undefined);
  }

  async #follow(method: string, parameters: Parameters, step: CheckpointStep, watch: Watch): Promise<void> {
    const { signal, onProgress, onVm } = watch;
    await this.jobs.follow({
      method,
      parameters,
      look: { method: 'job.read', parameters: { id: parameters['id'] ?? '' } },
      deadlineMs: jobDeadlineMs(method),
      signal,
      onAnswer: onVm,
      onProgress: (percent) => onProgress?.(step, percent),
    });
  }
}

/** A setting that can be taken away and given back: neither disabled nor one we do not know. */
function isOneOf(setting: CheckpointType): setting is WantedType {
  return setting !== 'unknown' && setting !== 'disabled';
}

async function failureOf(work: Promise<unknown>): Promise<HyperVError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return HyperVError.from(error);
  }
}
