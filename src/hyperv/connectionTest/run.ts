// Runs the connection test of a host: one step after the other, until one fails. Called by hostSession.ts; leaves no
// process behind and changes nothing, here or there.
import { HyperVError } from '../../domain/errors';
import type { HyperVErrorReason } from '../../domain/errors';
import { systemClock } from '../../powershell/clock';
import { testSteps } from '../connectionTest';
import type { ConnectionTestOptions, TestStepId, TestStepResult } from '../connectionTest';
import { toHyperVError } from '../errorMapping';
import type { HostDefinition } from '../hosts';
import type { OpenHostOptions } from '../hostSession';
import type { WinRmHostDefinition } from '../winrmHost';
import { HostSteps } from './hostSteps';
import type { TestedClient } from './hostSteps';
import { portTimeoutMs } from './finding';
import type { Finding } from './finding';
import { sshRemedy, winRmRemedy } from './remedies';
import { sshPortStep, sshSignInStep } from './sshSteps';
import { tryPort } from './tcpPort';

export type OpenTested = (definition: HostDefinition, options: OpenHostOptions) => Promise<TestedClient>;

type Steps = Readonly<Record<TestStepId, () => Promise<Finding>>>;

/** @param open makes the client of the host; its session is ended with the test */
export async function runConnectionTest(
  definition: HostDefinition,
  options: ConnectionTestOptions,
  open: OpenTested,
): Promise<readonly TestStepResult[]> {
  const { signal, onStep } = options;
  const clock = { now: () => systemClock.now(), utcMs: () => Date.now() };
  const host = new HostSteps(() => open(definition, options), signal, clock);
  const steps = stepsOf(definition, options, host);
  const results: TestStepResult[] = [];
  let obstacle: HyperVError | undefined;
  try {
    for (const step of testSteps) {
      if (obstacle === undefined) onStep({ step, outcome: 'running' });
      const finding = obstacle === undefined ? await attempt(steps[step], definition) : skipped(obstacle);
      obstacle ??= finding.error;
      const result = { step, ...finding };
      results.push(result);
      onStep(result);
    }
  } finally {
    await host.close();
  }
  return results;
}

function skipped(error: HyperVError): Finding {
  return { outcome: 'skipped', error };
}

async function attempt(step: () => Promise<Finding>, definition: HostDefinition): Promise<Finding> {
  try {
    return await step();
  } catch (error) {
    const failure = toHyperVError(error, false);
    if (failure.reason === 'cancelled') return skipped(failure);
    return { outcome: 'failed', error: failure, ...remedyFor(failure, definition) };
  }
}

function remedyFor(error: HyperVError, definition: HostDefinition): Pick<Finding, 'remedy'> {
  if (definition.kind === 'ssh') return sshRemedy(error, definition);
  return definition.kind === 'winrm' ? winRmRemedy(error, definition) : {};
}

function stepsOf(definition: HostDefinition, { cwd, signal }: ConnectionTestOptions, host: HostSteps): Steps {
  // A program on this computer is not reached over a network, and shares its clock.
  const needless = (): Promise<Finding> => Promise.resolve({ outcome: 'skipped' });
  const isRemote = definition.kind === 'ssh' || definition.kind === 'winrm';
  return {
    ...wayThere(definition, cwd, signal, host, needless),
    powershell: () => host.powershell(),
    hyperv: () => host.hyperv(),
    rights: () => host.rights(),
    clock: isRemote ? () => host.skew() : needless,
    latency: () => host.latency(),
  };
}

function wayThere(
  definition: HostDefinition,
  cwd: string,
  signal: AbortSignal,
  host: HostSteps,
  needless: () => Promise<Finding>,
): Pick<Steps, 'port' | 'signIn'> {
  switch (definition.kind) {
    case 'ssh':
      return {
        port: () => sshPortStep(definition, cwd, signal),
        signIn: () => sshSignInStep(definition, cwd, signal),
      };
    case 'winrm':
      return { port: () => winRmPortStep(definition, signal), signIn: () => winRmSignInStep(definition, host) };
    case 'local':
    case 'lab':
      return { port: needless, signIn: needless };
  }
}

async function winRmPortStep(definition: WinRmHostDefinition, signal: AbortSignal): Promise<Finding> {
  const { host, useSsl, port = useSsl === true ? 5986 : 5985 } = definition.target;
  const fact = `${host}:${port}`;
  try {
    await tryPort(host.replace(/^\[(.*)\]$/, '$1'), port, portTimeoutMs, signal);
  } catch (error) {
    const failure = toHyperVError(error, false);
    if (failure.reason === 'cancelled') throw failure;
    return { outcome: 'failed', fact, error: failure, ...winRmRemedy(failure, definition) };
  }
  return { outcome: 'passed', fact };
}

/** Failures of PowerShell itself, which show only after the sign-in. */
const afterSignIn: readonly HyperVErrorReason[] = [
  'farPowershellMissing',
  'languageMode',
  'powershellMissing',
  'protocol',
  'sessionFailed',
];

/** WinRM signs in with the session: what is not the session's own fault was the sign-in. */
async function winRmSignInStep(definition: WinRmHostDefinition, host: HostSteps): Promise<Finding> {
  try {
    await host.facts();
  } catch (error) {
    if (!HyperVError.is(error, ...afterSignIn)) throw error;
  }
  return { outcome: 'passed', ...(definition.user !== undefined && { fact: definition.user }) };
}
