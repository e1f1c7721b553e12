// Waiting for a job of the host that goes on after its request was answered. The job is the host's: neither a cancelled
// wait nor a lost session ends it. Called by HostClient; power.ps1 starts such jobs, job.ps1 looks at them.
import { HyperVError } from '../domain/errors';
import type { Clock } from '../powershell/clock';
import type { Answer } from '../powershell/request';
import { isJobFailure } from './errorMapping';

/** Between two looks at a job; doubles from the first to the last. */
const firstDelayMs = 250;
const lastDelayMs = 2_000;

/** A look that fails says nothing about the job; so many in a row say that nobody can tell any more. */
const failedLooks = 3;

export interface JobWait {
  readonly clock: Clock;
  /** Milliseconds from now. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
  /** Asks once what became of the job. */
  readonly look: (jobId: string) => Promise<Answer>;
}

/** The job that is still at work on what was asked for; undefined when there is none. */
export function jobOf(answer: Answer): string | undefined {
  const job = (answer.value as { job?: unknown } | null)?.job;
  return typeof job === 'string' ? job : undefined;
}

/**
 * @returns the answer that has no job any more, and holds the VM
 * @throws HyperVError with the job's own reason when it failed; with outcome `unknown` when the waiting ended before it
 */
export async function untilJobEnded(answer: Answer, { clock, deadlineMs, signal, look }: JobWait): Promise<Answer> {
  const endsAt = clock.now() + deadlineMs;
  let latest = answer;
  let failures = 0;
  let delayMs = firstDelayMs;
  for (let job = jobOf(latest); job !== undefined; job = jobOf(latest)) {
    await pause(clock, Math.min(delayMs, endsAt - clock.now()), signal);
    delayMs = Math.min(delayMs * 2, lastDelayMs);
    if (signal?.aborted === true) throw leftAlone('cancelled');
    try {
      latest = await look(job);
      failures = 0;
    } catch (error) {
      if (isJobFailure(error) || !HyperVError.is(error)) throw error;
      failures += 1;
      if (HyperVError.is(error, 'cancelled') || failures === failedLooks) throw withUnknownOutcome(error);
    }
    if (clock.now() >= endsAt && jobOf(latest) !== undefined) throw leftAlone('timeout');
  }
  return latest;
}

/** Resolves when the time is over or the signal fires. */
function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      timer.dispose();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(ms, end);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
  });
}

function leftAlone(reason: 'cancelled' | 'timeout'): HyperVError {
  return new HyperVError(reason, 'The host still works on it; nobody waits any longer.', 'unknown');
}

function withUnknownOutcome(error: HyperVError): HyperVError {
  const { reason, message, detail } = error;
  return new HyperVError(reason, message, 'unknown', detail, { cause: error });
}
