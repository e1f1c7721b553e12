// The demo lab as a session sees it: a prelude that puts simulated `Hyper-V` and `CimCmdlets` modules into the
// session's runspaces, and the few methods by which tests move the simulated world. Reached by dynamic import only.
import * as l10n from '@vscode/l10n';
import { HyperVError } from '../domain/errors';
import checkpointFiles from './checkpointFiles.ps1';
import checkpointMethods from './checkpointMethods.ps1';
import checkpoints from './checkpoints.ps1';
import cimCmdlets from './cimCmdlets.ps1';
import cimMethods from './cimMethods.ps1';
import cimQuery from './cimQuery.ps1';
import classes from './classes.ps1';
import clock from './clock.ps1';
import cmdlets from './cmdlets.ps1';
import dataExchange from './dataExchange.ps1';
import faults from './faults.ps1';
import filter from './filter.ps1';
import guest from './guest.ps1';
import guestClock from './guestClock.ps1';
import guestFiles from './guestFiles.ps1';
import healthInstances from './healthInstances.ps1';
import { hostData } from './hostData';
import hyperVCmdlets from './hyperVCmdlets.ps1';
import hyperVModule from './hyperVModule.ps1';
import hyperVObjects from './hyperVObjects.ps1';
import indications from './indications.ps1';
import instances from './instances.ps1';
import jobs from './jobs.ps1';
import labMethods from './labMethods.ps1';
import { parseLabSpec } from './parseLabSpec';
import pairItems from './pairItems.ps1';
import pairMethods from './pairMethods.ps1';
import pairs from './pairs.ps1';
import powerMethods from './powerMethods.ps1';
import rows from './rows.ps1';
import screens from './screens.ps1';
import serviceInstances from './serviceInstances.ps1';
import state from './state.ps1';
import touch from './touch.ps1';
import type { MethodSpec, MethodTable } from '../powershell/methods';
import type { LabSpec } from './labSpec';

export { parseLabSpec } from './parseLabSpec';
export type { LabFault, LabHostSpec, LabSpec, LabVm } from './labSpec';

/** What a session needs to run against one host of the lab. */
export interface LabScript {
  readonly prelude: {
    /** Constant PowerShell text with `New-SessionPreludeState`, `Enter-SessionPrelude` and the lab methods. */
    readonly text: string;
    /** The host's description: plain JSON, below 1 MiB. */
    readonly data: unknown;
  };
  /** `lab.advance`, `lab.reset`, `lab.fault`, `lab.guest`, `lab.touch`. */
  readonly methods: MethodTable;
}

export interface LabHost {
  /** `lab:` + name. */
  readonly id: string;
  readonly name: string;
}

/** The lab a newcomer sees: two English hosts and a German one, sixteen VMs and more with a story each. */
export const defaultLabSpec: LabSpec = parseLabSpec({});

const text = [
  clock,
  state,
  guest,
  guestClock,
  classes,
  rows,
  instances,
  serviceInstances,
  healthInstances,
  screens,
  dataExchange,
  pairItems,
  pairs,
  filter,
  cimQuery,
  jobs,
  checkpoints,
  checkpointFiles,
  checkpointMethods,
  guestFiles,
  powerMethods,
  pairMethods,
  cimMethods,
  cmdlets,
  indications,
  cimCmdlets,
  hyperVModule,
  hyperVCmdlets,
  hyperVObjects,
  faults,
  labMethods,
  touch,
].join('\n');

/** Lab methods do arithmetic only; what takes longer than this hangs. */
const labTimeoutMs = 10_000;

/** `long`: a runspace of their own, so that the clock can move while a change waits; never shared, never repeated. */
function labMethod(name: string, parameters: MethodSpec['parameters']): MethodSpec {
  return { function: name, class: 'long', timeoutMs: labTimeoutMs, parameters };
}

/** Their parameters are those of the functions in labMethods.ps1 and touch.ps1; a test compares them. */
export const labMethodTable = {
  /** Moves the virtual clock on. */
  'lab.advance': labMethod('Step-HvLabClock', { ms: { type: 'integer' } }),
  /** Back to the description, clock at zero. */
  'lab.reset': labMethod('Reset-HvLab', {}),
  /** Adds a fault; `clear` takes those of that kind away, kind `all` every one. */
  'lab.fault': labMethod('Set-HvLabFault', {
    kind: { type: 'string' },
    on: { type: 'string', optional: true },
    vm: { type: 'string', optional: true },
    code: { type: 'integer', optional: true },
    clear: { type: 'boolean', optional: true },
  }),
  /** What a Linux guest answers to a command of ours; in the place of ssh. */
  'lab.guest': labMethod('Get-HvLabLinuxAnswer', { id: { type: 'guid' }, command: { type: 'string' } }),
  /** Somebody else changes something, or a guest hangs: action `state`, `service`, `rename`, `delete`, `create`, `pair`, `hang`. */
  'lab.touch': labMethod('Invoke-HvLabTouch', {
    action: { type: 'string' },
    id: { type: 'guid' },
    name: { type: 'string', optional: true },
    state: { type: 'integer', optional: true },
    service: { type: 'string', optional: true },
    enabled: { type: 'boolean', optional: true },
    pool: { type: 'string', optional: true },
    data: { type: 'string', optional: true },
    remove: { type: 'boolean', optional: true },
  }),
} as const satisfies MethodTable;

/** @throws HyperVError `badRequest` when the lab has no such host */
export function labScript(spec: LabSpec, hostIndex: number): LabScript {
  const host = spec.hosts[hostIndex];
  if (!host) throw new HyperVError('badRequest', l10n.t('The lab has no host number {0}.', hostIndex));
  return { prelude: { text, data: hostData(spec, host) }, methods: labMethodTable };
}

export function labHosts(spec: LabSpec): LabHost[] {
  return spec.hosts.map(({ name }) => ({ id: `lab:${name}`, name }));
}
