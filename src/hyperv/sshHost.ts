// A Hyper-V host that is reached by ssh: everything a session needs to get there. Used by hostSession.ts.
import { locateSsh } from '../powershell/locateSsh';
import type { SessionOptions } from '../powershell/session';
import { sshLaunchSpec, sshTimeouts } from '../powershell/sshLaunchSpec';
import type { SshTarget } from '../powershell/sshTarget';

/** Another computer with an SSH server; this one needs no PowerShell for it. */
export interface SshHostDefinition {
  readonly kind: 'ssh';
  readonly id: string;
  /** Display only. */
  readonly name: string;
  readonly target: SshTarget;
  /** Absolute path of an ssh configuration that is read instead of the person's own. */
  readonly configFile?: string | undefined;
}

/**
 * Looks for ssh and checks the address; starts nothing.
 * @throws SessionError with a `connection` that says what is wrong
 */
export function sshSessionOptions(
  { target, configFile }: SshHostDefinition,
  cwd: string,
): Pick<SessionOptions, 'launch' | 'timeouts'> {
  return { launch: sshLaunchSpec({ executable: locateSsh(), target, configFile, cwd }), timeouts: sshTimeouts };
}
