// Waiting that a caller can leave.
import { SessionError } from './errors';

/** Settles like `work`, or rejects at once as `cancelled` when the signal fires; `work` itself goes on. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(new SessionError('cancelled', 'The request was cancelled before it was sent.'));
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', leave);
    });
  });
}
