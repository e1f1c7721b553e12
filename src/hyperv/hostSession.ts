// Entry of the lazily loaded session bundle: turns a host's definition into a client. Starts nothing by itself; the
// process starts with the first request.
import { HyperVError } from '../domain/errors';
import type { LabScript } from '../lab/lab';
import { systemClock } from '../powershell/clock';
import { localLaunchSpec } from '../powershell/launchSpec';
import type { Launcher } from '../powershell/launcher';
import { locatePowerShell } from '../powershell/locate';
import type { SessionLog } from '../powershell/log';
import { NodePowerShellLauncher } from '../powershell/nodePowerShellLauncher';
import { Session } from '../powershell/session';
import { SpawnLauncher } from '../powershell/spawnLauncher';
import { SupervisedSession } from '../powershell/supervisor';
import { defaultUpkeep } from '../powershell/upkeep';
import { methods } from './api';
import { HostClient } from './hostClient';
import { hostFunctions } from './hostFunctions';
import type { HostDefinition, LabHostDefinition } from './hosts';
import { sshSessionOptions } from './sshHost';

export type LauncherName = 'node-powershell' | 'spawn';

export interface OpenHostOptions {
  /** Absolute path from the setting; empty or missing means that we choose. Looked up at each start of a process. */
  readonly powershell?: string | undefined;
  /** A folder of ours that exists, never a workspace: names could be found there. */
  readonly cwd: string;
  readonly log: SessionLog;
  readonly launcher?: LauncherName;
}

/** @throws HyperVError `badRequest` when a lab's description is not valid */
export async function openHost(definition: HostDefinition, options: OpenHostOptions): Promise<HostClient> {
  const lab = definition.kind === 'lab' ? await openLab(definition) : undefined;
  const table = { ...methods, ...lab?.methods };
  const launcher = makeLauncher(options.launcher ?? 'node-powershell');
  const session = new SupervisedSession({
    methods: table,
    log: options.log,
    // A lab lives in its process: a new one would start it over.
    upkeep: lab === undefined ? defaultUpkeep : undefined,
    create: () =>
      new Session({
        launcher,
        ...(definition.kind === 'ssh'
          ? sshSessionOptions(definition, options.cwd)
          : {
              launch: localLaunchSpec({
                executable: locatePowerShell({ configured: options.powershell }),
                cwd: options.cwd,
              }),
            }),
        methods: table,
        script: { functions: hostFunctions, module: 'Hyper-V', ...(lab && { prelude: lab.prelude }) },
        log: options.log,
      }),
  });
  return new HostClient({ session, methods: table, clock: systemClock, log: options.log });
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
