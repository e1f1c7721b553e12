// VS Code's notifications, modals, quick picks and progress behind the commands' seam.
import * as vscode from 'vscode';
import type { Choice, CommandUi, PickTexts, ProgressOptions } from './ui';

/** Long enough to read one sentence in the status bar. */
const mentionMs = 6_000;

/**
 * What is over sooner is no notification. VS Code shows three within 800 ms and hides any more behind the bell in the
 * status bar: progresses that only flash would take the place of the question that follows them.
 */
const quietMs = 500;

export class WindowUi implements CommandUi {
  constructor(readonly showLog: () => void) {}

  async error(message: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showErrorMessage(plainText(message), ...buttons);
  }

  async question(message: string, ...buttons: string[]): Promise<string | undefined> {
    // VS Code hides a warning with buttons after twelve seconds, and at once in its mode "do not disturb"; a command would
    // wait on for an answer to what nobody sees. Errors with buttons stay until they are answered.
    return vscode.window.showErrorMessage(plainText(message), ...buttons);
  }

  inform(message: string): void {
    void vscode.window.showInformationMessage(plainText(message));
  }

  mention(message: string): void {
    vscode.window.setStatusBarMessage(plainText(message), mentionMs);
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
    const abort = new AbortController();
    let latest: string | undefined;
    let show = (message: string): void => {
      latest = message;
    };
    const work = task((message) => {
      show(message);
    }, abort.signal);
    if (cancellable && (await settlesWithin(work, quietMs))) return work;
    const location = cancellable ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
    return vscode.window.withProgress({ location, title: plainText(title), cancellable }, async (progress, token) => {
      show = (message) => {
        progress.report({ message: plainText(message) });
      };
      if (latest !== undefined) show(latest);
      const undo = token.onCancellationRequested(() => {
        abort.abort();
      });
      try {
        return await work;
      } finally {
        undo.dispose();
      }
    });
  }
}

/** Rejects as `work` does, if that is in time. */
async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Quick picks and the status bar draw `$(name)` as an icon, and notifications draw `[text](command:name)` as a link that
 * runs a command of the editor, in names of hosts and VMs as well. A word joiner keeps them text.
 */
export function plainText(text: string): string {
  return text.replaceAll(/([$\]])\(/g, '$1\u2060(');
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
      label: plainText(choice.label),
      ...(choice.description === undefined ? {} : { description: plainText(choice.description) }),
      ...(choice.icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(choice.icon) }),
      choice,
    });
  }
  return items;
}
