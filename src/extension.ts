// The composition root: the only place where the parts are made and wired. Starts nothing, reads nothing.
import * as os from 'node:os';
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { DemoLab } from './commands/demoLab';
import type { CommandContext } from './commands/commandContext';
import { guarded, registerCommands } from './commands/register';
import { applyTicks } from './commands/setService';
import { WindowUi } from './commands/windowUi';
import { hostPlatform, labAutostart, labSpecText, shutdownDeadlineMs } from './config';
import { connector } from './connector';
import { extensionApi } from './extensionApi';
import type { HypervLabApi, LabCall } from './extensionApi';
import { HostService } from './hyperv/hostService';
import { HostStore } from './hyperv/hostStore';
import type { HostId } from './hyperv/hosts';
import { KvpPanels } from './kvpEditor/panels';
import { LazyLog } from './log';
import { views } from './manifest';
import { systemClock } from './powershell/clock';
import { HostsView } from './views/hostsView';
import { NodeRegistry } from './views/nodes';

let service: HostService | undefined;

export function activate(extension: vscode.ExtensionContext): HypervLabApi {
  try {
    return compose(extension);
  } catch (error) {
    // VS Code writes a failed activation to its own log and shows nothing.
    const message = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(l10n.t('Hyper-V Lab could not start: {0}', message));
    throw error;
  }
}

/** All sessions end in parallel, well within the five seconds the editor gives. */
export async function deactivate(): Promise<void> {
  await service?.dispose();
  service = undefined;
}

function compose(extension: vscode.ExtensionContext): HypervLabApi {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const log = new LazyLog();
  const store = new HostStore((error) => {
    log.error('A listener of the store failed.', error);
  });
  const nodes = new NodeRegistry();
  const labCalls = new Map<HostId, LabCall>();
  const hosts = new HostService({ store, clock: systemClock, connect: connector(extension, log, labCalls) });
  service = hosts;
  const lab = new DemoLab(extension.workspaceState, labSpecText, (host) => {
    hosts.addHost(host);
  });
  const ui = new WindowUi(() => {
    log.show();
  });
  const recallLab = (): void => {
    if (lab.wasOpen || labAutostart()) void guarded(context, () => lab.open());
  };
  const view = new HostsView({
    store,
    nodes,
    platform: hostPlatform(),
    onFirstLook: recallLab,
    onLookAtHost: (hostId) => void hosts.refresh(hostId),
    onTick: (ticks) => void guarded(context, () => applyTicks(context, nodes, ticks)),
  });
  const context: CommandContext = {
    store,
    service: hosts,
    ui,
    log,
    selection: () => view.selection,
    redraw: (rows) => {
      view.redraw(rows);
    },
    reveal: (hostId, vmId) => void guarded(context, () => view.reveal(nodes.vm(hostId, vmId))),
    openPairs: (target, vmId) => {
      pairs.open(target, vmId);
    },
    openDemoLab: async () => {
      await lab.open();
      await vscode.commands.executeCommand(`${views.hosts}.focus`);
    },
    resetLabHost: async (hostId) => {
      await labCalls.get(hostId)?.('lab.reset', {} as never);
    },
    shutdownDeadlineMs,
  };
  const pairs = new KvpPanels(extension.extensionUri, {
    store,
    nodes,
    service: hosts,
    recallHosts: recallLab,
    logError: (message, error) => {
      log.error(message, error);
    },
  });
  extension.subscriptions.push(log, view, store, pairs, ...registerCommands(context, nodes));
  if (hostPlatform() === 'win32') hosts.addHost({ kind: 'local', id: 'local', name: os.hostname() });
  return extensionApi(store, (hostId) => labCalls.get(hostId));
}
