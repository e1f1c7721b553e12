// A lab's host as the extension opens one, with what the benchmark asks of it besides (listings.ps1).
import { methods as hostMethods } from '../../../src/hyperv/api';
import { HostClient } from '../../../src/hyperv/hostClient';
import { hostFunctions } from '../../../src/hyperv/hostFunctions';
import { labScript, parseLabSpec } from '../../../src/lab/lab';
import { systemClock } from '../../../src/powershell/clock';
import { localLaunchSpec } from '../../../src/powershell/launchSpec';
import { silentLog } from '../../../src/powershell/log';
import type { MethodTable } from '../../../src/powershell/methods';
import { NodePowerShellLauncher } from '../../../src/powershell/nodePowerShellLauncher';
import { Session } from '../../../src/powershell/session';
import { SupervisedSession } from '../../../src/powershell/supervisor';
import type { Plan } from '../plan';
import listings from './listings.ps1';

/** As long as the slowest listing of 2,000 VMs may take. */
const timeoutMs = 600_000;

const benchMethods = {
  'bench.cmdlets': { function: 'Send-BenchVm', class: 'read', timeoutMs, parameters: {} },
  'bench.module': { function: 'Initialize-BenchModule', class: 'read', timeoutMs, parameters: {} },
  'bench.queries': { function: 'Read-BenchQuery', class: 'read', timeoutMs, parameters: {} },
  'bench.burst': {
    function: 'Invoke-BenchBurst',
    class: 'long',
    timeoutMs,
    parameters: { ids: { type: 'stringList' } },
  },
} as const satisfies MethodTable;

export interface BenchHost {
  readonly client: HostClient;
  /** A client that knows nothing of the host yet, so that its first inventory is a whole one. */
  readonly newcomer: () => HostClient;
  readonly session: SupervisedSession;
}

export function openBenchHost({ executable, cwd }: Plan, spec: unknown): BenchHost {
  const lab = labScript(parseLabSpec(spec), 0);
  const methods: MethodTable = {
    ...hostMethods,
    // Both sides get the time they need.
    inventory: { ...hostMethods.inventory, timeoutMs },
    ...lab.methods,
    ...benchMethods,
  };
  const session = new SupervisedSession({
    methods,
    log: silentLog,
    create: () =>
      new Session({
        launcher: new NodePowerShellLauncher(),
        launch: localLaunchSpec({ executable, cwd }),
        methods,
        script: { functions: `${hostFunctions}\n${listings}`, module: 'Hyper-V', prelude: lab.prelude },
        log: silentLog,
      }),
  });
  const newcomer = (): HostClient => new HostClient({ session, methods, clock: systemClock, log: silentLog });
  return { session, newcomer, client: newcomer() };
}
