// What the pages of the editors of pairs are told: recorded between the extension and VS Code, as nobody can look into a
// webview from here. The suite runs under the extension's own copy of the API, so replacing a function reaches it.
import * as vscode from 'vscode';
import type { PageSnapshot, ToPage } from '../../../src/kvpEditor/messages';

type Create = typeof vscode.window.createWebviewPanel;
type Window = Record<string, unknown>;

export class Pages {
  readonly #told = new Map<string, ToPage[]>();
  readonly #create: Create = vscode.window.createWebviewPanel;

  install(): void {
    const create = (...args: Parameters<Create>): vscode.WebviewPanel => {
      const panel = this.#create.apply(vscode.window, args);
      const told: ToPage[] = [];
      this.#told.set(args[1], told);
      const { webview } = panel;
      const post = webview.postMessage.bind(webview);
      webview.postMessage = (message: unknown) => {
        told.push(message as ToPage);
        return post(message);
      };
      return panel;
    };
    (vscode.window as unknown as Window)['createWebviewPanel'] = create;
  }

  restore(): void {
    (vscode.window as unknown as Window)['createWebviewPanel'] = this.#create;
  }

  /** What the newest tab of this VM shows; undefined before its page has loaded. */
  snapshot(vmName: string): PageSnapshot | undefined {
    const told = this.#told.get(title(vmName)) ?? [];
    const last = told.filter((message) => message.type === 'snapshot').at(-1);
    return last?.type === 'snapshot' ? last.snapshot : undefined;
  }
}

export function title(vmName: string): string {
  return `${vmName}: Key-Value Pairs`;
}

/** The tabs of pairs in order. */
export function pairTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => input instanceof vscode.TabInputWebview),
  );
}
