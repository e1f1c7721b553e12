// The command line of a session on another computer: ssh, with the far PowerShell at its end.
import { isAbsolute } from 'node:path';
import { SessionError } from './errors';
import type { LaunchSpec } from './launcher';
import { shellEnvironment } from './launchSpec';
import { explainSshExit } from './sshFailure';
import { checkSshTarget, type SshTarget } from './sshTarget';
import type { SessionTimeouts } from './sessionTimeouts';

export interface SshLaunch {
  /** Absolute path of ssh, from locateSsh.ts. */
  readonly executable: string;
  readonly target: SshTarget;
  /** Absolute path of an ssh configuration that is read instead of the person's own. */
  readonly configFile?: string | undefined;
  /** A folder of ours that exists, never a workspace. */
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What runs there in place of PowerShell: constant words that no shell in between reads in its own way. */
  readonly command?: readonly string[];
}

/** The connection, the sign-in and the start of a PowerShell far away, on a slow line. */
export const sshTimeouts: Partial<SessionTimeouts> = { probeMs: 45_000, helloMs: 30_000 };

/**
 * What the person's ssh configuration says holds, but for what a session cannot live with. Each option is one argument:
 * node-powershell takes none twice and would reorder a number.
 */
const options = [
  // A terminal would echo our frames and break their lines.
  '-T',
  // Nobody could answer a question; a failure says what is missing.
  '-oBatchMode=yes',
  '-oStrictHostKeyChecking=yes',
  '-oConnectTimeout=15',
  // A line that is cut without a word is noticed after 45 seconds.
  '-oServerAliveInterval=15',
  '-oServerAliveCountMax=3',
  // The reasons of a failure are read from what it prints.
  '-oLogLevel=INFO',
  // It would refuse our command.
  '-oRemoteCommand=none',
  // A port that another connection forwards already would end this one.
  '-oClearAllForwardings=yes',
  // The far computer needs neither, and would have them for as long as the window is open.
  '-a',
  '-x',
  // A connection of the person's own may be used, but nobody else's may end with ours.
  '-oControlMaster=no',
];

/** No character that any shell in between would read in its own way: the far default shell may be cmd, PowerShell or bash. */
const farCommand = ['powershell.exe', '-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'];

/** @throws SessionError `badRequest` with the cause `addressInvalid` */
export function sshLaunchSpec({
  executable,
  target,
  configFile,
  cwd,
  env = process.env,
  command = farCommand,
}: SshLaunch): LaunchSpec {
  const { host, user, port } = checkSshTarget(target);
  if (configFile !== undefined && !isAbsolute(configFile))
    throw new SessionError('badRequest', 'The ssh configuration must be named by an absolute path.', {
      connection: { cause: 'addressInvalid' },
    });
  return {
    executable,
    args: [
      ...options,
      ...(configFile === undefined ? [] : [`-F${configFile}`]),
      ...(user === undefined ? [] : [`-l${user}`]),
      ...(port === undefined ? [] : [`-p${port}`]),
      // Whatever follows is no option any more.
      '--',
      host,
      ...command,
    ],
    cwd,
    env: shellEnvironment(env),
    explainExit: explainSshExit,
  };
}
