// Entry of the lazily loaded session bundle: turns a host's definition into a client. Starts nothing by itself; the
// process starts with the first request.
import { Emitter } from '../domain/emitter';
import { HyperVError } from '../domain/errors';
import type { LabScript } from '../lab/lab';
import { systemClock } from '../powershell/clock';
import { localLaunchSpec } from '../powershell/launchSpec';
import type { Launcher } from '../powershell/launcher';
import { locatePowerShell } from '../powershell/locate';
import type { SessionLog } from '../powershell/log';
import { NodePowerShellLauncher } from '../powershell/nodePowerShellLauncher';
import { Secrets } from '../powershell/secrets';
import { Session, type SessionOptions } from '../powershell/session';
import type { CredentialSource, SignIn } from '../powershell/signIn';
import { SpawnLauncher } from '../powershell/spawnLauncher';
import { StartLimit } from '../powershell/startLimit';
import { SupervisedSession } from '../powershell/supervisor';
import { defaultUpkeep } from '../powershell/upkeep';
import { methods } from './api';
import type { ConnectionTestOptions, TestStepResult } from './connectionTest';
import { runConnectionTest } from './connectionTest/run';
import { HostClient } from './hostClient';
import { hostFunctions } from './hostFunctions';
import type { HostDefinition, LabHostDefinition } from './hosts';
import { linuxInLab } from './linuxLab';
import { linuxOverSsh } from './linuxGuest';
import { sshSessionOptions } from './sshHost';
import type { GuestOfHost } from './timeClient';
import { winrmSessionOptions, winrmSignIn, winrmTransport } from './winrmHost';

export type LauncherName = 'node-powershell' | 'spawn';

export interface OpenHostOptions {
  /** Absolute path from the setting; empty or missing means that we choose. Looked up at each start of a process. */
  readonly powershell?: string | undefined;
  /** A folder of ours that exists, never a workspace: names could be found there. */
  readonly cwd: string;
  readonly log: SessionLog;
  readonly launcher?: LauncherName;
  /** Passwords of a host, when there is somebody who has some. Hosts by ssh need none. */
  readonly credentials?: ((host: CredentialHost) => CredentialSource) | undefined;
  /** The same for its guests. */
  readonly guestCredentials?: ((host: CredentialHost, vm: GuestOfHost) => CredentialSource) | undefined;
  /** How a host by WinRM is reached; tests have another way, on any platform. */
  readonly winrm?: { readonly transport: string; readonly platform: NodeJS.Platform } | undefined;
  /** With whose starts those of this host take turns; with nobody's when missing. */
  readonly starts?: StartLimit | undefined;
}

/** Of all hosts that the window shows. */
export const windowStarts = new StartLimit(systemClock);

export type CredentialHost = Pick<HostDefinition, 'id' | 'name'>;

/** @throws HyperVError `badRequest` when a lab's description is not valid */
export async function openHost(definition: HostDefinition, options: OpenHostOptions): Promise<HostClient> {
  const lab = definition.kind === 'lab' ? await openLab(definition) : undefined;
  const table = { ...methods, ...lab?.methods };
  const launcher = makeLauncher(options.launcher ?? 'node-powershell');
  const secrets = new Secrets();
  const waits = new Emitter<boolean>();
  const { starts, guestCredentials } = options;
  const now = (): number => Date.now();
  const signIn =
    definition.kind === 'winrm' ? winrmSignIn(definition, options.credentials?.(definition), secrets) : undefined;
  const session = new SupervisedSession({
    methods: table,
    log: options.log,
    // A lab lives in its process: a new one would start it over.
    upkeep: lab === undefined ? defaultUpkeep : undefined,
    create: () =>
      new Session({
        launcher,
        ...wayTo(definition, options, signIn),
        methods: table,
        script: {
          functions: hostFunctions,
          module: 'Hyper-V',
          ...(lab && { prelude: lab.prelude }),
          ...(signIn && { transport: options.winrm?.transport ?? winrmTransport }),
        },
        log: options.log,
        secrets,
        turn:
          starts &&
          ((signal) =>
            starts.enter(signal, (mustWait) => {
              waits.fire(mustWait);
            })),
      }),
  });
  return new HostClient({
    session,
    methods: table,
    clock: systemClock,
    log: options.log,
    oneLane: definition.kind === 'winrm',
    onDidWait: waits.event,
    onRetry: () => {
      signIn?.retry();
    },
    guests: {
      linuxGuest: lab === undefined ? linuxOverSsh(options.cwd, now) : linuxInLab(session, now),
      credentials: guestCredentials && ((vm) => guestCredentials(definition, vm)),
      secrets,
      now,
    },
  });
}

/** @throws SessionError when there is none */
function wayTo(
  definition: HostDefinition,
  { cwd, powershell, winrm }: OpenHostOptions,
  signIn: SignIn | undefined,
): Pick<SessionOptions, 'launch' | 'timeouts' | 'remote'> {
  if (definition.kind === 'ssh') return sshSessionOptions(definition, cwd);
  const executable = (): string => locatePowerShell({ configured: powershell });
  if (definition.kind === 'winrm' && signIn !== undefined)
    return winrmSessionOptions(definition, signIn, { executable, cwd, platform: winrm?.platform });
  return { launch: localLaunchSpec({ executable: executable(), cwd }) };
}

/** Finds out step by step how far the way to a host leads; see connectionTest.ts. Never rejects for what it finds. */
export function testConnection(
  definition: HostDefinition,
  options: ConnectionTestOptions,
): Promise<readonly TestStepResult[]> {
  return runConnectionTest(definition, options, openHost);
}

function makeLauncher(name: LauncherName): Launcher {
  return name === 'spawn' ? new SpawnLauncher() : new NodePowerShellLauncher();
}

async function openLab({ spec, index }: LabHostDefinition): Promise<LabScript> {
  const { labScript, parseLabSpec } = await import('../lab/lab');
  try {
    return labScript(parseLabSpec(spec), index);
  } catch (error) {
    throw new HyperVError(
      'badRequest',
      error instanceof Error ? error.message : String(error),
      'none',
      {},
      { cause: error },
    );
  }
}
