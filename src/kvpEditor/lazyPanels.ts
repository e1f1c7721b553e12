// The editors of pairs as activation sees them: nothing of them is loaded before the first is opened or brought back.
import * as vscode from 'vscode';
import type { VmId } from '../domain/vm';
import { webviews } from '../manifest';
import type { PageTarget } from './messages';
import type { EditorPorts, KvpPanels } from './panels';

export class LazyKvpPanels implements vscode.Disposable {
  readonly #serializer: vscode.Disposable;
  #panels: Promise<KvpPanels> | undefined;
  #isDisposed = false;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly ports: EditorPorts,
  ) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(webviews.kvp, {
      deserializeWebviewPanel: async (panel, state) => {
        (await this.#load()).restore(panel, state);
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
    void this.#panels?.then((panels) => {
      panels.dispose();
    });
  }

  #load(): Promise<KvpPanels> {
    return (this.#panels ??= import('./panels').then(({ KvpPanels }) => new KvpPanels(this.extensionUri, this.ports)));
  }
}
