// Pages of Markdown that are made by us, in the editor's own preview. They cannot be edited; one that is shown again replaces
// what it showed before.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { pageScheme } from '../manifest';
import type { Pages } from './explainVm';

/** Pages that somebody closed are not told to us; of many the oldest are given up. */
const keptPages = 20;

export class MarkdownPages implements Pages, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly #pages = new Map<string, string>();

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
      onDidChange: this.#changed.event,
      // A window that was reloaded shows the page again, but nobody has asked the hosts yet.
      provideTextDocumentContent: (uri) =>
        this.#pages.get(uri.toString()) ?? l10n.t('Run “Hyper-V: Explain This VM” to fill this page.'),
    });
  }

  async show(id: string, name: string, markdown: string): Promise<void> {
    // The title of the editor; a slash would cut it.
    const path = `/${name.replaceAll(/[\\/]/g, '\u2215')}.md`;
    const uri = vscode.Uri.from({ scheme: pageScheme, path, query: id });
    const key = uri.toString();
    this.#pages.delete(key);
    this.#pages.set(key, markdown);
    for (const old of [...this.#pages.keys()].slice(0, -keptPages)) this.#pages.delete(old);
    this.#changed.fire(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // The editor's own Markdown extension is disabled: the source can be read as well.
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
