// Texts that are made by us and cannot be edited, in an editor of VS Code. One report has one editor: it is refreshed when
// it is shown again.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { reportScheme } from '../manifest';
import type { Reports } from './sessionDiagnostics';

export class ReportDocument implements Reports, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #text: string | undefined;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
      onDidChange: this.#changed.event,
      // A window that was reloaded shows the editor again, but nobody has asked the hosts yet.
      provideTextDocumentContent: () => this.#text ?? l10n.t('Run “Hyper-V: Session Diagnostics” to fill this page.'),
    });
  }

  get text(): string | undefined {
    return this.#text;
  }

  async show(text: string): Promise<void> {
    this.#text = text;
    const uri = vscode.Uri.from({ scheme: reportScheme, path: l10n.t('Hyper-V Session Diagnostics') });
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
