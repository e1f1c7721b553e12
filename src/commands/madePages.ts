// Pages that are made by us, in an editor of VS Code. They cannot be edited; one that is shown again replaces what it showed
// before.
import * as vscode from 'vscode';
import { shortened, withoutUnseen } from '../domain/shownText';
import type { Pages } from './pages';

/** Pages that somebody closed are not told to us; of many the oldest are given up. */
const keptPages = 20;

/** As long as the names of Hyper-V itself. */
const titleCharacters = 100;

export interface MadePagesOptions {
  /** Of their addresses; nobody else's. */
  readonly scheme: string;
  /** By which VS Code knows their language. */
  readonly extension: string;
  /** What one says that a reloaded window shows again, before anybody has asked the hosts. */
  readonly unfilled: () => string;
  readonly open: (uri: vscode.Uri) => Promise<void>;
}

export class MadePages implements Pages, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly #texts = new Map<string, string>();

  constructor(private readonly options: MadePagesOptions) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(options.scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? options.unfilled(),
    });
  }

  get latest(): string | undefined {
    return [...this.#texts.values()].at(-1);
  }

  async show(id: string, name: string, text: string): Promise<void> {
    const { scheme, extension, open } = this.options;
    const path = `/${titleOf(name)}${extension}`;
    const uri = vscode.Uri.from({ scheme, path, query: id });
    const key = uri.toString();
    this.#texts.delete(key);
    this.#texts.set(key, text);
    for (const old of [...this.#texts.keys()].slice(0, -keptPages)) this.#texts.delete(old);
    this.#changed.fire(uri);
    await open(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** The title of the editor: a slash would cut it, what nobody sees could turn it around, and tabs have little room. */
function titleOf(name: string): string {
  return shortened(withoutUnseen(name.replaceAll(/[\\/]/g, '\u2215')), titleCharacters);
}

export async function openAsText(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** In the editor's own preview. */
export async function openAsMarkdown(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The editor's own Markdown extension is disabled: the source can be read as well.
    await openAsText(uri);
  }
}
