// Entry of the part that draws the tree, loaded when somebody first looks at the view: activation needs none of it.
import type * as vscode from 'vscode';
import type { Disposable } from '../domain/emitter';
import type { VmId } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { HostStore } from '../hyperv/hostStore';
import { isLastKnown } from '../hyperv/lastKnown';
import type { ThumbnailView } from '../hyperv/thumbnailCache';
import { loadTranslations } from '../translations';
import { DrawnSelection } from './drawnSelection';
import type { DrawnSelectionPorts } from './drawnSelection';
import { filterText } from './filterTexts';
import type { HypervNode } from './nodes';
import { toTooltip, toTreeItem } from './treeItem';
import { TreeModel } from './treeModel';
import { tooltipWithScreen } from './vmScreen';

export interface Tree {
  readonly model: TreeModel;
  readonly toTreeItem: typeof toTreeItem;
  /** undefined when there is nothing to tell, or nobody waits for it any more. */
  readonly tooltip: (node: HypervNode, signal: AbortSignal) => Promise<vscode.MarkdownString | undefined>;
  readonly filterText: typeof filterText;
  readonly keepSelection: (ports: Pick<DrawnSelectionPorts, 'selection' | 'draw'>) => DrawnSelection;
}

/** What there is to see of a VM's console; undefined when nobody wants to, or the signal came first. */
export type LookAtScreen = (hostId: HostId, vmId: VmId, signal: AbortSignal) => Promise<ThumbnailView | undefined>;

export function openTree(look: LookAtScreen, ...about: ConstructorParameters<typeof TreeModel>): Tree {
  loadTranslations();
  const model = new TreeModel(...about);
  const [store] = about;
  return {
    model,
    toTreeItem,
    filterText,
    keepSelection: (ports) => new DrawnSelection({ ...ports, inOrder: (nodes) => model.inOrder(nodes), after }),
    tooltip: async (node, signal) => {
      const screen = hasScreen(store, node) ? await look(node.hostId, node.vmId, signal) : undefined;
      // VS Code keeps what it gets until the row is drawn anew: half of it would stay.
      const facts = signal.aborted ? undefined : model.tooltip(node);
      if (facts === undefined) return undefined;
      return toTooltip(screen === undefined ? facts : tooltipWithScreen(facts, screen, namesOf(store, node)));
    },
  };
}

function after(ms: number, action: () => void): Disposable {
  const timer = setTimeout(action, ms);
  return {
    dispose: () => {
      clearTimeout(timer);
    },
  };
}

/** Whether the host is worth asking for a picture. */
function hasScreen(store: HostStore, node: HypervNode): node is HypervNode & { readonly kind: 'vm' } {
  const host = store.host(node.hostId);
  if (node.kind !== 'vm' || host === undefined || host.status.kind === 'failed') return false;
  return !isLastKnown(host, node.vmId) && host.vms.get(node.vmId)?.state === 'running';
}

function namesOf(store: HostStore, node: HypervNode): { hostName: string; vmName?: string } {
  const host = store.host(node.hostId);
  const vmName = node.kind === 'vm' ? host?.vms.get(node.vmId)?.name : undefined;
  return { hostName: host?.definition.name ?? '', ...(vmName !== undefined && { vmName }) };
}
