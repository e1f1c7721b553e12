// Why there is no PSSession: the numbers and ids of PowerShell remoting. Its texts are localised and not looked at. Pure.
// Numbers: wsmerror.h, winerror.h, winhttp.h. Ids: those which PowerShell's WSManTransportManagerUtils makes of numbers.
import type { ConnectionCause, ConnectionFailure, RemoteErrorFacts } from './errors';
import type { ExitInfo } from './launcher';

/** What the process ends with when its connection is not what it was; told to host/lane.ps1. */
export const remoteLostCode = 3;

interface Marks {
  /** Unsigned. */
  readonly numbers: readonly number[];
  /** Up to the comma of the FullyQualifiedErrorId. */
  readonly ids: readonly string[];
}

const marks: Readonly<Partial<Record<ConnectionCause, Marks>>> = {
  permissionDenied: {
    numbers: [
      // ERROR_ACCESS_DENIED, LOGON_FAILURE, and what else is wrong with an account: no logon server for it, restricted,
      // outside its hours or workstations, expired, disabled, without the right, unknown, to be changed, locked out.
      5, 1326, 1311, 1327, 1328, 1329, 1330, 1331, 1385, 1396, 1793, 1907, 1909,
      // ERROR_WINHTTP_LOGIN_FAILURE
      12015,
      // SEC_E_LOGON_DENIED, NO_CREDENTIALS, NO_AUTHENTICATING_AUTHORITY, TIME_SKEW
      0x8009030c, 0x8009030e, 0x80090311, 0x80090324,
    ],
    ids: ['AccessDenied', 'LogonFailure', 'AuthenticationFailed'],
  },
  credentialMissing: {
    // ERROR_WSMAN_EXPLICIT_CREDENTIALS_REQUIRED, CLIENT_CREDENTIALS_NEEDED, CLIENT_USERNAME_PASSWORD_NEEDED,
    // CLIENT_USERNAME_AND_PASSWORD_NEEDED
    numbers: [0x803380e5, 0x803380b2, 0x803380b0, 0x80338147],
    ids: ['ExplicitCredentialsRequired'],
  },
  notTrusted: {
    // ERROR_WSMAN_SERVER_NOT_TRUSTED, DEFAULTAUTH_IPADDRESS, KERBEROS_IPADDRESS, CLIENT_WORKGROUP_NO_KERBEROS,
    // CLIENT_KERBEROS_AUTHENTICATION_DISABLED, SEC_E_WRONG_PRINCIPAL
    numbers: [0x803380e4, 0x803381bb, 0x8033810b, 0x8033810c, 0x803380e2, 0x80090322],
    ids: ['ServerNotTrusted', 'CannotUseIPAddress', 'WorkgroupCannotUseKerberos', 'ClientKerberosDisabled'],
  },
  certificate: {
    // ERROR_WINHTTP_SECURE_*: date, name, authority, revocation check, channel, invalid, revoked, failure, usage;
    // ERROR_WSMAN_SSL_CONNECTION_ABORTED, MUTUAL_AUTH_FAILED
    numbers: [12037, 12038, 12045, 12057, 12157, 12169, 12170, 12175, 12179, 0x803381ba, 0x803381f0],
    ids: [],
  },
  hostNotFound: {
    // ERROR_WSMAN_NAME_NOT_RESOLVED, ERROR_WINHTTP_NAME_NOT_RESOLVED, SEC_E_TARGET_UNKNOWN, WSAHOST_NOT_FOUND
    numbers: [0x803381b9, 12007, 0x80090303, 11001],
    ids: ['ComputerNotFound', 'TargetUnknown'],
  },
  refused: {
    // ERROR_WSMAN_CANNOT_CONNECT, HTTP_NOT_FOUND_STATUS, HTTP_SERVICE_UNAVAILABLE_STATUS: another service or none is there;
    // ERROR_WINHTTP_CANNOT_CONNECT, WSAECONNREFUSED
    numbers: [0x80338012, 0x80338113, 0x80338112, 12029, 10061],
    ids: ['CannotConnect', 'URLNotAvailable', 'CannotConnectWinRMService'],
  },
  timedOut: {
    // ERROR_WSMAN_NETWORK_TIMEDOUT, ERROR_WINHTTP_TIMEOUT, ERROR_BAD_NETPATH, WSAETIMEDOUT
    numbers: [0x80338126, 12002, 53, 10060],
    ids: ['WinRMOperationTimeout', 'NetworkPathNotFound'],
  },
  tooManySessions: {
    // ERROR_WSMAN_QUOTA_MAX_SHELLS, MAX_OPERATIONS, USER, SYSTEM, MAX_SHELLUSERS, and those with _PPQ
    numbers: [
      0x803381a5, 0x803381a6, 0x803381a7, 0x803381a8, 0x803381ab, 0x803381e4, 0x803381e5, 0x803381e6, 0x803381e7,
      0x803381e8, 0x803381e9, 0x803381ea,
    ],
    ids: [],
  },
  remotingDisabled: {
    // ERROR_WSMAN_REMOTESHELLS_NOT_ALLOWED, REMOTE_CONNECTION_NOT_ALLOWED, SERVICE_REMOTE_ACCESS_DISABLED
    numbers: [0x803381ac, 0x803381e3, 0x803381dd],
    ids: ['RemoteSessionDisallowed', 'RemoteConnectionDisallowed'],
  },
  endpointMissing: {
    // ERROR_WSMAN_INVALID_URI and the number of a resource URI which nobody serves, ERROR_WINRS_SHELL_URI_INVALID
    numbers: [0x8033803b, 0x80338002, 0x8033815b],
    ids: ['InvalidResourceUri'],
  },
  // What host/lane.ps1 finds; a NoLanguage endpoint refuses its first block.
  restrictedEndpoint: { numbers: [], ids: ['SessionRemote.NoLanguage', 'SessionRemote.RestrictedLanguage'] },
  languageMode: { numbers: [], ids: ['SessionRemote.ConstrainedLanguage'] },
};

/** @param remote why the session was not opened; undefined when it did not say in time */
export function explainWinRm(remote: RemoteErrorFacts | undefined): ConnectionFailure {
  if (remote === undefined) return { cause: 'timedOut' };
  const code = remote.detail['transportCode'];
  const number = typeof code === 'number' ? code >>> 0 : undefined;
  const [id = ''] = remote.fqid.split(',');
  for (const [cause, { numbers, ids }] of Object.entries(marks)) {
    if ((number !== undefined && numbers.includes(number)) || ids.includes(id)) {
      return { cause: cause as ConnectionCause };
    }
  }
  return { cause: 'closed' };
}

/** @returns undefined when something else than the connection ended it */
export function explainWinRmExit({ code }: ExitInfo): ConnectionFailure | undefined {
  return code === remoteLostCode ? { cause: 'closed' } : undefined;
}
