// The editors of pairs as activation sees them: nothing of them is loaded before the first is opened or brought back.
import * as vscode from 'vscode';
import { lazily } from '../domain/lazy';
import type { VmId } from '../domain/vm';
import { webviews } from '../manifest';
import type { PageTarget } from './messages';
import type { EditorPorts, KvpPanels } from './panels';

export class LazyKvpPanels implements vscode.Disposable {
  readonly #serializer: vscode.Disposable;
  readonly #load: () => Promise<KvpPanels>;
  #panels: KvpPanels | undefined;
  #isDisposed = false;

  constructor(extensionUri: vscode.Uri, ports: EditorPorts) {
    this.#load = lazily(async () => {
      const { KvpPanels } = await import('./panels');
      this.#panels = new KvpPanels(extensionUri, ports);
      return this.#panels;
    });
    this.#serializer = vscode.window.registerWebviewPanelSerializer(webviews.kvp, {
      deserializeWebviewPanel: async (panel, state) => {
        const panels = await this.#load();
        if (!this.#isDisposed) panels.restore(panel, state);
      },
    });
  }

  /** Opens the VM's panel, or brings it to the front. */
  async open(target: PageTarget, vmId: VmId): Promise<void> {
    const panels = await this.#load();
    if (!this.#isDisposed) panels.open(target, vmId);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#serializer.dispose();
    this.#panels?.dispose();
  }
}
