// The webview of one VM's pairs: frame, messages, files and clipboard. What it says is decided in controller.ts.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { KvpController } from './controller';
import type { ControllerPorts } from './controller';
import type { PageTarget } from './messages';
import { pageHtml } from './pageHtml';
import { parseFromPage } from './parseMessage';

/** Larger files are no list of pairs: 1,000 pairs of the largest size take 3 MB. */
const maxImportBytes = 16 * 1024 * 1024;

export type PanelPorts = Omit<
  ControllerPorts,
  'post' | 'now' | 'after' | 'onDrafted' | 'copy' | 'exportText' | 'importText' | 'translations'
>;

/** Takes over the panel; both end together. */
export function attachPanel(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, ports: PanelPorts): void {
  const { webview } = panel;
  const { target } = ports;
  // A save may outlive its page.
  let isOpen = true;
  const controller = new KvpController({
    ...ports,
    post: (message) => {
      if (isOpen) void webview.postMessage(message);
    },
    now: () => Date.now(),
    after: (ms, action) => {
      const timer = setTimeout(action, ms);
      return {
        dispose: () => {
          clearTimeout(timer);
        },
      };
    },
    translations: translations(),
    onDrafted: (isDrafted) => {
      if (isOpen) panel.title = panelTitle(target, isDrafted);
    },
    copy: (text) => void vscode.env.clipboard.writeText(text),
    exportText: (format, text) => void saveText(target, format, text),
    importText: chooseText,
  });
  webview.onDidReceiveMessage((message: unknown) => {
    const known = parseFromPage(message);
    if (known === undefined) ports.logError('The page sent a message that is not known.', undefined);
    else controller.receive(known);
  });
  panel.onDidChangeViewState(() => {
    controller.setVisible(panel.visible);
  });
  panel.onDidDispose(() => {
    isOpen = false;
    controller.dispose();
  });
  panel.title = panelTitle(target, false);
  panel.iconPath = {
    light: vscode.Uri.joinPath(extensionUri, 'media', 'pairs-light.svg'),
    dark: vscode.Uri.joinPath(extensionUri, 'media', 'pairs-dark.svg'),
  };
  webview.options = webviewOptions(extensionUri);
  const uriOf = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  webview.html = pageHtml({
    cspSource: webview.cspSource,
    script: uriOf('dist', 'kvpPage.js'),
    style: uriOf('media', 'kvpEditor.css'),
    language: vscode.env.language,
  });
}

export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder)),
  };
}

/** The dot is VS Code's mark for what is not saved. */
export function panelTitle({ vmName }: PageTarget, isDrafted: boolean): string {
  const title = l10n.t('{0}: Key-Value Pairs', vmName);
  return isDrafted ? `● ${title}` : title;
}

/** As @vscode/l10n takes them: text in English to text, where somebody translated it. */
function translations(): Readonly<Record<string, string>> | null {
  const { bundle } = vscode.l10n;
  if (bundle === undefined) return null;
  return Object.fromEntries(Object.entries(bundle).filter(([, text]) => typeof text === 'string'));
}

async function saveText({ vmName }: PageTarget, format: 'json' | 'env', text: string): Promise<void> {
  const name = `${vmName.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-pairs.${format}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: format === 'json' ? { JSON: ['json'] } : { '.env': ['env'] },
  });
  if (uri === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    vscode.window.setStatusBarMessage(l10n.t('Exported to {0}', uri.fsPath), 6_000);
  } catch (error) {
    void vscode.window.showErrorMessage(l10n.t('{0} could not be written: {1}', uri.fsPath, messageOf(error)));
  }
}

async function chooseText(): Promise<{ fileName: string; text: string } | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      openLabel: l10n.t('Import'),
      filters: { [l10n.t('Pairs')]: ['json', 'env', 'txt'], [l10n.t('All Files')]: ['*'] },
    })) ?? [];
  if (uri === undefined) return undefined;
  const fileName = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxImportBytes) throw new Error(l10n.t('it is larger than {0} MB', maxImportBytes / 1024 / 1024));
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { fileName, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    void vscode.window.showErrorMessage(l10n.t('{0} could not be read: {1}', fileName, messageOf(error)));
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
