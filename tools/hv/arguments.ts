// The command line of the headless client. Pure: text in, a plan or a usage error out.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { LauncherName } from '../../src/hyperv/hostSession';
import { parseSshTarget } from '../../src/powershell/sshTarget';
import type { SshTarget } from '../../src/powershell/sshTarget';

export const usage = `Usage: hv <method> [--params JSON] [options]
       hv - [options]

Asks one Hyper-V host and prints JSON; stdout holds nothing else.
  hv inventory                      {host, vms, stats}: all VMs, by name, then by id
  hv vm.start --params '{"id":…}'   any other method once: its result
  hv -                              JSON lines on stdin, {"method","params"} or {"sleep":ms}; one session, one line
                                    for each answer, in order: {method, result} or {method, error}
An error is {reason, message, outcome, headline, what, nextStep, detail}; headline only when a change was asked for.
Methods: inventory, host.probe; host.watch {waitMs}: what changed since the last call, after 25000 ms at the latest;
vm.readMany {ids}: up to 50 virtual machines; vm.read, vm.start, vm.save, vm.pause, vm.resume, vm.turnOff, vm.reset {id};
vm.shutDown, vm.restartGuest {id, force}, force being optional; service.set {id, service, enabled};
vm.health {id}: its disks, checkpoints and replication;
vm.thumbnail {id, width, height}: the picture of its console as PNG in Base64, at most 640 by 480; null unless it runs;
checkpoint.read {id, sizes}: its checkpoints, with the files they keep if sizes is true;
file.copy {id, source, destination, overwrite}: one file of the host into the guest; names the host's job while that goes
on, to look at by file.read {jobId} and to end by job.cancel {jobId};
kvp.read {id}: the four pools of data exchange; kvp.apply {id, pool: external or hostOnly, add: [{key, value}],
change: [{key, value}], remove: [key]}: one outcome for each pair;
with --lab also lab.advance and others (docs/demo-lab.md).

Options:
  --lab JSON         a simulated host instead of this computer, e.g. '{"vmsPerHost":500}' ('{}': the default lab)
  --ssh [USER@]HOST[:PORT]   another computer, by its SSH server
  --ssh-config FILE  an ssh configuration to use instead of your own
  --host NAME|INDEX  which host of the lab (default: the first)
  --launcher NAME    node-powershell (default) or spawn
  --trace            writes the session's log to stderr
  --help

Exit code: 0; 2 when a single method was answered with an error; 1 when the client itself failed (stderr says why).
`;

export interface Plan {
  /** '-' reads requests from stdin. */
  readonly method: string;
  readonly parameters: WantedParameters;
  /** The lab's description; undefined for this computer. */
  readonly lab: unknown;
  /** Another computer, reached by ssh; undefined for this one. */
  readonly ssh: SshPlan | undefined;
  /** Name or index of the lab's host. */
  readonly host: string | undefined;
  readonly launcher: LauncherName;
  readonly trace: boolean;
}

export interface SshPlan {
  readonly target: SshTarget;
  /** Absolute. */
  readonly configFile: string | undefined;
}

export class UsageError extends Error {}

/** @throws UsageError; @returns undefined when help was asked for */
export function parseArguments(argv: readonly string[]): Plan | undefined {
  const { values, positionals } = read(argv);
  if (values.help === true) return undefined;
  const [method, ...rest] = positionals;
  if (method === undefined || rest.length > 0) throw new UsageError('Name one method, or - for stdin.');
  const launcher = values.launcher ?? 'node-powershell';
  if (launcher !== 'node-powershell' && launcher !== 'spawn') throw new UsageError(`Unknown launcher: ${launcher}`);
  if (values.host !== undefined && values.lab === undefined) throw new UsageError('--host picks a host of a --lab.');
  const parameters = values.params === undefined ? {} : asParameters(json('--params', values.params));
  if (parameters === undefined) throw new UsageError('--params is not an object.');
  return {
    method,
    parameters,
    lab: values.lab === undefined ? undefined : json('--lab', values.lab),
    ssh: sshPlan(values),
    host: values.host,
    launcher,
    trace: values.trace === true,
  };
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        params: { type: 'string' },
        lab: { type: 'string' },
        ssh: { type: 'string' },
        'ssh-config': { type: 'string' },
        host: { type: 'string' },
        launcher: { type: 'string' },
        trace: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function sshPlan(values: { lab?: string; ssh?: string; 'ssh-config'?: string }): SshPlan | undefined {
  const { ssh, lab, 'ssh-config': config } = values;
  if (ssh === undefined) {
    if (config !== undefined) throw new UsageError('--ssh-config goes with --ssh.');
    return undefined;
  }
  if (lab !== undefined) throw new UsageError('Name --lab or --ssh, not both.');
  try {
    return { target: parseSshTarget(ssh), configFile: config === undefined ? undefined : path.resolve(config) };
  } catch (error) {
    throw new UsageError(`--ssh: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function json(option: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${option} is not valid JSON.`);
  }
}

/** Parameters by name; what their values must be is checked with the method's table. */
export type WantedParameters = Readonly<Record<string, unknown>>;

/** undefined when the value is not an object. */
export function asParameters(value: unknown): WantedParameters | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as WantedParameters;
}
