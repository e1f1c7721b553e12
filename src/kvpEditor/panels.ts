// All editors of pairs in this window: one for each VM. A part of its own, loaded with the first of them.
import * as vscode from 'vscode';
import { parseVmId } from '../domain/vm';
import type { VmId } from '../domain/vm';
import { webviews } from '../manifest';
import { loadTranslations } from '../translations';
import type { NodeRegistry } from '../views/nodes';
import { carryOut } from './carryOut';
import type { PageTarget, SavedDraft } from './messages';
import { attachPanel, panelTitle, webviewOptions } from './panel';
import type { PanelPorts } from './panel';
import { parsePageState } from './parseMessage';

export type EditorPorts = Omit<PanelPorts, 'target' | 'vmId' | 'drafts' | 'act'> & {
  readonly nodes: NodeRegistry;
  /** Brings back the hosts of the last window, which nobody may have looked at yet. */
  readonly recallHosts: () => void;
};

export class KvpPanels implements vscode.Disposable {
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #drafts = new Map<string, SavedDraft>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly ports: EditorPorts,
  ) {
    loadTranslations();
  }

  /** Brings the VM's panel to the front, or opens it beside nothing: in the active column. */
  open(target: PageTarget, vmId: VmId): void {
    const open = this.#panels.get(keyOf(target.hostId, vmId));
    if (open !== undefined) {
      open.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      webviews.kvp,
      panelTitle(target, false),
      vscode.ViewColumn.Active,
      webviewOptions(this.extensionUri),
    );
    this.#attach(panel, target, vmId);
  }

  dispose(): void {
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  /** Takes over a panel of the last window; one that says nothing we know is closed. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const known = parsePageState(state);
    const vmId = known && parseVmId(known.target.vmId);
    if (known === undefined || vmId === undefined || this.#panels.has(keyOf(known.target.hostId, vmId))) {
      panel.dispose();
      return;
    }
    this.#attach(panel, known.target, vmId);
    this.ports.recallHosts();
  }

  #attach(panel: vscode.WebviewPanel, target: PageTarget, vmId: VmId): void {
    const key = keyOf(target.hostId, vmId);
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
    attachPanel(panel, this.extensionUri, {
      ...this.ports,
      target,
      vmId,
      drafts: this.#drafts,
      act: (action) => void carryOut(action, this.ports.nodes, target.hostId, vmId),
    });
  }
}

function keyOf(hostId: string, vmId: VmId): string {
  return `${hostId}\n${vmId}`;
}
