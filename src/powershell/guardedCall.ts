// One request with its deadline and its caller's wish to cancel. Called by session.ts.
import type { Clock } from './clock';
import { SessionError, type Outcome, type SessionErrorKind } from './errors';
import { mayChange, type MethodSpec, type Parameters } from './methods';
import type { Answer, RequestOptions } from './request';
import type { RpcChannel } from './rpcChannel';

export interface GuardedCall {
  readonly channel: RpcChannel;
  readonly clock: Clock;
  readonly method: string;
  readonly spec: MethodSpec;
  readonly parameters: Parameters;
  readonly options: RequestOptions;
  readonly cancelGraceMs: number;
}

/**
 * A cancelled or late call that changes nothing rejects at once. A change waits for PowerShell to say what became of it, for `cancelGraceMs`
 * at most: it may turn out to be done, or never to have begun.
 */
export function guardedCall({
  channel,
  clock,
  method,
  spec,
  parameters,
  options,
  cancelGraceMs,
}: GuardedCall): Promise<Answer> {
  const { signal, onBatch } = options;
  const harmless = !mayChange(spec);
  return new Promise((resolve, reject) => {
    const cancellation = new AbortController();
    let settled = false;
    let stopping: SessionErrorKind | undefined;
    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', onAbort);
      deadline?.dispose();
      grace?.dispose();
      act();
    };
    const fail = (error: SessionError): void => {
      settle(() => {
        reject(error);
      });
    };
    const stop = (kind: 'cancelled' | 'timeout'): void => {
      if (settled || stopping !== undefined) return;
      stopping = kind;
      cancellation.abort();
      if (harmless) fail(stopped(kind, method, 'none'));
      else {
        grace = clock.after(cancelGraceMs, () => {
          fail(stopped(kind, method, 'unknown'));
        });
      }
    };
    const onAbort = (): void => {
      stop('cancelled');
    };
    const deadline = Number.isFinite(spec.timeoutMs)
      ? clock.after(spec.timeoutMs, () => {
          stop('timeout');
        })
      : undefined;
    let grace: ReturnType<Clock['after']> | undefined;
    signal?.addEventListener('abort', onAbort);

    const forward = (records: readonly unknown[]): void => {
      if (!settled) onBatch?.(records);
    };
    channel.request(method, parameters, cancellation.signal, forward, spec.isPrivate).then(
      (answer) => {
        settle(() => {
          resolve(answer);
        });
      },
      (error: unknown) => {
        const failure = error as SessionError;
        const outcome = harmless ? 'none' : failure.outcome;
        const cancelled = failure.kind === 'cancelled' && stopping !== undefined;
        fail(cancelled ? stopped(stopping ?? 'cancelled', method, outcome) : withOutcome(failure, outcome));
      },
    );
  });
}

function stopped(kind: SessionErrorKind, method: string, outcome: Outcome): SessionError {
  const reason = kind === 'timeout' ? 'did not answer in time' : 'was cancelled';
  return new SessionError(kind, `${method} ${reason}.`, { outcome });
}

function withOutcome(error: SessionError, outcome: Outcome): SessionError {
  if (error.outcome === outcome) return error;
  const { kind, message, remote, noise, connection, cause } = error;
  return new SessionError(kind, message, { outcome, noise, connection, cause, remote });
}
