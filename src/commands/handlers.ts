// Entry of the part with everything that commands do, loaded with the first command: activation needs none of it.
import type { CommandName } from '../manifest';
import { loadTranslations } from '../translations';
import type { HypervNode, NodeRegistry } from '../views/nodes';
import type { CommandContext } from './commandContext';
import { applyCheckpoint, deleteCheckpoint, deleteCheckpointSubtree, renameCheckpoint } from './checkpoints/change';
import { createCheckpoint } from './checkpoints/create';
import { proveProduction } from './checkpoints/prove';
import { connect } from './connect/connect';
import { windowConnect } from './connect/windowConnect';
import { copyFact } from './copy';
import { copySetupCommand } from './copySetupCommand';
import { reset, turnOff } from './cutPower';
import { editPairs } from './editPairs';
import { explainVm } from './explainVm';
import { copyFiles } from './files/copyFiles';
import { ServiceUse } from './files/serviceUse';
import { windowFiles } from './files/windowFiles';
import { filterVms } from './filterVms';
import { findVm } from './findVm';
import { groupVms } from './groupVms';
import { addHost, editHost } from './hosts/addHost';
import { forgetGuestPassword } from './hosts/forgetGuestPassword';
import { forgetPassword, moveHost, removeHost } from './hosts/manage';
import { refresh, retryHost } from './hosts/refresh';
import { testConnection } from './hosts/testRun';
import { windowHosts } from './hosts/windowHosts';
import type { Pages } from './pages';
import { changePower } from './power';
import { resetDemoLab } from './resetDemoLab';
import { copySessionDiagnostics, sessionDiagnostics } from './sessionDiagnostics';
import { applyTicks, changeServices, enableAllServices } from './setService';
import { restartGuest, shutDown } from './shutDown';
import { checkTime } from './time/checkTime';
import { waitForHeartbeat } from './waitForHeartbeat';
import { WindowSearch } from './windowSearch';

/** What the first part has of a command's context; the rest is made here. */
export interface WindowContext extends Omit<CommandContext, 'files' | 'hosts' | 'search' | 'connections'> {
  readonly access: Parameters<typeof windowHosts>[0];
}

/** What it returns is the result of the command, for other commands and tasks. */
export type Handler = (...args: readonly unknown[]) => unknown;

function handlersOf(
  context: CommandContext,
  nodes: NodeRegistry,
  reports: Pages,
  pages: Pages,
): Readonly<Record<CommandName, Handler>> {
  const serviceUse = new ServiceUse();
  return {
    start: (...args) => changePower(context, 'start', ...args),
    resume: (...args) => changePower(context, 'resume', ...args),
    shutDown: (...args) => shutDown(context, ...args),
    restartGuest: (...args) => restartGuest(context, ...args),
    save: (...args) => changePower(context, 'save', ...args),
    pause: (...args) => changePower(context, 'pause', ...args),
    reset: (...args) => reset(context, ...args),
    turnOff: (...args) => turnOff(context, ...args),
    toggleService: (...args) => changeServices(context, nodes, 'toggle', ...args),
    enableService: (...args) => changeServices(context, nodes, 'enable', ...args),
    disableService: (...args) => changeServices(context, nodes, 'disable', ...args),
    enableAllServices: (...args) => enableAllServices(context, nodes, ...args),
    editPairs: (...args) => editPairs(context, ...args),
    explainVm: (...args) => explainVm(context, nodes, pages, ...args),
    checkTime: (...args) => checkTime(context, nodes, pages, ...args),
    waitForHeartbeat: (...args) => waitForHeartbeat(context, ...args),
    createCheckpoint: (...args) => createCheckpoint(context, ...args),
    applyCheckpoint: (...args) => applyCheckpoint(context, ...args),
    renameCheckpoint: (...args) => renameCheckpoint(context, ...args),
    deleteCheckpoint: (...args) => deleteCheckpoint(context, ...args),
    deleteCheckpointSubtree: (...args) => deleteCheckpointSubtree(context, ...args),
    proveCheckpoint: (...args) => proveProduction(context, ...args),
    copyFiles: (...args) => copyFiles(context, serviceUse, ...args),
    connect: (...args) => connect(context, undefined, ...args),
    openVmConnect: (...args) => connect(context, 'vmConnect', ...args),
    openRemoteDesktop: (...args) => connect(context, 'remoteDesktop', ...args),
    openSsh: (...args) => connect(context, 'ssh', ...args),
    openRemoteFolder: (...args) => connect(context, 'remoteFolder', ...args),
    openPowerShellDirect: (...args) => connect(context, 'powerShellDirect', ...args),
    copyName: (...args) => copyFact(context, 'name', ...args),
    copyId: (...args) => copyFact(context, 'id', ...args),
    copyAddress: (...args) => copyFact(context, 'address', ...args),
    copySetupCommand: (...args) => copySetupCommand(context, ...args),
    findVm: () => findVm(context, nodes),
    filterVms: () => filterVms(context),
    clearFilter: () => context.filter.set(undefined),
    groupVms: () => groupVms(context),
    refresh: (...args) => {
      context.checkpoints.invalidate();
      return refresh(context, ...args);
    },
    retryHost: (...args) => retryHost(context, ...args),
    openDemoLab: () => context.openDemoLab(),
    resetDemoLab: () => resetDemoLab(context),
    addHost: () => addHost(context),
    editHost: (...args) => editHost(context, ...args),
    removeHost: (...args) => removeHost(context, ...args),
    moveHostUp: (...args) => moveHost(context, -1, ...args),
    moveHostDown: (...args) => moveHost(context, 1, ...args),
    testConnection: (...args) => testConnection(context, ...args),
    forgetPassword: (...args) => forgetPassword(context, ...args),
    forgetGuestPassword: (...args) => forgetGuestPassword(context, ...args),
    sessionDiagnostics: (...args) => sessionDiagnostics(context, reports, ...args),
    copySessionDiagnostics: () => copySessionDiagnostics(context, reports),
    showLog: () => {
      context.ui.showLog();
    },
  };
}

export interface Handlers {
  readonly byName: Readonly<Record<CommandName, Handler>>;
  /** Checkboxes were clicked: VS Code shows them changed already. */
  readonly applyTicks: (ticks: readonly { node: HypervNode; checked: boolean }[]) => Promise<void>;
}

export function openHandlers(context: WindowContext, nodes: NodeRegistry, reports: Pages, pages: Pages): Handlers {
  loadTranslations();
  const whole: CommandContext = {
    ...context,
    files: windowFiles,
    hosts: windowHosts(context.access),
    search: new WindowSearch(),
    connections: windowConnect(),
  };
  return {
    byName: handlersOf(whole, nodes, reports, pages),
    applyTicks: (ticks) => applyTicks(whole, nodes, ticks),
  };
}
