// Whether somebody listens at a port: connects and hangs up.
import { connect } from 'node:net';
import { HyperVError } from '../../domain/errors';
import type { UnreachableCause } from '../../domain/errors';

const unknownNames: ReadonlySet<string | undefined> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_NODATA']);

/** @throws HyperVError `hostUnreachable` with its cause, or `cancelled` */
export function tryPort(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new HyperVError('cancelled', 'The connection test was stopped.'));
      return;
    }
    const socket = connect({ host, port });
    const finish = (error?: HyperVError): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const leave = (): void => {
      finish(new HyperVError('cancelled', 'The connection test was stopped.'));
    };
    const timer = setTimeout(() => {
      finish(unreachable('timedOut', `${host}:${port} did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    signal.addEventListener('abort', leave, { once: true });
    socket.once('connect', () => {
      finish();
    });
    // Kept for good: a socket that is destroyed may still report.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      finish(unreachable(causeOf(error.code), error.message, error));
    });
  });
}

function causeOf(code: string | undefined): UnreachableCause {
  if (unknownNames.has(code)) return 'hostNotFound';
  return code === 'ECONNREFUSED' ? 'refused' : 'timedOut';
}

function unreachable(cause: UnreachableCause, message: string, error?: Error): HyperVError {
  return new HyperVError('hostUnreachable', message, 'none', { cause }, { cause: error });
}
