// Requests whose work goes on as a job of the host: started, looked at, and ended when a person cancels. Used by the
// clients of checkpoints and of files.
import { HyperVError } from '../domain/errors';
import type { Clock } from '../powershell/clock';
import type { Parameters } from '../powershell/methods';
import type { Answer } from '../powershell/request';
import { isJobFailure } from './errorMapping';
import type { HostRequests } from './hostRequests';
import { jobOf, untilJobEnded } from './jobWait';

export interface JobWork {
  readonly method: string;
  readonly parameters: Parameters;
  /** How a look at its job is asked for. */
  readonly look: { readonly method: string; readonly parameters: Parameters };
  /** Milliseconds that the job is waited for. */
  readonly deadlineMs: number;
  /** Asks the host to end the job, where that can be ended. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each answer that has no job any more, or is the first. */
  readonly onAnswer?: ((answer: Answer) => void) | undefined;
  /** @param percent of the job, which many jobs do not count; undefined then */
  readonly onProgress?: ((percent: number | undefined) => void) | undefined;
}

/** How long a request may take to name its job when a person has cancelled already. */
const answersWithinMs = 5_000;

/** How long a job that was asked to end is given to do so. */
const endsWithinMs = 120_000;

export class HostJobs {
  constructor(
    private readonly clock: Clock,
    private readonly requests: HostRequests,
  ) {}

  /**
   * @returns the answer in which there is no job any more
   * @throws HyperVError `cancelled`, outcome `none`, when the host has ended its job and undone it; `unknown` when it goes on
   */
  async follow(work: JobWork): Promise<Answer> {
    const { method, parameters, deadlineMs, signal, onAnswer, onProgress } = work;
    const isOver = (): boolean => signal?.aborted === true;
    if (isOver()) throw new HyperVError('cancelled', `${method} was not asked for any more.`);
    onProgress?.(undefined);
    const answer = await this.#asked(method, parameters, signal);
    onAnswer?.(answer);
    const jobId = jobOf(answer);
    if (jobId === undefined) return answer;
    const look = async (): Promise<Answer> => {
      const seen = await this.requests.ask(work.look.method, { ...work.look.parameters, jobId });
      if (jobOf(seen) === undefined) onAnswer?.(seen);
      else onProgress?.(percentOf(seen));
      return seen;
    };
    try {
      return await untilJobEnded(answer, { clock: this.clock, deadlineMs, signal, look });
    } catch (error) {
      if (!isOver() || !HyperVError.is(error, 'cancelled')) throw error;
      return await this.#end(answer, jobId, error, look);
    }
  }

  /** The answer names the job, without which it cannot be ended: it is waited for a little after a person has cancelled. */
  async #asked(method: string, parameters: Parameters, signal: AbortSignal | undefined): Promise<Answer> {
    const patience = new AbortController();
    let timer: { dispose(): void } | undefined;
    const begin = (): void => {
      timer ??= this.clock.after(answersWithinMs, () => {
        patience.abort();
      });
    };
    signal?.addEventListener('abort', begin, { once: true });
    try {
      return await this.requests.ask(method, parameters, { signal: patience.signal });
    } finally {
      signal?.removeEventListener('abort', begin);
      timer?.dispose();
    }
  }

  /** Returns when the job was done before it could be ended. */
  async #end(answer: Answer, jobId: string, left: HyperVError, look: () => Promise<Answer>): Promise<Answer> {
    const ending = await this.requests.ask('job.cancel', { jobId }).catch(() => undefined);
    if ((ending?.value as { asked?: unknown } | null | undefined)?.asked !== true) throw left;
    try {
      return await untilJobEnded(answer, { clock: this.clock, deadlineMs: endsWithinMs, signal: undefined, look });
    } catch (error) {
      if (!isJobFailure(error)) throw error;
      throw new HyperVError('cancelled', 'The host has ended its job.', 'none', {}, { cause: error });
    }
  }
}

function percentOf({ value }: Answer): number | undefined {
  const percent = (value as { percent?: unknown } | null)?.percent;
  return typeof percent === 'number' && percent > 0 && percent <= 100 ? percent : undefined;
}
