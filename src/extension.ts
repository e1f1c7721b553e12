// The composition root: the only place where the parts are made and wired. Starts nothing, reads nothing.
import * as os from 'node:os';
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { DemoLab } from './commands/demoLab';
import type { WindowContext } from './commands/handlers';
import { watchHostsSetting } from './commands/hosts/watchSetting';
import { guarded, registerCommands } from './commands/register';
import { WindowUi } from './commands/windowUi';
import {
  groupingSetting,
  heartbeatNotify,
  hostPlatform,
  labAutostart,
  labSpecText,
  shutdownDeadlineMs,
  thumbnailsShow,
} from './config';
import { hostAccess } from './connector';
import { extensionApi } from './extensionApi';
import type { HypervLabApi, LabCall } from './extensionApi';
import { CheckpointCache } from './hyperv/checkpointCache';
import { lazily } from './domain/lazy';
import { HostService } from './hyperv/hostService';
import { HostStore } from './hyperv/hostStore';
import type { HostId } from './hyperv/hosts';
import { LazyKvpPanels } from './kvpEditor/lazyPanels';
import { LazyLog } from './log';
import { commands, views } from './manifest';
import { systemClock } from './powershell/clock';
import { Recall } from './recall';
import { loadTranslations } from './translations';
import { HostsView } from './views/hostsView';
import { KeptFilter } from './views/keptFilter';
import { NodeRegistry } from './views/nodes';

let service: HostService | undefined;
let recall: Recall | undefined;

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
  await Promise.all([recall?.end(), service?.dispose()]);
  service = undefined;
}

function compose(extension: vscode.ExtensionContext): HypervLabApi {
  loadTranslations();
  const log = new LazyLog();
  const store = new HostStore((error) => {
    log.error('A listener of the store failed.', error);
  });
  const nodes = new NodeRegistry();
  const filter = new KeptFilter(extension.workspaceState);
  const labCalls = new Map<HostId, LabCall>();
  const access = hostAccess(extension, log, labCalls);
  const hosts = new HostService({ store, clock: systemClock, connect: access.connect });
  service = hosts;
  const checkpoints = new CheckpointCache({
    store,
    clock: systemClock,
    read: (hostId, vmId) => hosts.details.readCheckpoints(hostId, vmId),
  });
  const lastSeen = new Recall(extension.globalStorageUri, store, log);
  recall = lastSeen;
  const lab = new DemoLab(extension.workspaceState, labSpecText, (host) => {
    hosts.addHost(host);
  });
  const ui = new WindowUi(() => {
    log.show();
  });
  const recallLab = (): void => {
    if (lab.wasOpen || labAutostart()) void guarded(context, () => lab.open());
  };
  const thumbnails = lazily(async () => {
    const { ThumbnailCache } = await import('./hyperv/thumbnailCache');
    return new ThumbnailCache({
      clock: systemClock,
      read: (...what) => hosts.details.readThumbnail(...what),
      onGone: (hostId, vmId) => {
        view.redraw([nodes.vm(hostId, vmId)]);
      },
    });
  });
  const view = new HostsView({
    store,
    nodes,
    filter,
    checkpoints,
    lookAtScreen: async (...where) => (thumbnailsShow() ? (await thumbnails()).look(...where) : undefined),
    grouping: groupingSetting,
    platform: hostPlatform(),
    onFirstLook: () => {
      void guarded(context, () => lastSeen.begin());
      recallLab();
    },
    onLookAtHost: (hostId) => void hosts.refresh(hostId),
    onVisible: (visible) => {
      hosts.setVisible(visible);
    },
    onTick: (ticks) => void guarded(context, () => applyTicks(ticks)),
  });
  const contact = lazily(async () =>
    (await import('./commands/contact')).openContact({
      store,
      clock: systemClock,
      ui,
      view,
      wanted: heartbeatNotify,
      explain: (lost) => {
        const rows = lost.map(({ hostId, vmId }) => nodes.vm(hostId, vmId));
        void vscode.commands.executeCommand(commands.explainVm, rows[0], rows);
      },
      own: (undo) => extension.subscriptions.push(undo),
    }),
  );
  const firstVms = store.onDidChange(({ kind }) => {
    if (kind !== 'vms') return;
    firstVms.dispose();
    void guarded(context, contact);
  });
  const context: WindowContext = {
    store,
    service: hosts,
    details: hosts.details,
    after: (ms, action) => systemClock.after(ms, action),
    ui,
    log,
    access,
    contact,
    checkpoints,
    filter,
    grouping: groupingSetting,
    memory: extension.globalState,
    selection: () => view.selection,
    members: (group) => view.members(group),
    redraw: (rows) => {
      view.redraw(rows);
    },
    reveal: (hostId, vmId, focus = false) => void guarded(context, () => view.reveal(nodes.vm(hostId, vmId), focus)),
    revealCheckpoint: (hostId, vmId, id) =>
      void guarded(context, () => view.reveal(nodes.checkpoint(hostId, vmId, id), false)),
    openPairs: (target, vmId) => pairs.open(target, vmId),
    openDemoLab: async () => {
      await lab.open();
      await vscode.commands.executeCommand(`${views.hosts}.focus`);
    },
    resetLabHost: async (hostId) => {
      await labCalls.get(hostId)?.('lab.reset', {} as never);
    },
    shutdownDeadlineMs,
    showsThumbnails: thumbnailsShow,
  };
  const pairs = new LazyKvpPanels(extension.extensionUri, {
    store,
    nodes,
    service: hosts,
    details: hosts.details,
    recallHosts: recallLab,
    logError: (message, error) => {
      log.error(message, error);
    },
  });
  const { applyTicks, registration } = registerCommands(context, nodes);
  extension.subscriptions.push(
    firstVms,
    checkpoints,
    watchHostsSetting(hosts, ui),
    log,
    view,
    filter,
    store,
    pairs,
    registration,
  );
  if (hostPlatform() === 'win32') hosts.addHost({ kind: 'local', id: 'local', name: os.hostname() });
  return extensionApi(store, (hostId) => labCalls.get(hostId));
}
