// VS Code's notifications, modals, quick picks and progress behind the commands' seam.
import * as vscode from 'vscode';
import { Throttle } from './throttle';
import type { Choice, CommandUi, ManyChoice, PickManyTexts, PickTexts, ProgressOptions, Report } from './ui';

/** Long enough to read one sentence in the status bar. */
const mentionMs = 6_000;

/**
 * What is over sooner is no notification. VS Code shows three within 800 ms and hides any more behind the bell in the
 * status bar: progresses that only flash would take the place of the question that follows them.
 */
const quietMs = 500;

/** Counts change with every answer, of which there may be hundreds a second; so often is enough for the eye. */
const countsMs = 100;

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

  async offer(message: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showInformationMessage(plainText(message), ...buttons);
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

  pickMany<T>(
    { title, placeholder, show }: PickManyTexts,
    choices: readonly ManyChoice<T>[],
    onShow: (value: T) => void,
  ): Promise<readonly T[] | undefined> {
    const button: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: show };
    const items = toItems(choices).map((item) => (item.choice === undefined ? item : { ...item, buttons: [button] }));
    const pick = vscode.window.createQuickPick<Item<T>>();
    Object.assign(pick, { title, placeholder, canSelectMany: true, matchOnDescription: true, matchOnDetail: true });
    pick.buttons = [button];
    // What is shown in the view takes the focus there, and the list is still needed.
    pick.ignoreFocusOut = true;
    pick.items = items;
    pick.selectedItems = items.filter(({ picked }) => picked === true);
    const showItem = ({ choice }: Item<T>): void => {
      if (choice !== undefined) onShow(choice.value);
    };
    return new Promise((resolve) => {
      pick.onDidTriggerItemButton(({ item }) => {
        showItem(item);
      });
      pick.onDidTriggerButton(() => {
        pick.activeItems.forEach(showItem);
      });
      pick.onDidAccept(() => {
        resolve(pick.selectedItems.flatMap(({ choice }) => (choice === undefined ? [] : [choice.value])));
        pick.hide();
      });
      pick.onDidHide(() => {
        resolve(undefined);
        pick.dispose();
      });
      pick.show();
    });
  }

  async copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }

  async progress<T>(
    { title, cancellable }: ProgressOptions,
    task: (report: Report, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    let latest: Parameters<Report> | undefined;
    let show: Report = (...report) => {
      latest = report;
    };
    const work = task((...report) => {
      show(...report);
    }, abort.signal);
    if (cancellable && (await settlesWithin(work, quietMs))) return work;
    const location = cancellable ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
    return vscode.window.withProgress({ location, title: plainText(title), cancellable }, async (progress, token) => {
      const shown = new ShownProgress(progress);
      show = (...report) => {
        shown.show(...report);
      };
      if (latest !== undefined) show(...latest);
      const undo = token.onCancellationRequested(() => {
        abort.abort();
      });
      try {
        return await work;
      } finally {
        undo.dispose();
        shown.end();
      }
    });
  }
}

/** Passes reports on: texts at once, counts so often as they can be read. */
class ShownProgress {
  #percent = 0;
  #latest: Parameters<Report> = [''];
  readonly #counts = new Throttle(after, countsMs, () => {
    this.#pass();
  });

  constructor(private readonly progress: vscode.Progress<{ message: string; increment?: number }>) {}

  show(...report: Parameters<Report>): void {
    this.#latest = report;
    if (report[1] === undefined) this.#pass();
    else this.#counts.run();
  }

  end(): void {
    this.#counts.end();
  }

  #pass(): void {
    const [message, share] = this.#latest;
    const percent = share === undefined ? this.#percent : share * 100;
    const increment = percent - this.#percent;
    this.#percent = percent;
    this.progress.report({ message: plainText(message), ...(increment > 0 && { increment }) });
  }
}

function after(ms: number, action: () => void): vscode.Disposable {
  const timer = setTimeout(action, ms);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
  });
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

function toItems<T>(choices: readonly (Choice<T> & Partial<ManyChoice<T>>)[]): Item<T>[] {
  const items: Item<T>[] = [];
  let group: string | undefined;
  for (const choice of choices) {
    if (choice.group !== undefined && choice.group !== group) {
      items.push({ label: plainText(choice.group), kind: vscode.QuickPickItemKind.Separator });
    }
    group = choice.group;
    items.push({
      label: plainText(choice.label),
      ...(choice.description === undefined ? {} : { description: plainText(choice.description) }),
      ...(choice.detail === undefined ? {} : { detail: plainText(choice.detail) }),
      ...(choice.icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(choice.icon) }),
      ...(choice.picked === undefined ? {} : { picked: choice.picked }),
      choice,
    });
  }
  return items;
}
