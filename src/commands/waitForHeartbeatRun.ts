// Looks at a VM again and again until its guest answers, the time is over, or somebody cancels. Without an editor.
import { HyperVError } from '../domain/errors';
import { lookAtHeartbeat } from '../domain/health/heartbeatWait';
import type { HeartbeatLook } from '../domain/health/heartbeatWait';
import type { VmRecord } from '../domain/vm';

export interface HeartbeatPorts {
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** Resolves after that time, or at once when the signal fires. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Rejects with a HyperVError when the host cannot be asked; undefined when it no longer has the VM. */
  readonly read: (signal: AbortSignal) => Promise<VmRecord | undefined>;
}

export type HeartbeatOutcome = Exclude<HeartbeatLook, 'wait'> | 'deadline' | 'cancelled' | 'failed';

export interface HeartbeatEnd {
  readonly outcome: HeartbeatOutcome;
  /** As last seen. */
  readonly vm: VmRecord | undefined;
  readonly waitedMs: number;
  /** Why the host could not be asked; only with `failed`. */
  readonly error?: HyperVError;
}

/** A heartbeat comes every two seconds (`Interval` of Msvm_HeartbeatComponentSettingData), so that is soon enough. */
const pollMs = 2_000;

/** A look that fails says nothing about the guest; so many in a row say that nobody can tell any more. */
const failedLooks = 3;

export async function untilHeartbeat(
  ports: HeartbeatPorts,
  deadlineMs: number,
  signal: AbortSignal,
  onSeen: (vm: VmRecord | undefined, waitedMs: number) => void,
): Promise<HeartbeatEnd> {
  const startedAt = ports.now();
  let failures = 0;
  let seen: VmRecord | undefined;
  const end = (outcome: HeartbeatOutcome, error?: HyperVError): HeartbeatEnd => ({
    outcome,
    vm: seen,
    waitedMs: ports.now() - startedAt,
    ...(error !== undefined && { error }),
  });
  const cancelled = (): boolean => signal.aborted;
  for (;;) {
    if (cancelled()) return end('cancelled');
    try {
      const look = await readInTime(ports, deadlineMs - (ports.now() - startedAt), signal);
      if (look === 'late') return end('deadline');
      seen = look.vm;
      failures = 0;
      const answer = lookAtHeartbeat(seen);
      if (answer !== 'wait') return end(answer);
    } catch (error) {
      // A port that breaks its promise is cancelled or failed, too.
      const failure = HyperVError.from(error);
      failures += 1;
      if (!cancelled() && failures === failedLooks) return end('failed', failure);
    }
    const waitedMs = ports.now() - startedAt;
    if (!cancelled() && waitedMs >= deadlineMs) return end('deadline');
    onSeen(seen, waitedMs);
    await ports.wait(Math.min(pollMs, Math.max(0, deadlineMs - waitedMs)), signal);
  }
}

/** A host that does not answer holds nobody longer than they want to wait. */
async function readInTime(
  ports: HeartbeatPorts,
  ms: number,
  signal: AbortSignal,
): Promise<{ readonly vm: VmRecord | undefined } | 'late'> {
  const answered = new AbortController();
  try {
    return await Promise.race([
      ports.read(signal).then((vm) => ({ vm })),
      ports.wait(ms, answered.signal).then(() => 'late' as const),
    ]);
  } finally {
    answered.abort();
  }
}
