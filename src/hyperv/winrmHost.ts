// A Hyper-V host that is reached by WinRM, PowerShell's own remoting: everything a session needs to get there. Used by
// hostSession.ts.
import { SessionError } from '../powershell/errors';
import remote from '../powershell/host/remote.ps1';
import { localLaunchSpec } from '../powershell/launchSpec';
import type { Secrets } from '../powershell/secrets';
import type { SessionOptions } from '../powershell/session';
import type { SessionTimeouts } from '../powershell/sessionTimeouts';
import { SignIn, type CredentialSource } from '../powershell/signIn';
import { explainWinRmExit } from '../powershell/winrmFailure';
import { checkWinRmTarget, checkWinRmUser, isAddress, type WinRmTarget } from '../powershell/winrmTarget';

/** Another Windows computer; this one must be Windows as well. */
export interface WinRmHostDefinition {
  readonly kind: 'winrm';
  readonly id: string;
  /** Display only. */
  readonly name: string;
  readonly target: WinRmTarget;
  /** `DOMAIN\name` or `name@domain`; whoever is signed in to this computer when missing. */
  readonly user?: string | undefined;
}

/** The connection (20 s each for the name, the sign-in and the session in the worst case) and the functions on their way. */
const winrmTimeouts: Partial<SessionTimeouts> = { openMs: 90_000 };

/** The PowerShell text which makes the connection; tests put another one in its place. */
export const winrmTransport = remote;

export interface WinRmSurroundings {
  /** PowerShell on this computer, by its absolute path; looked for at each start of a process. */
  readonly executable: () => string;
  readonly cwd: string;
  readonly platform?: NodeJS.Platform | undefined;
}

/**
 * Checks address and platform; starts nothing.
 * @throws SessionError with a `connection` that says what is wrong
 */
export function winrmSessionOptions(
  { target, user }: WinRmHostDefinition,
  signIn: SignIn,
  { executable, cwd, platform = process.platform }: WinRmSurroundings,
): Pick<SessionOptions, 'launch' | 'timeouts' | 'remote'> {
  const checked = checkWinRmTarget(target);
  if (user !== undefined) checkWinRmUser(user);
  if (platform !== 'win32') {
    // pwsh has the commands elsewhere too, but no WSMan behind them.
    const connection = { cause: 'winrmMissing' } as const;
    throw new SessionError('badRequest', 'WinRM works from Windows only.', { connection });
  }
  return {
    launch: { ...localLaunchSpec({ executable: executable(), cwd }), explainExit: explainWinRmExit },
    timeouts: winrmTimeouts,
    remote: { target: checked, signIn },
  };
}

/** One for all sessions of a host. */
export function winrmSignIn(
  { target, user }: WinRmHostDefinition,
  source: CredentialSource | undefined,
  secrets: Secrets,
): SignIn {
  return new SignIn({ source, secrets, user, mustAsk: user !== undefined || isAddress(target) });
}
