// The command line of ssh for a person in a terminal: it may ask what a session must not, such as whether a key is right.
import { locateSsh } from '../powershell/locateSsh';
import { checkSshTarget } from '../powershell/sshTarget';
import type { SshHostDefinition } from './sshHost';

export interface SignInCommand {
  /** Absolute path of ssh. */
  readonly executable: string;
  /** One each; no shell reads them. */
  readonly args: readonly string[];
}

/**
 * Goes the same way as the sessions of the host.
 * @throws SessionError when this computer has no ssh, or for what is no address
 */
export function sshSignIn({ target, configFile }: SshHostDefinition, executable = locateSsh()): SignInCommand {
  const { host, user, port } = checkSshTarget(target);
  return {
    executable,
    args: [
      ...(configFile === undefined ? [] : ['-F', configFile]),
      ...(user === undefined ? [] : ['-l', user]),
      ...(port === undefined ? [] : ['-p', String(port)]),
      // Whatever follows is no option any more.
      '--',
      host,
    ],
  };
}
