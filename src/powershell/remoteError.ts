// Error answers of the dispatcher, and failures of the RPC library, as SessionError.
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import { errorCodes } from './errorCodes';
import { SessionError, type Outcome, type RemoteErrorFacts } from './errors';

/** @param error what `sendRequest` of vscode-jsonrpc rejected with */
export function toSessionError(error: unknown): SessionError {
  if (error instanceof SessionError) return error;
  if (!(error instanceof ResponseError))
    return new SessionError('protocol', String(error), { outcome: 'unknown', cause: error });
  const data = record(error.data);
  const outcome: Outcome = data['outcome'] === 'none' ? 'none' : 'unknown';
  switch (error.code) {
    case errorCodes.failed:
      return new SessionError('remote', error.message, { outcome, remote: remoteFacts(error.message, data) });
    case errorCodes.unknownMethod:
    case errorCodes.invalidParameters:
      return new SessionError('badRequest', error.message, { remote: remoteFacts(error.message, data) });
    case errorCodes.cancelled:
    case errorCodes.abandoned:
      return new SessionError('cancelled', error.message, { outcome });
    case ErrorCodes.MessageWriteError:
      // Our writer refuses what PowerShell could not receive: a frame above the limit, text that is not Unicode.
      return new SessionError('badRequest', error.message);
    case ErrorCodes.PendingResponseRejected:
    case ErrorCodes.ConnectionInactive:
      return new SessionError('lost', 'The session ended before it answered.', { outcome: 'unknown' });
    default:
      return new SessionError('protocol', `${error.message} (${error.code})`, { outcome });
  }
}

function remoteFacts(message: string, data: Readonly<Record<string, unknown>>): RemoteErrorFacts {
  const { fqid, category, hresult, target, detail } = data;
  return {
    message,
    fqid: typeof fqid === 'string' ? fqid : '',
    category: typeof category === 'string' ? category : '',
    hresult: typeof hresult === 'number' ? hresult : undefined,
    target: typeof target === 'string' ? target : undefined,
    detail: record(detail),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
