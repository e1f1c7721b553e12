// A person who takes what each question suggests.
import * as vscode from 'vscode';

/** Presses Enter in every quick pick and input that comes, until the work has ended. */
export async function answeringByEnter<T>(work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const done = work().finally(() => {
    ended.abort();
  });
  const isOver = (): boolean => ended.signal.aborted;
  while (!isOver()) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return done;
}
