// The first two steps of a host behind ssh: whether its port answers, and whether it lets us in. Never accepts a key.
import { HyperVError } from '../../domain/errors';
import { SessionError } from '../../powershell/errors';
import { explainSshExit } from '../../powershell/sshFailure';
import { locateSsh } from '../../powershell/locateSsh';
import type { LaunchSpec } from '../../powershell/launcher';
import { sshLaunchSpec } from '../../powershell/sshLaunchSpec';
import { runSsh } from '../../powershell/sshRun';
import type { SshRun } from '../../powershell/sshRun';
import { parseSshRoute, parseSshVerbose, signedInPattern } from '../../powershell/sshVerbose';
import { toHyperVError } from '../errorMapping';
import type { SshHostDefinition } from '../sshHost';
import type { Finding } from './finding';
import { portTimeoutMs } from './finding';
import { sshRemedy } from './remedies';
import { tryPort } from './tcpPort';

/** `ssh -G` reads files and asks nobody, unless the person's configuration runs a program. */
const routeTimeoutMs = 10_000;
/** ssh itself gives up on a connection after 15 s; the rest is for the sign-in. */
const signInTimeoutMs = 30_000;

/** @throws HyperVError */
export async function sshPortStep(host: SshHostDefinition, cwd: string, signal: AbortSignal): Promise<Finding> {
  const { executable, args, env } = specOf(host, cwd);
  const run = await runSsh({ executable, args: ['-G', ...args], cwd, env }, { signal, timeoutMs: routeTimeoutMs });
  const route = parseSshRoute(run.stdout);
  if (route === undefined) throw failureOf(run, run.stderr);
  // Only ssh knows how to get there.
  if (route.through !== undefined) return { outcome: 'skipped', fact: route.through };
  const fact = `${route.host}:${route.port}`;
  try {
    await tryPort(route.host, route.port, portTimeoutMs, signal);
  } catch (error) {
    const failure = toHyperVError(error, false);
    return failure.reason === 'cancelled'
      ? { outcome: 'skipped', error: failure }
      : { outcome: 'failed', fact, error: failure, ...sshRemedy(failure, host, route.port) };
  }
  return { outcome: 'passed', fact };
}

/** Signs in and hangs up: the far command does nothing in any shell, and is not even waited for. */
export async function sshSignInStep(host: SshHostDefinition, cwd: string, signal: AbortSignal): Promise<Finding> {
  const { executable, args, env } = specOf(host, cwd);
  const verbose = args.map((arg) => (arg === '-oLogLevel=INFO' ? '-oLogLevel=DEBUG1' : arg));
  const run = await runSsh(
    { executable, args: [...verbose, 'exit'], cwd, env },
    { signal, timeoutMs: signInTimeoutMs, enough: signedInPattern },
  );
  const { method, fingerprint, forgetCommand, plain } = parseSshVerbose(run.stderr);
  if (run.stderr.some((line) => signedInPattern.test(line)) || wasCarriedOut(run)) {
    return { outcome: 'passed', ...(method !== undefined && { fact: method }) };
  }
  const error = failureOf(run, plain);
  const isAboutKey = HyperVError.is(error, 'hostKeyUnknown', 'hostKeyChanged');
  return {
    outcome: 'failed',
    error,
    ...sshRemedy(error, host, undefined, forgetCommand),
    ...(isAboutKey && fingerprint !== undefined && { fingerprint }),
  };
}

/** Over a connection that was open already ssh has less to say: then only its exit code tells. */
function wasCarriedOut({ exit }: SshRun): boolean {
  return exit?.code !== undefined && exit.code !== null && exit.code !== 255;
}

/** The same options and address as a session has, up to the far command. */
function specOf({ target, configFile }: SshHostDefinition, cwd: string): LaunchSpec {
  const spec = sshLaunchSpec({ executable: locateSsh(), target, configFile, cwd });
  return { ...spec, args: spec.args.slice(0, spec.args.indexOf('--') + 2) };
}

function failureOf({ exit }: SshRun, lines: readonly string[]): HyperVError {
  const noise = lines.map((line) => `stderr: ${line}`);
  if (exit === undefined)
    return new HyperVError('hostUnreachable', 'ssh took too long.', 'none', { cause: 'timedOut' });
  const connection = explainSshExit({ ...exit, code: exit.code ?? 255 }, noise);
  const message = lines.at(-1) ?? exit.error?.message ?? 'ssh ended without a word.';
  return toHyperVError(new SessionError('probe', message, { connection, noise, cause: exit.error }), false);
}
