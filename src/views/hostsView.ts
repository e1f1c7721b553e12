// The view "Hosts": a thin adapter between the tree model and VS Code. Made by extension.ts; shows, and asks for hosts
// to be read when somebody looks at them. What draws the rows is loaded with the first look (tree.ts).
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { lazily } from '../domain/lazy';
import type { Grouping } from '../domain/vmGrouping';
import type { CheckpointCache } from '../hyperv/checkpointCache';
import type { HostId } from '../hyperv/hosts';
import type { HostStore } from '../hyperv/hostStore';
import { contextKeys, views } from '../manifest';
import type { Readiness } from '../manifest';
import { fileDrop } from './fileDrop';
import type { KeptFilter } from './keptFilter';
import type { GroupNode, HypervNode, NodeRegistry, VmNode } from './nodes';
import { viewReadiness } from './readinessView';
import type { LookAtScreen, Tree } from './tree';

export interface HostsViewOptions {
  readonly store: HostStore;
  readonly nodes: NodeRegistry;
  readonly filter: KeptFilter;
  /** How the VMs of large hosts are grouped. */
  readonly grouping: {
    readonly read: () => Grouping;
    readonly onDidChange: (listener: () => void) => vscode.Disposable;
  };
  readonly checkpoints: CheckpointCache;
  /** Somebody points at a VM that runs. */
  readonly lookAtScreen: LookAtScreen;
  /** Where the extension runs. */
  readonly platform: NodeJS.Platform;
  /** Somebody looks at the view for the first time. */
  readonly onFirstLook: () => void;
  /** Somebody looks at a host which was never read. */
  readonly onLookAtHost: (hostId: HostId) => void;
  /** The view came into sight, or went out of it. */
  readonly onVisible: (visible: boolean) => void;
  /** Checkboxes were clicked: VS Code shows them changed already. */
  readonly onTick: (ticks: readonly { node: HypervNode; checked: boolean }[]) => void;
}

export class HostsView implements vscode.TreeDataProvider<HypervNode>, vscode.Disposable {
  readonly #options: HostsViewOptions;
  /** Missing until somebody looks. */
  #tree: Tree | undefined;
  #drawnSelection: ReturnType<Tree['keepSelection']> | undefined;
  readonly #changes = new vscode.EventEmitter<HypervNode[] | undefined>();
  readonly #view: vscode.TreeView<HypervNode>;
  readonly #undo: { dispose(): unknown }[];
  #looked = false;
  #readiness: Readiness = 'ready';
  #filterShown: string | undefined;
  #progressEnds: (() => void) | undefined;

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(options: HostsViewOptions) {
    this.#options = options;
    this.#view = vscode.window.createTreeView(views.hosts, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: fileDrop,
      // Otherwise ticking a VM would tick, that is enable, all its services.
      manageCheckboxStateManually: true,
    });
    this.#undo = [
      this.#view,
      this.#changes,
      this.#view.onDidChangeCheckboxState(({ items }) => {
        const { Checked } = vscode.TreeItemCheckboxState;
        options.onTick(items.map(([node, state]) => ({ node, checked: state === Checked })));
      }),
      this.#view.onDidChangeVisibility(({ visible }) => {
        options.onVisible(visible);
      }),
      options.store.onDidChange((change) => {
        const touched = this.#tree?.model.touched(change) ?? [];
        if (touched === 'root') this.#changes.fire(undefined);
        else this.#draw(touched);
        if (change.kind !== 'vms') this.#showStatus();
        this.#showFilter();
      }),
      options.filter.onDidChange((filter) => {
        this.#draw(this.#tree?.model.use(filter) ?? []);
        this.#showFilter();
      }),
      options.checkpoints.onDidChange(({ hostId, vmId }) => {
        this.#draw([options.nodes.checkpoints(hostId, vmId)]);
      }),
      options.grouping.onDidChange(() => {
        this.#draw(this.#tree?.model.group(options.grouping.read()) ?? []);
      }),
    ];
  }

  /** The number on the icon of the view. */
  set badge(badge: vscode.ViewBadge | undefined) {
    this.#view.badge = badge;
  }

  get selection(): readonly HypervNode[] {
    return this.#view.selection;
  }

  /** The VMs of a group which somebody sees. */
  members(group: GroupNode): readonly VmNode[] {
    return this.#tree?.model.members(group) ?? [];
  }

  getTreeItem(node: HypervNode): vscode.TreeItem {
    const row = this.#tree?.model.row(node);
    // Gone between two events; the event that removes the row is on its way.
    return row === undefined ? new vscode.TreeItem('') : (this.#tree?.toTreeItem(node, row) ?? new vscode.TreeItem(''));
  }

  /** Waits for no host: VS Code paints none before all of them have answered, and one of them may be dead. */
  async getChildren(node?: HypervNode): Promise<HypervNode[]> {
    const { model } = await this.#open();
    if (!this.#looked) {
      this.#looked = true;
      this.#options.onVisible(true);
      this.#options.onFirstLook();
      this.#showStatus();
    }
    if (node?.kind === 'host' && this.#options.store.host(node.hostId)?.status.kind === 'idle') {
      this.#options.onLookAtHost(node.hostId);
    }
    return node === undefined && this.#readiness !== 'ready' ? [] : model.children(node);
  }

  async getParent(node: HypervNode): Promise<HypervNode | undefined> {
    return (await this.#open()).model.parent(node);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: HypervNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const abort = new AbortController();
    const undo = token.onCancellationRequested(() => {
      abort.abort();
    });
    item.tooltip = await this.#tree?.tooltip(node, abort.signal);
    undo.dispose();
    return item;
  }

  /** Draws rows anew from the store: how a checkbox springs back. */
  redraw(nodes: readonly HypervNode[]): void {
    this.#draw([...nodes]);
  }

  /**
   * Selects a row and scrolls to it.
   * @param focus when the person looks for this row: the keyboard goes there, and no filter hides it. Otherwise the focus
   * stays where the person types.
   */
  async reveal(node: HypervNode, focus: boolean): Promise<void> {
    const { model } = await this.#open();
    if (!model.isShown(node)) {
      if (!focus) return;
      await this.#options.filter.set(undefined);
    }
    await this.#view.reveal(node, { select: true, focus });
  }

  dispose(): void {
    this.#progressEnds?.();
    this.#drawnSelection?.dispose();
    for (const item of this.#undo) item.dispose();
  }

  readonly #open = lazily(async () => {
    const { openTree } = await import('./tree');
    const { store, nodes, filter, grouping, checkpoints, lookAtScreen } = this.#options;
    this.#tree = openTree(lookAtScreen, store, nodes, filter.current, grouping.read(), checkpoints);
    this.#drawnSelection = this.#tree.keepSelection({
      selection: () => this.#view.selection,
      draw: (rows) => {
        this.#changes.fire(rows);
      },
    });
    this.#showFilter();
    return this.#tree;
  });

  #draw(nodes: HypervNode[]): void {
    if (nodes.length === 0) return;
    this.#changes.fire(nodes);
    this.#drawnSelection?.follow(nodes);
  }

  #showStatus(): void {
    const hosts = this.#options.store.hosts();
    this.#showProgress(hosts.some(({ status }) => status.kind === 'connecting'));
    this.#showReadiness(viewReadiness(hosts, this.#options.platform));
    setContext(
      contextKeys.demoLabOpen,
      hosts.some(({ definition }) => definition.kind === 'lab'),
    );
  }

  /** The welcome text shows only while there is no row at all. */
  #showReadiness(readiness: Readiness): void {
    setContext(contextKeys.readiness, readiness);
    if (this.#readiness === readiness) return;
    this.#readiness = readiness;
    this.#changes.fire(undefined);
  }

  /** Beside the view's name: a message would move the rows under the mouse. */
  #showFilter(): void {
    if (this.#tree === undefined) return;
    const { current } = this.#options.filter;
    const { shown, all } = this.#tree.model.counts();
    const described = current && l10n.t('{0}: {1} of {2}', this.#tree.filterText(current), shown, all);
    if (described === this.#filterShown) return;
    this.#filterShown = described;
    this.#view.description = described ?? '';
    setContext(contextKeys.filtered, described !== undefined);
  }

  /** The bar at the top of the view; a message there would move the rows under the mouse. */
  #showProgress(shown: boolean): void {
    if (!shown) {
      this.#progressEnds?.();
      this.#progressEnds = undefined;
    } else if (this.#progressEnds === undefined) {
      const { promise, resolve } = withResolvers();
      this.#progressEnds = resolve;
      void vscode.window.withProgress({ location: { viewId: views.hosts } }, () => promise);
    }
  }
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

/** Promise.withResolvers, which Node has since version 22. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
