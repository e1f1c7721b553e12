// VS Code's notifications, modals, quick picks and progress behind the commands' seam.
import * as vscode from 'vscode';
import type { Choice, CommandUi, PickTexts, ProgressOptions } from './ui';

/** Long enough to read one sentence in the status bar. */
const mentionMs = 6_000;

export class WindowUi implements CommandUi {
  constructor(readonly showLog: () => void) {}

  async error(message: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showErrorMessage(message, ...buttons);
  }

  async question(message: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, ...buttons);
  }

  inform(message: string): void {
    void vscode.window.showInformationMessage(message);
  }

  mention(message: string): void {
    vscode.window.setStatusBarMessage(message, mentionMs);
  }

  async confirm(message: string, detail: string, button: string): Promise<boolean> {
    return (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
  }

  async pick<T>(texts: PickTexts, choices: readonly Choice<T>[]): Promise<T | undefined> {
    const picked = await vscode.window.showQuickPick(toItems(choices), {
      title: texts.title,
      placeHolder: texts.placeholder,
      matchOnDescription: true,
    });
    return picked?.choice?.value;
  }

  async copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }

  async progress<T>(
    { title, cancellable }: ProgressOptions,
    task: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const location = cancellable ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
    return vscode.window.withProgress({ location, title, cancellable }, async (progress, token) => {
      const abort = new AbortController();
      const undo = token.onCancellationRequested(() => {
        abort.abort();
      });
      try {
        return await task((message) => {
          progress.report({ message });
        }, abort.signal);
      } finally {
        undo.dispose();
      }
    });
  }
}

type Item<T> = vscode.QuickPickItem & { readonly choice?: Choice<T> };

function toItems<T>(choices: readonly Choice<T>[]): Item<T>[] {
  const items: Item<T>[] = [];
  let group: string | undefined;
  for (const choice of choices) {
    if (choice.group !== undefined && choice.group !== group) {
      items.push({ label: choice.group, kind: vscode.QuickPickItemKind.Separator });
    }
    group = choice.group;
    items.push({
      // Quick picks draw `$(name)` as an icon, in names of VMs as well; a word joiner keeps it text.
      label: choice.label.replaceAll('$(', '$\u2060('),
      ...(choice.description === undefined ? {} : { description: choice.description }),
      ...(choice.icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(choice.icon) }),
      choice,
    });
  }
  return items;
}
