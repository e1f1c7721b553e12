// Answers for the person: notifications, modals, quick picks and progress of the window, recorded and answered by tests.
// The suite runs in the extension's own process, under its own copy of the API, so replacing a function reaches both.
import * as vscode from 'vscode';

export interface Shown {
  readonly kind: 'error' | 'warning' | 'information' | 'modal';
  readonly message: string;
  readonly detail: string | undefined;
  readonly buttons: readonly string[];
}

type Answer = (shown: Shown) => string | undefined;
type Window = Record<string, unknown>;

const replaced = [
  'showErrorMessage',
  'showWarningMessage',
  'showInformationMessage',
  'showQuickPick',
  'withProgress',
  'setStatusBarMessage',
];

export class Prompts {
  readonly shown: Shown[] = [];
  /** Titles of progress notifications a person could cancel, with what they reported. */
  readonly progress: { readonly title: string; readonly messages: string[]; readonly cancel: () => void }[] = [];
  /** Labels offered by each quick pick, separators included. */
  readonly picks: string[][] = [];
  /** What is pressed when a message comes; nothing unless a test says otherwise. */
  answer: Answer = () => undefined;
  /** Told of each message of such a progress. */
  onProgress: (message: string, cancel: () => void) => void = () => undefined;
  /** Labels picked: from each quick pick the first that is offered. */
  pick: readonly string[] = [];
  /** What was put on the clipboard. */
  readonly copied: string[] = [];
  /** What the status bar mentioned in passing. */
  readonly mentioned: string[] = [];

  readonly #originals = new Map<string, unknown>();
  readonly #clipboard = Object.getOwnPropertyDescriptor(vscode.env, 'clipboard');

  install(): void {
    const window = vscode.window as unknown as Window;
    for (const name of replaced) this.#originals.set(name, window[name]);
    window['showErrorMessage'] = this.#message('error');
    window['showWarningMessage'] = this.#message('warning');
    window['showInformationMessage'] = this.#message('information');
    window['showQuickPick'] = (items: readonly vscode.QuickPickItem[]): Promise<unknown> => {
      this.picks.push(items.map(({ label }) => label));
      return Promise.resolve(items.find(({ label }) => this.pick.includes(label)));
    };
    window['withProgress'] = this.#withProgress.bind(this);
    window['setStatusBarMessage'] = (text: string): vscode.Disposable => {
      this.mentioned.push(text);
      return new vscode.Disposable(() => undefined);
    };
    const writeText = (text: string): Promise<void> => {
      this.copied.push(text);
      return Promise.resolve();
    };
    // Not the computer's own: a person may be working beside the tests, and a browser asks before it lets anybody read it.
    Object.defineProperty(vscode.env, 'clipboard', { configurable: true, value: { writeText } });
  }

  restore(): void {
    const window = vscode.window as unknown as Window;
    for (const [name, original] of this.#originals) window[name] = original;
    if (this.#clipboard) Object.defineProperty(vscode.env, 'clipboard', this.#clipboard);
  }

  /** As if nothing had been shown or copied yet. */
  forget(): void {
    for (const list of [this.shown, this.progress, this.picks, this.copied, this.mentioned]) list.length = 0;
  }

  #message(kind: Shown['kind']) {
    return (message: string, ...rest: (string | vscode.MessageOptions)[]): Promise<string | undefined> => {
      const options = rest.find((part): part is vscode.MessageOptions => typeof part === 'object');
      const buttons = rest.filter((part): part is string => typeof part === 'string');
      const shown: Shown = {
        kind: options?.modal === true ? 'modal' : kind,
        message,
        detail: options?.detail,
        buttons,
      };
      this.shown.push(shown);
      return Promise.resolve(this.answer(shown));
    };
  }

  async #withProgress(
    options: vscode.ProgressOptions,
    task: (progress: vscode.Progress<{ message?: string }>, token: vscode.CancellationToken) => Thenable<unknown>,
  ): Promise<unknown> {
    const source = new vscode.CancellationTokenSource();
    const messages: string[] = [];
    const cancel = (): void => {
      source.cancel();
    };
    if (options.cancellable === true) this.progress.push({ title: options.title ?? '', messages, cancel });
    const report = ({ message = '' }: { message?: string }): void => {
      messages.push(message);
      if (options.cancellable === true) this.onProgress(message, cancel);
    };
    try {
      return await task({ report }, source.token);
    } finally {
      source.dispose();
    }
  }
}
